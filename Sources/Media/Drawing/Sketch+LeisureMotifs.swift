import Glibc

/// Things to read, to play with and to give away.
extension Sketch {
    mutating func book() {
        let count = Int(vary(2...4.99))
        let paints = [palette.main, palette.accent, palette.dark, palette.main.lighter(0.3)]
        var floor = Self.floor
        standing(width: 300)
        for volume in 0..<count {
            let height = vary(44...64)
            volumeLying(
                at: Point(300 + vary(-22...22), floor - height / 2), width: vary(250...300), height: height,
                paints[volume])
            floor -= height
        }
        let cover = Slab(Point(300, floor - 96), width: 136, height: 188, radius: 6, angle: vary(-5...5))
        raised(cover, paints[count % paints.count], blur: 14)
        canvas.fill(Disc(center: Point(300, floor - 110), radius: vary(26...40)), palette.pale.faded(0.9))
        canvas.fill(Slab(Point(300, floor - 44), width: 76, height: 9, radius: 4), palette.pale.faded(0.9))
    }

    private mutating func volumeLying(at center: Point, width: Float, height: Float, _ paint: Paint) {
        raised(Slab(center, width: width, height: height, radius: 8), paint, blur: 8)
        let pages = Slab(center + Point(8, 0), width: width - 16, height: height - 16)
        canvas.fill(pages, Paint(palette.pale.top, palette.pale.bottom))
        canvas.fill(Slab(center + Point(8, 0), width: width - 16, height: 2), Paint(.ink, opacity: 0.1))
        canvas.fill(Slab(center - Point(width / 2 - 22, 0), width: 44, height: height, radius: 8), paint)
    }

    mutating func ball() {
        let radius = vary(130...150)
        let center = Point(300, Self.floor - radius)
        let whole = Disc(center: center, radius: radius)
        let pole = Point(around: vary(0.86...0.96)) * radius
        let side = Point(-pole.y, pole.x)
        standing(width: radius * 1.3)
        canvas.fill(whole, palette.main)
        for direction: Float in [-1, 1] {
            let cap = Disc(center: center + side * (1.5 * direction), radius: radius * 1.06)
            canvas.fill(Overlap(first: whole, second: cap), direction > 0 ? palette.accent : palette.pale)
            let seam = Ring(center: cap.center, radius: cap.radius, width: 7)
            canvas.fill(Overlap(first: whole, second: seam), palette.dark.faded(0.75))
        }
        let equator = Stroke(start: center - side, end: center + side, width: 7)
        canvas.fill(Overlap(first: whole, second: equator), palette.dark.faded(0.75))
        for step in 0..<8 { shade(whole, depth: 0.16 + Float(step) * 0.11) }
        let spot = Oval(center - Point(radius * 0.42, radius * 0.5), width: 70, height: 42, angle: -38)
        canvas.fill(spot, Paint(.white, opacity: 0.5))
    }

    /// Draws one of several faint crescents that together round a ball off; `depth` is a share of its radius.
    private mutating func shade(_ ball: Disc, depth: Float) {
        let offset = Point(0.55, 0.65) * (ball.radius * depth * 0.45)
        let lit = Disc(center: ball.center - offset, radius: ball.radius * (1 - depth * 0.1))
        canvas.fill(Cut(first: ball, second: lit), Paint(.ink, opacity: 0.055))
    }

    mutating func parcel() {
        let width = vary(240...290)
        let top = vary(270...310)
        let box = Slab(Point(300, (top + Self.floor) / 2), width: width, height: Self.floor - top, radius: 8)
        standing(width: width)
        canvas.fill(box, palette.main.round)
        canvas.fill(Slab(Point(300, (top + Self.floor) / 2), width: 40, height: Self.floor - top), palette.accent)
        raised(
            Slab(Point(300, top), width: width + 26, height: 56, radius: 9), palette.main.lighter(0.14).round, blur: 9)
        canvas.fill(Slab(Point(300, top), width: 40, height: 56), palette.accent.lighter(0.1))
        let loop = vary(74...96)
        for side: Float in [-1, 1] {
            let bow = Oval(Point(300 + side * loop * 0.52, top - 56), width: loop, height: 54, angle: side * 28)
            raised(bow, palette.accent, blur: 6)
            let hollow = Oval(
                Point(300 + side * loop * 0.55, top - 56), width: loop * 0.56, height: 24, angle: side * 28)
            canvas.fill(hollow, palette.accent.darker(0.3))
        }
        raised(Slab(Point(300, top - 40), width: 36, height: 32, radius: 12), palette.accent.lighter(0.2), blur: 4)
    }
}

extension Point {
    /// Creates a point at distance 1; `turn` is a share of the full round, clockwise from the top.
    init(around turn: Float) {
        self.init(sin(turn * 2 * .pi), -cos(turn * 2 * .pi))
    }
}
