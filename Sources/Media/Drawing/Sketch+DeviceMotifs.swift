/// Devices with a plug or a battery.
extension Sketch {
    mutating func headphones() {
        let radius = vary(130...150)
        let center = Point(300, 300)
        let band = Cut(
            first: Ring(center: center, radius: radius, width: 24),
            second: Slab(Point(300, 450), width: 420, height: 260))
        raised(band, palette.dark.round, blur: 12)
        let padding = Cut(
            first: Ring(center: center, radius: radius - 13, width: 9),
            second: Slab(Point(300, 420), width: 420, height: 330))
        canvas.fill(padding, palette.accent)
        for side: Float in [-1, 1] {
            let ear = Point(300 + side * radius, 360)
            raised(Slab(ear - Point(side * 26, 0), width: 44, height: 130, radius: 22), palette.dark, blur: 10)
            raised(Slab(ear + Point(side * 8, 0), width: 62, height: 150, radius: 30), palette.main.round, blur: 14)
            canvas.fill(Slab(ear + Point(side * 10, 0), width: 26, height: 84, radius: 13), palette.main.lighter(0.25))
        }
    }

    mutating func speaker() {
        let width = vary(190...230)
        let top = vary(130...170)
        let box = Slab(
            Point(300, (top + Self.floor) / 2), width: width, height: Self.floor - top, radius: vary(16...40))
        standing(width: width)
        canvas.fill(box, palette.main.round)
        cone(at: Point(300, Self.floor - width * 0.48), radius: width * 0.36)
        cone(at: Point(300, top + width * 0.38), radius: width * 0.2)
        canvas.fill(Disc(center: Point(300, Self.floor - 18), radius: 4), palette.accent)
    }

    private mutating func cone(at center: Point, radius: Float) {
        raised(Disc(center: center, radius: radius), palette.metal, blur: 5)
        canvas.fill(Disc(center: center, radius: radius - 7), palette.dark)
        canvas.fill(Disc(center: center, radius: radius * 0.66), palette.dark.lighter(0.12))
        canvas.fill(Ring(center: center, radius: radius * 0.66, width: 3), Paint(.white, opacity: 0.12))
        canvas.fill(Disc(center: center, radius: radius * 0.3), palette.accent.round)
    }

    mutating func phone() {
        let angle = vary(-10...10)
        let width = vary(170...190)
        let height = width * 2
        raised(
            Slab(Point(300, 300), width: width, height: height, radius: 30, angle: angle), palette.dark, blur: 24,
            opacity: 0.4)
        let screen = Slab(Point(300, 300), width: width - 16, height: height - 16, radius: 23, angle: angle)
        canvas.fill(screen, Paint(palette.main.top.lighter(0.25), palette.accent.bottom))
        let hill = Disc(center: Point(vary(230...270), 500), radius: vary(130...160))
        canvas.fill(Overlap(first: screen, second: hill), palette.main.darker(0.15).faded(0.85))
        let far = Disc(center: Point(vary(360...400), 520), radius: vary(120...170))
        canvas.fill(Overlap(first: screen, second: far), palette.main.darker(0.3).faded(0.7))
        let sun = Disc(center: Point(vary(270...330), vary(220...260)), radius: vary(28...40))
        canvas.fill(Overlap(first: screen, second: sun), palette.pale)
        let lean = angle * .pi / 180
        canvas.fill(Disc(center: Point(300 + lean * height * 0.43, 300 - height * 0.44), radius: 6), palette.dark)
    }

    mutating func watch() {
        let radius = vary(96...112)
        let center = Point(300, 300)
        let strap = Outline(
            [Point(262, 60), Point(338, 60), Point(348, 300), Point(338, 540), Point(262, 540), Point(252, 300)],
            radius: 12)
        raised(strap, palette.main.round, blur: 16)
        for hole in 0..<4 {
            canvas.fill(Disc(center: Point(300, 440 + Float(hole) * 24), radius: 4), Paint(.ink, opacity: 0.35))
        }
        raised(Slab(Point(300 + radius + 8, 300), width: 22, height: 26, radius: 6), palette.metal, blur: 5)
        raised(Disc(center: center, radius: radius + 12), palette.metal.round, blur: 16, opacity: 0.4)
        canvas.fill(Disc(center: center, radius: radius), chance(0.5) ? palette.pale : palette.dark)
        for mark in 0..<12 { tick(Float(mark) / 12, from: radius - 18, to: radius - 9, width: mark % 3 == 0 ? 6 : 3) }
        tick(vary(0.7...0.95), from: 0, to: radius * 0.5, width: 8)
        tick(vary(0.05...0.3), from: 0, to: radius * 0.75, width: 5)
        canvas.fill(Disc(center: center, radius: 8), palette.accent)
    }

    /// Draws a line outwards from the watch's center; `turn` is a share of the full round, from the top.
    private mutating func tick(_ turn: Float, from: Float, to: Float, width: Float) {
        let direction = Point(around: turn)
        let hand = Stroke(
            start: Point(300, 300) + direction * from, end: Point(300, 300) + direction * to, width: width)
        canvas.fill(hand, from == 0 ? palette.accent : palette.metal.darker(0.35))
    }
}
