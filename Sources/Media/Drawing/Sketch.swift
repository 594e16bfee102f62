import Primitives

/// A picture in the making: the canvas, the colors chosen for it, and what varies from one to the next.
///
/// Things stand on a floor at 490 board units or hang around the middle at 300.
struct Sketch {
    static let floor: Float = 490

    var canvas: Canvas
    let palette: Palette
    private var random: RandomSource

    init(seed: UInt64, hue: Double, size: Int) {
        self.random = .seeded(seed)
        self.palette = Palette(hue: hue, random: &random)
        self.canvas = Canvas(size: size)
        canvas.backdrop(palette.backdrop, light: Point(vary(220...380), vary(200...280)))
    }

    /// Returns a number of the range, the next of this picture's own sequence.
    mutating func vary(_ range: ClosedRange<Float>) -> Float { Float.random(in: range, using: &random) }

    /// Returns true with this chance, 0 to 1.
    mutating func chance(_ share: Float) -> Bool { vary(0...1) < share }

    /// Draws the shadow of something that stands on the floor: dark at its foot, faint further out.
    mutating func standing(at x: Float = 300, width: Float, y: Float = Self.floor) {
        let wide = Slab(Point(x + 14, y), width: width * 1.08, height: width * 0.12, radius: width * 0.06)
        canvas.shadow(wide, blur: 26, opacity: 0.32)
        canvas.shadow(Slab(Point(x, y), width: width * 0.94, height: 12, radius: 6), blur: 9, opacity: 0.35)
    }

    /// Paints a shape that casts a soft shadow on what lies behind it.
    mutating func raised(_ shape: some Shape, _ paint: Paint, blur: Float = 14, opacity: Float = 0.28) {
        canvas.shadow(shape, offset: Point(blur * 0.3, blur * 0.7), blur: blur, opacity: opacity)
        canvas.fill(shape, paint)
    }

    /// Draws a streak of light along a glossy body.
    mutating func gleam(from start: Point, to end: Point, width: Float, opacity: Float = 0.4) {
        canvas.fill(Stroke(start: start, end: end, width: width), Paint(.white, opacity: opacity))
    }
}

/// The colors of one picture.
struct Palette: Sendable {
    let backdrop: Paint
    let main: Paint
    let accent: Paint
    /// A pale tint of the main color: labels, pages, soles.
    let pale: Paint
    /// Nearly black, tinted: screens, rubber, metal in the shade.
    let dark: Paint
    let metal: Paint
    let wood: Paint
    let leaf: Paint

    init(hue: Double, random: inout RandomSource) {
        let steps: [Double] = [180, 150, 210, 45, -45, 120]
        let accentHue = hue + steps[random.number(below: steps.count)]
        let warmth = Self.yellowness(hue)
        let lightness = Double.random(in: 0.58...0.72, using: &random) + 0.17 * warmth
        let chroma = Double.random(in: 0.09...0.15, using: &random)
        let backHue = random.number(below: 3) == 0 ? accentHue : hue
        self.backdrop = Self.shaded(0.94, 0.03, backHue, step: 0.08)
        self.main = Self.shaded(lightness, chroma, hue, step: 0.09)
        self.accent = Self.shaded(0.74 + 0.08 * Self.yellowness(accentHue), 0.13, accentHue, step: 0.08)
        self.pale = Self.shaded(0.97, 0.015, hue, step: 0.07)
        self.dark = Self.shaded(0.36, 0.03, hue, step: 0.1)
        self.metal = Self.shaded(0.88, 0.008, 250, step: 0.2)
        self.wood = Self.shaded(0.72, 0.075, 65, step: 0.1)
        self.leaf = Self.shaded(0.66, 0.13, Double.random(in: 130...160, using: &random), step: 0.14)
    }

    /// Returns 1 at yellow, 0 from 50 degrees off it: a dark yellow is a dull one.
    private static func yellowness(_ hue: Double) -> Double {
        let turned = (hue - 100).truncatingRemainder(dividingBy: 360)
        let gap = min(abs(turned), 360 - abs(turned))
        return max(0, 1 - gap / 50)
    }

    private static func shaded(_ lightness: Double, _ chroma: Double, _ hue: Double, step: Double) -> Paint {
        Paint(
            Color(lightness: lightness, chroma: chroma, hue: hue),
            Color(lightness: lightness - step, chroma: chroma, hue: hue + 8))
    }
}

extension Paint {
    /// This paint with the light and shade of a cylinder.
    var round: Paint { Paint(top, bottom, roundness: 1, opacity: opacity) }

    func faded(_ opacity: Float) -> Paint { Paint(top, bottom, roundness: roundness, opacity: opacity) }

    func darker(_ share: Float) -> Paint {
        Paint(top.darker(share), bottom.darker(share), roundness: roundness, opacity: opacity)
    }

    func lighter(_ share: Float) -> Paint {
        Paint(top.lighter(share), bottom.lighter(share), roundness: roundness, opacity: opacity)
    }
}
