/// Clothes, shoes and bags.
extension Sketch {
    mutating func shirt() {
        let width = vary(180...205)
        let sleeve = vary(60...120)
        let left = 300 - width / 2
        let right = 300 + width / 2
        let cloth = Outline(
            [
                Point(252, 150), Point(348, 150), Point(right + 10, 176), Point(right + 70, 190 + sleeve),
                Point(right + 12, 226 + sleeve), Point(right - 4, 262), Point(right, 470), Point(left, 470),
                Point(left + 4, 262), Point(left - 12, 226 + sleeve), Point(left - 70, 190 + sleeve),
                Point(left - 10, 176),
            ], radius: 10)
        raised(cloth, palette.main, blur: 22, opacity: 0.32)
        if chance(0.6) { stripes(on: cloth) } else { emblem() }
        for side: Float in [-1, 1] {
            let fold = Stroke(start: Point(300 + side * 86, 270), end: Point(300 + side * 78, 440), width: 5)
            canvas.fill(fold, Paint(.ink, opacity: 0.07))
        }
        let neck = Oval(Point(300, 144), width: 100, height: 62)
        canvas.fill(
            Overlap(first: cloth, second: Oval(Point(300, 144), width: 122, height: 84)), palette.main.darker(0.12))
        canvas.fill(Overlap(first: cloth, second: neck), palette.main.darker(0.45))
    }

    private mutating func stripes(on cloth: Outline) {
        let gap = vary(34...54)
        var y = vary(220...250)
        while y < 460 {
            canvas.fill(Overlap(first: cloth, second: Slab(Point(300, y), width: 400, height: gap * 0.4)), palette.pale)
            y += gap
        }
    }

    private mutating func emblem() {
        canvas.fill(Disc(center: Point(300, 290), radius: vary(44...58)), palette.pale)
        canvas.fill(Disc(center: Point(vary(290...310), vary(280...300)), radius: 30), palette.accent)
    }

    mutating func bag() {
        let width = vary(230...270)
        let top = vary(250...280)
        let body = Outline(
            center: 300, top: top, bottom: Self.floor, topWidth: width * 0.88, bottomWidth: width, radius: 22)
        standing(width: width)
        let grip = Cut(
            first: Ring(center: Point(300, top + 6), radius: vary(66...86), width: 17),
            second: Slab(Point(300, top + 110), width: 300, height: 200))
        raised(grip, palette.wood, blur: 6)
        canvas.fill(body, palette.main.round)
        let pocket = Slab(Point(300, 420), width: width * 0.62, height: vary(84...104), radius: 16)
        raised(pocket, palette.main.lighter(0.1).round, blur: 6, opacity: 0.22)
        let flap = Overlap(first: body, second: Slab(Point(300, top + 20), width: 400, height: vary(50...80)))
        raised(flap, palette.accent.round, blur: 6)
        raised(Slab(Point(300, top + 52), width: 36, height: 26, radius: 7), palette.metal, blur: 3)
    }

    mutating func shoe() {
        let sole = Slab(Point(300, 452), width: 360, height: vary(30...44), radius: 18)
        standing(width: 360, y: 476)
        let upper = Outline(
            [
                Point(142, 436), Point(140, vary(290...310)), Point(236, 284), Point(292, 340), Point(400, 378),
                Point(456, 412), Point(460, 436),
            ], radius: 18)
        canvas.fill(upper, palette.main)
        canvas.fill(Overlap(first: upper, second: Disc(center: Point(470, 440), radius: 74)), palette.pale)
        canvas.fill(
            Overlap(first: upper, second: Slab(Point(140, 360), width: vary(70...96), height: 240)), palette.accent)
        for lace in 0..<4 {
            let start = Point(262 + Float(lace) * 29, 316 + Float(lace) * 17)
            canvas.fill(Stroke(start: start, end: start + Point(-30, 34), width: 9), palette.pale)
        }
        canvas.fill(Oval(Point(188, 280), width: 108, height: 26), palette.dark)
        raised(sole, palette.pale, blur: 5, opacity: 0.2)
        canvas.fill(Slab(Point(300, 462), width: 340, height: 7, radius: 3), palette.accent)
    }
}
