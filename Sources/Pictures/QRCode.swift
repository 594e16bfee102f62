import CQREncode
import Media
import Primitives

/// The reason why a text has no QR code.
public enum QRCodeError: Error, Sendable, Hashable {
    /// There is no text.
    case empty
    /// The text has more than 2,331 bytes of UTF-8 (2,330 where it is not ASCII alone).
    case tooLong
    /// The machine had no memory for the code.
    case outOfMemory

    /// Throws the error of a status of the C function; does nothing on success.
    fileprivate static func check(_ status: Int32) throws(QRCodeError) {
        switch status {
        case Int32(KQR_OK.rawValue): return
        case Int32(KQR_EMPTY.rawValue): throw .empty
        case Int32(KQR_TOO_LONG.rawValue): throw .tooLong
        default: throw .outOfMemory
        }
    }
}

/// A text as a QR code that can still be read with a seventh of it damaged (level M).
public struct QRCode: Sendable, Hashable {
    /// The number of light modules that a reader needs around the code.
    public static let quietZone = 4

    /// Modules a side, without the quiet zone: 21 to 177.
    public let width: Int
    private let modules: [UInt8]

    /// Creates the smallest code that holds the text.
    ///
    /// - Throws: `QRCodeError`; `.empty` for no text, `.tooLong` for more than a code holds, `.outOfMemory`.
    public init(_ text: String) throws(QRCodeError) {
        let bytes = Array(text.utf8)
        var modules: UnsafeMutablePointer<UInt8>?
        var width = 0
        let status = kqr_modules(bytes, bytes.count, &modules, &width)
        defer { kqr_free(modules) }
        try QRCodeError.check(status)
        self.width = width
        self.modules = Array(UnsafeBufferPointer(start: modules, count: width * width))
    }

    /// Returns whether the module is dark, counted from the upper left corner; outside of the code all are light.
    public subscript(x: Int, y: Int) -> Bool {
        guard (0..<width).contains(x), (0..<width).contains(y) else { return false }
        return modules[y * width + x] == 1
    }

    /// Returns the code as an SVG document that scales to any size, one unit per module.
    public func svg() -> String {
        let side = width + 2 * Self.quietZone
        return """
            <svg xmlns="http://www.w3.org/2000/svg" version="1.1" viewBox="0 0 \(side) \(side)" \
            shape-rendering="crispEdges"><rect width="\(side)" height="\(side)" fill="#fff"/>\
            <path fill="#000" d="\((0..<width).map(path).joined())"/></svg>
            """
    }

    /// Returns the code in black on white as PNG, `scale` pixels per module.
    ///
    /// - Throws: `ImageError.tooLarge` for a scale that is not 1 to 20, `.outOfMemory`.
    public func png(scale: Int = 6) throws -> [UInt8] {
        guard (1...20).contains(scale) else { throw ImageError.tooLarge }
        let sides = -Self.quietZone..<(width + Self.quietZone)
        var rgb: [UInt8] = []
        rgb.reserveCapacity(3 * sides.count * sides.count * scale * scale)
        for y in sides {
            let row = sides.flatMap { repeatElement(self[$0, y] ? 0 : 255 as UInt8, count: 3 * scale) }
            for _ in 0..<scale { rgb += row }
        }
        return try ImageCodec.encodePNG(rgb: rgb, width: sides.count * scale, height: sides.count * scale)
    }

    /// Returns the PNG as a `data:` URL.
    ///
    /// - Throws: `ImageError.outOfMemory`.
    public func pngDataURL() throws -> String { "data:image/png;base64," + Base64.encode(try png()) }

    /// Returns the dark modules of a row as a path, neighbors as one rectangle.
    private func path(row y: Int) -> String {
        var path = ""
        var x = 0
        while x < width {
            let start = x
            while self[x, y] { x += 1 }
            if x > start { path += "M\(start + Self.quietZone) \(y + Self.quietZone)h\(x - start)v1h-\(x - start)z" }
            x += 1
        }
        return path
    }
}
