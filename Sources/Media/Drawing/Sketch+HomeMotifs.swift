/// Furniture and plants.
extension Sketch {
    mutating func lamp() {
        let width = vary(210...270)
        let foot = vary(120...160)
        let shade = Outline(center: 300, top: 130, bottom: 300, topWidth: width * 0.55, bottomWidth: width, radius: 10)
        standing(width: foot)
        canvas.fill(Disc(center: Point(300, 300), radius: 190), Paint(.white, opacity: 0.16))
        canvas.fill(Slab(Point(300, 390), width: 16, height: 200, radius: 6), palette.metal.round)
        if chance(0.5) { canvas.fill(Disc(center: Point(300, 400), radius: vary(26...44)), palette.accent.round) }
        canvas.fill(Slab(Point(300, Self.floor - 10), width: foot, height: 22, radius: 11), palette.dark.round)
        raised(shade, palette.main.round, blur: 16)
        canvas.fill(Overlap(first: shade, second: Slab(Point(300, 292), width: 300, height: 14)), palette.pale.round)
        canvas.fill(Oval(Point(300, 298), width: width * 0.82, height: 20), Paint(.white, opacity: 0.8))
    }

    mutating func chair() {
        let width = vary(190...230)
        let left = 300 - width / 2
        let right = 300 + width / 2
        standing(width: width * 1.1)
        for (top, foot) in [(left + 36, left + 26), (right - 36, right - 26)] {
            canvas.fill(Stroke(start: Point(top, 360), end: Point(foot, 470), width: 13), palette.wood.darker(0.25))
        }
        let back = Slab(Point(300, 230), width: width * 0.92, height: vary(150...200), radius: vary(20...70))
        raised(back, palette.main.round, blur: 12)
        let middle = Stroke(start: Point(300, 190), end: Point(300, 280), width: 3)
        canvas.fill(middle, Paint(.ink, opacity: 0.14))
        raised(Slab(Point(300, 350), width: width, height: 54, radius: 26), palette.main.lighter(0.12).round, blur: 12)
        for (top, foot) in [(left + 20, left - 2), (right - 20, right + 2)] {
            canvas.fill(Stroke(start: Point(top, 378), end: Point(foot, 484), width: 15), palette.wood)
        }
        if chance(0.6) {
            raised(
                Slab(Point(300, 290), width: 96, height: 84, radius: 20, angle: vary(-12...12)), palette.accent, blur: 8
            )
        }
    }

    mutating func plant() {
        let width = vary(150...190)
        let pot = Outline(
            center: 300, top: 350, bottom: Self.floor, topWidth: width, bottomWidth: width * 0.72, radius: 16)
        standing(width: width * 0.8)
        let leaves = Int(vary(7...11))
        for leaf in 0..<leaves {
            let share = Float(leaf) / Float(leaves - 1) * 2 - 1
            sprout(angle: share * 62 + vary(-6...6), length: (1 - abs(share) * 0.3) * vary(170...230))
        }
        raised(pot, palette.main.round, blur: 12)
        raised(
            Slab(Point(300, 360), width: width + 18, height: 36, radius: 12), palette.main.lighter(0.15).round, blur: 6)
        let band = Slab(Point(300, 430), width: 220, height: vary(10...30))
        canvas.fill(Overlap(first: pot, second: band), palette.pale.round)
    }

    /// Draws a leaf from the pot's mouth; `angle` is in degrees from upright.
    private mutating func sprout(angle: Float, length: Float) {
        let lean = angle * .pi / 180
        let tip = Point(300 + length * lean * 0.9, 360 - length * (1 - lean * lean * 0.35))
        let middle = (Point(300, 360) + tip * 1.3) / 2.3
        canvas.fill(Stroke(start: Point(300, 360), end: middle, width: 6), palette.leaf.darker(0.2))
        let blade = Oval(middle, width: vary(44...62), height: length * 0.85, angle: angle)
        raised(blade, palette.leaf.lighter(vary(0...0.25)), blur: 8, opacity: 0.2)
        let start = (Point(300, 360) + middle * 2) / 3
        canvas.fill(Stroke(start: start, end: (middle + tip) / 2, width: 2.5), Paint(.white, opacity: 0.35))
    }
}
