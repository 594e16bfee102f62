/// A bar code: bars and spaces that are whole multiples of one width, the module.
public struct Barcode: Sendable, Codable, Equatable {
    /// The kinds of bar code.
    public enum Symbology: String, Sendable, Codable {
        /// Any printable ASCII, two digits in the room of one letter.
        case code128
        /// The number of a trade item: 13 digits.
        case ean13
    }

    /// The kind.
    public let symbology: Symbology
    /// The text that a scanner reads.
    public let text: String

    /// Creates a Code 128 symbol; nil for no text, and for text with anything but printable ASCII.
    public init?(code128 text: String) {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        symbology = .code128
        self.text = text
    }

    /// Creates an EAN-13 symbol; nil for anything but 13 digits whose last is the check digit of the others.
    public init?(ean13 text: String) {
        guard EAN13.isNumber(text) else { return nil }
        symbology = .ean13
        self.text = text
    }

    /// The widths in modules of bars and spaces in turn, a bar first and a bar last.
    public var widths: [Int] {
        switch symbology {
        case .code128: Code128.widths(of: text)
        case .ean13: EAN13.widths(of: text)
        }
    }

    /// The modules that have to stay light before its first bar and after its last.
    public var quietZone: (before: Int, after: Int) {
        switch symbology {
        case .code128: (10, 10)
        case .ean13: (11, 7)
        }
    }
}
