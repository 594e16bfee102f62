import Primitives
import Web

/// What a row says beside the properties of a product or variant.
struct RowExtras: Sendable, Hashable {
    /// The units that something new begins with; nil for none, and without meaning for what is there already.
    let openingStock: Int?
    /// The addresses of pictures, percent-encoded.
    let pictures: [String]

    /// Reads the columns `opening_stock` and `pictures`.
    init(_ fields: Fields) {
        openingStock = fields.optionalInteger("opening_stock", in: 0...1_000_000_000)
        let text = fields.optionalString("pictures", length: 1...20_000) ?? ""
        pictures = Self.addresses(text)
        if pictures.count > ForeignCells.maxPictures {
            fields.fail("pictures", "A product takes \(ForeignCells.maxPictures) addresses of pictures at most.")
        }
        if let wrong = pictures.first(where: { !Self.isAddress($0) }) {
            fields.fail(
                "pictures",
                "\"\(wrong.prefix(scalars: 100))\" is no address. Write the whole of it, like https://example.com/lamp.jpg, "
                    + "and a space between two.")
        }
    }

    /// Returns the parts between white space, `|`, and commas before white space.
    private static func addresses(_ text: String) -> [String] {
        let parts = text.cut { scalar in scalar.properties.isWhitespace || scalar == "|" }
        return parts.map { part in encoded(part.before(",") ?? part) }.filter { !$0.isEmpty }
    }

    /// Returns the address with what is not ASCII percent-encoded.
    private static func encoded(_ address: Substring) -> String {
        address.replacing { scalar in
            scalar.isASCII ? nil : String(scalar).utf8.map { "%" + String($0, radix: 16, uppercase: true) }.joined()
        }
    }

    private static func isAddress(_ text: String) -> Bool {
        let lower = text.lowercased()
        guard text.utf8.count <= 2_000, let host = lower.after("https://") ?? lower.after("http://") else {
            return false
        }
        return !host.isEmpty && !host.begins(with: "/") && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
