import Primitives

/// The subject of a drawn product picture.
public enum Motif: String, Sendable, Hashable, CaseIterable {
    case bag, ball, book, bottle, chair, headphones, jar, lamp, mug, parcel, phone, plant, shirt, shoe, speaker, watch
}

/// Draws the pictures of a demo shop, so that none has to be shipped.
public enum ProductPicture {
    /// Draws a square picture of `size` pixels a side and returns it as PNG; the same arguments give the same bytes.
    ///
    /// `seed` varies proportions and details, `hue` (degrees) the main color. Takes some ten milliseconds at 600
    /// pixels.
    ///
    /// - Throws: `ImageError.tooLarge` unless `size` is 1 to 2,048; `.outOfMemory`.
    public static func draw(_ motif: Motif, seed: UInt64, hue: Double, size: Int = 600) throws -> [UInt8] {
        guard (1...2_048).contains(size) else { throw ImageError.tooLarge }
        var sketch = Sketch(seed: seed, hue: hue, size: size)
        sketch.draw(motif)
        return try ImageCodec.encodePNG(rgb: sketch.canvas.rgb, width: size, height: size)
    }
}

extension Sketch {
    mutating func draw(_ motif: Motif) {
        switch motif {
        case .bag: bag()
        case .ball: ball()
        case .book: book()
        case .bottle: bottle()
        case .chair: chair()
        case .headphones: headphones()
        case .jar: jar()
        case .lamp: lamp()
        case .mug: mug()
        case .parcel: parcel()
        case .phone: phone()
        case .plant: plant()
        case .shirt: shirt()
        case .shoe: shoe()
        case .speaker: speaker()
        case .watch: watch()
        }
    }
}
