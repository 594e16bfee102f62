/// Vessels.
extension Sketch {
    mutating func bottle() {
        let width = vary(120...170)
        let shoulder = vary(210...250)
        let body = Slab(
            Point(300, (shoulder + Self.floor) / 2), width: width, height: Self.floor - shoulder, radius: 34)
        let neck = Outline(
            center: 300, top: 140, bottom: shoulder + 50, topWidth: 46, bottomWidth: width * 0.75, radius: 8)
        standing(width: width)
        canvas.fill(neck, palette.main.round)
        canvas.fill(body, palette.main.round)
        raised(Slab(Point(300, 130), width: 58, height: vary(44...64), radius: 9), palette.dark.round, blur: 5)
        let label = Slab(Point(300, 375), width: width + 40, height: vary(90...130))
        canvas.fill(Overlap(first: body, second: label), palette.pale.round)
        canvas.fill(Slab(Point(300, 352), width: width * 0.5, height: 12, radius: 6), palette.accent)
        canvas.fill(Slab(Point(300, 382), width: width * 0.34, height: 7, radius: 3), palette.main)
        canvas.fill(Slab(Point(300, 400), width: width * 0.42, height: 7, radius: 3), palette.main)
        gleam(from: Point(300 - width * 0.3, shoulder + 40), to: Point(300 - width * 0.3, 450), width: 9, opacity: 0.35)
    }

    mutating func mug() {
        let width = vary(200...240)
        let top = vary(220...260)
        let body = Slab(Point(290, (top + Self.floor) / 2), width: width, height: Self.floor - top, radius: 30)
        let grip = Point(290 + width / 2 + 8, (top + Self.floor) / 2 - 6)
        standing(at: 290, width: width)
        raised(Ring(center: grip, radius: vary(48...58), width: 26), palette.main.darker(0.06), blur: 8)
        canvas.fill(body, palette.main.round)
        let band = Slab(Point(290, vary(390...420)), width: width + 40, height: vary(24...60))
        canvas.fill(Overlap(first: body, second: band), palette.accent.round)
        canvas.fill(Oval(Point(290, top + 12), width: width, height: 46), palette.pale)
        canvas.fill(Oval(Point(290, top + 15), width: width - 22, height: 34), palette.dark)
        gleam(from: Point(290 - width * 0.33, top + 70), to: Point(290 - width * 0.33, 440), width: 12)
        for step in 0..<3 { steam(at: Point(240 + Float(step) * 50, top - 30), height: vary(40...80)) }
    }

    private mutating func steam(at foot: Point, height: Float) {
        let bend = foot - Point(-9, height / 2)
        canvas.fill(Stroke(start: foot, end: bend, width: 7), Paint(.white, opacity: 0.5))
        canvas.fill(Stroke(start: bend, end: foot - Point(4, height), width: 5), Paint(.white, opacity: 0.4))
    }

    mutating func jar() {
        let width = vary(190...230)
        let top = vary(240...270)
        let glass = Slab(Point(300, (top + Self.floor) / 2), width: width, height: Self.floor - top, radius: 36)
        let level = vary(300...350)
        standing(width: width)
        canvas.fill(glass, palette.pale.round.faded(0.85))
        let content = Slab(Point(300, (level + 480) / 2), width: width - 24, height: 480 - level, radius: 26)
        canvas.fill(content, palette.main.round)
        canvas.fill(Oval(Point(300, level + 6), width: width - 26, height: 26), palette.main.lighter(0.3))
        raised(Slab(Point(300, top - 6), width: width - 6, height: 52, radius: 12), palette.wood.round, blur: 7)
        raised(Slab(Point(300, 420), width: width * 0.56, height: 66, radius: 10), palette.pale, blur: 5, opacity: 0.2)
        canvas.fill(Slab(Point(300, 408), width: width * 0.38, height: 10, radius: 5), palette.accent)
        canvas.fill(Slab(Point(300, 430), width: width * 0.28, height: 7, radius: 3), palette.main)
        gleam(from: Point(300 - width * 0.38, top + 60), to: Point(300 - width * 0.38, 450), width: 10, opacity: 0.55)
    }
}
