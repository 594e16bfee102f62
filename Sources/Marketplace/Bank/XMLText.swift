/// XML text as it is written: names are the program's own, texts are escaped byte by byte.
struct XMLText: Sendable {
    /// What the longest texts of payment orders hold (`Max140Text`).
    private static let limit = 140

    private(set) var bytes = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)

    mutating func open(_ name: String, namespace: String? = nil) {
        write("<\(name)")
        if let namespace { write(" xmlns=\"\(namespace)\"") }
        write(">")
    }

    mutating func close(_ name: String) { write("</\(name)>") }

    /// Writes an element of text, of at most 140 characters; what XML cannot hold is left out.
    mutating func leaf(_ name: String, _ text: String, currency: String? = nil) {
        write("<\(name)")
        if let currency { write(" Ccy=\"\(currency)\"") }
        write(">")
        for scalar in text.unicodeScalars.filter(Self.isAllowed).prefix(Self.limit) { escape(scalar) }
        write("</\(name)>")
    }

    /// Writes a text within elements that stand in each other.
    mutating func nested(_ text: String, _ path: String...) {
        for name in path.dropLast() { open(name) }
        if let last = path.last { leaf(last, text) }
        for name in path.dropLast().reversed() { close(name) }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 && scalar.value != 0x7F && scalar.value != 0xFFFE && scalar.value != 0xFFFF
    }

    private mutating func escape(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "&": write("&amp;")
        case "<": write("&lt;")
        case ">": write("&gt;")
        case "\"": write("&quot;")
        case "'": write("&apos;")
        default: bytes.append(contentsOf: Array(String(scalar).utf8))
        }
    }

    private mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
