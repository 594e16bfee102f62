/// The coloring of an area: from `top` to `bottom` down its height, and rounded from left to right by `roundness`.
struct Paint: Sendable {
    var top: Color
    var bottom: Color
    /// 0 for flat; 1 for the light and shade of a cylinder lit from the left.
    var roundness: Float = 0
    var opacity: Float = 1

    init(_ top: Color, _ bottom: Color, roundness: Float = 0, opacity: Float = 1) {
        self.top = top
        self.bottom = bottom
        self.roundness = roundness
        self.opacity = opacity
    }

    /// Creates a paint of one color.
    init(_ color: Color, opacity: Float = 1) {
        self.init(color, color, opacity: opacity)
    }

    /// Returns the shade at these shares (0 to 1) of the painted area's width and height.
    @inline(__always)
    func color(across: Float, down: Float) -> SIMD4<Float> {
        let base = top.channels + (bottom.channels - top.channels) * down
        if roundness == 0 { return base }
        let fromLight = across - 0.3
        let light = max(0, 1 - fromLight * fromLight * 14) * 0.16
        let shade = across * across * 0.22
        let lit = base + (SIMD4(repeating: 1) - base) * (light * roundness)
        return lit * (1 - shade * roundness)
    }
}

/// A square picture that shapes are painted on, at any size.
struct Canvas {
    /// The length of a side in pixels.
    let size: Int
    private var pixels: [SIMD4<Float>]
    private let scale: Float

    init(size: Int) {
        self.size = size
        self.pixels = [SIMD4<Float>](repeating: SIMD4(repeating: 1), count: size * size)
        self.scale = Float(size) / 600
    }

    /// The picture as rows of red, green and blue bytes.
    var rgb: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: pixels.count * 3) { bytes, count in
            for index in 0..<pixels.count {
                let pixel = pixels[index] * 255 + 0.5
                for channel in 0..<3 {
                    bytes[index * 3 + channel] = UInt8(min(max(pixel[channel], 0), 255))
                }
            }
            count = pixels.count * 3
        }
    }

    /// Covers the whole picture, lighter around `light` (board units).
    mutating func backdrop(_ paint: Paint, light: Point) {
        let size = size
        let unit = 1 / scale
        pixels.withUnsafeMutableBufferPointer { pixels in
            for row in 0..<size {
                let y = (Float(row) + 0.5) * unit
                let base = paint.color(across: 0, down: y / 600)
                let lack = SIMD4(repeating: 1) - base
                for column in 0..<size {
                    let offset = Point((Float(column) + 0.5) * unit, y) - light
                    let near = max(0, 1 - (offset * offset).sum() / 130_000)
                    pixels[row * size + column] = base + lack * (near * near * 0.55)
                }
            }
        }
    }

    /// Paints the shape, its edge smooth over one pixel.
    mutating func fill(_ shape: some Shape, _ paint: Paint) {
        let box = shape.bounds
        let origin = box.least
        let share = Point(repeating: 1) / pointwiseMax(box.most - box.least, Point(repeating: 1))
        blend(shape, softness: 0.5 / scale, opacity: paint.opacity) { point in
            let place = (point - origin) * share
            return paint.color(across: place.x, down: place.y)
        }
    }

    /// Darkens what lies below the shape, moved by `offset`, fading over `blur` board units on both sides of its edge.
    mutating func shadow(_ shape: some Shape, offset: Point = Point(0, 0), blur: Float, opacity: Float = 0.3) {
        let shade = Color.ink.channels
        blend(Moved(shape: shape, offset: offset), softness: blur, opacity: opacity) { _ in shade }
    }

    private static let tile = 8

    /// Mixes `color` into every pixel of the shape; its coverage rises over `softness` board units on each side of the
    /// edge.
    ///
    /// Works in tiles: where a tile's center is far enough from the edge, all of it is covered or none.
    private mutating func blend(
        _ shape: some Shape, softness: Float, opacity: Float, _ color: (Point) -> SIMD4<Float>
    ) {
        let box = shape.bounds.grown(softness)
        let columns = range(box.least.x, box.most.x)
        let rows = range(box.least.y, box.most.y)
        let unit = 1 / scale
        let reach = Float(Self.tile) * unit * 0.7072
        for top in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.tile) {
            for left in stride(from: columns.lowerBound, to: columns.upperBound, by: Self.tile) {
                let middle = Point(Float(left + Self.tile / 2), Float(top + Self.tile / 2)) * unit
                let depth = shape.bound(middle)
                if depth > reach + softness { continue }
                let area = (
                    rows: top..<min(top + Self.tile, rows.upperBound),
                    columns: left..<min(left + Self.tile, columns.upperBound)
                )
                if depth < -reach - softness {
                    mix(area.rows, area.columns) { (color($0), opacity) }
                } else {
                    mix(area.rows, area.columns) { point in
                        let cover = min(max(0.5 - shape.distance(point) / (2 * softness), 0), 1)
                        return (color(point), cover * cover * (3 - 2 * cover) * opacity)
                    }
                }
            }
        }
    }

    @inline(__always)
    private mutating func mix(
        _ rows: Range<Int>, _ columns: Range<Int>, _ source: (Point) -> (color: SIMD4<Float>, opacity: Float)
    ) {
        let size = size
        let unit = 1 / scale
        pixels.withUnsafeMutableBufferPointer { pixels in
            for row in rows {
                for column in columns {
                    let (color, opacity) = source(Point(Float(column) + 0.5, Float(row) + 0.5) * unit)
                    let below = pixels[row * size + column]
                    pixels[row * size + column] = below + (color - below) * opacity
                }
            }
        }
    }

    private func range(_ least: Float, _ most: Float) -> Range<Int> {
        let first = min(max(Int((least * scale).rounded(.down)), 0), size)
        let last = min(max(Int((most * scale).rounded(.up)), first), size)
        return first..<last
    }
}
