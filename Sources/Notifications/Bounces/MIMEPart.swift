import Primitives

/// A part of a MIME message (RFC 2045): its headers, and its body or the parts in it. Read leniently, since those who
/// report bounces are many.
struct MIMEPart: Sendable {
    /// How deep parts may lie in each other.
    private static let maxDepth = 8
    private static let maxParts = 50

    /// The header fields in order, unfolded; names in lower case.
    let headers: [(name: String, value: String)]
    let body: Substring

    /// Reads a message or a part.
    init(_ text: Substring) {
        let (head, body) = Self.split(text)
        headers = Self.fields(head)
        self.body = body
    }

    subscript(name: String) -> String? { headers.first { $0.name == name }?.value }

    /// The media type in lower case; `text/plain` where none is named.
    var type: String {
        let value = self["content-type"] ?? ""
        let name = value.halves(at: ";").0.trimmed.lowercased()
        return name.isEmpty ? "text/plain" : name
    }

    /// Returns this part and those in it, in order.
    func walk() -> [MIMEPart] {
        var found: [MIMEPart] = []
        walk(into: &found, depth: 0)
        return found
    }

    private func walk(into found: inout [MIMEPart], depth: Int) {
        guard found.count < Self.maxParts, depth < Self.maxDepth else { return }
        found.append(self)
        guard type.begins(with: "multipart/"), let boundary = parameter("boundary") else { return }
        for part in Self.cut(body, at: boundary) { MIMEPart(part).walk(into: &found, depth: depth + 1) }
    }

    /// The body without its transfer encoding.
    var text: String {
        switch self["content-transfer-encoding"]?.trimmed.lowercased() {
        case "base64":
            let plain = body.keeping { !$0.properties.isWhitespace }
            return Base64.decode(plain).map { String(decoding: $0, as: UTF8.self) } ?? String(body)
        case "quoted-printable": return Self.unquoted(body)
        default: return String(body)
        }
    }

    /// Returns a parameter of the content type, without its quotes.
    func parameter(_ name: String) -> String? {
        for part in (self["content-type"] ?? "").cut(at: ";").dropFirst() {
            let (key, value) = part.halves(at: "=")
            guard let value, key.trimmed.lowercased() == name else { continue }
            return value.trimmed.trimmed(where: { $0 == "\"" })
        }
        return nil
    }

    /// Returns header fields (RFC 5322), lines that begin with white space as parts of those before them.
    static func fields(_ head: Substring) -> [(name: String, value: String)] { fields(of: lines(head)) }

    /// Returns the header fields that these lines make.
    static func fields(of lines: [Substring]) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        for line in lines {
            if let first = line.unicodeScalars.first, first == " " || first == "\t", let last = fields.indices.last {
                fields[last].value += " " + line.trimmed
            } else {
                let (name, value) = line.halves(at: ":")
                if let value { fields.append((name.trimmed.lowercased(), value.trimmed)) }
            }
        }
        return fields
    }

    /// Returns the lines of a text, without their ends.
    static func lines(_ text: Substring) -> [Substring] {
        text.cut(at: "\n").map { $0.before("\r") ?? $0 }
    }

    /// Returns what stands before the first empty line, and what follows it.
    static func split(_ text: Substring) -> (Substring, Substring) {
        var start = text.startIndex
        let scalars = text.unicodeScalars
        while start < text.endIndex {
            let end = scalars[start...].firstIndex(of: "\n") ?? text.endIndex
            let line = text[start..<end]
            let next = end < text.endIndex ? scalars.index(after: end) : end
            if line.trimmed.isEmpty { return (text[text.startIndex..<start], text[next...]) }
            start = next
        }
        return (text, "")
    }

    private static func cut(_ body: Substring, at boundary: String) -> [Substring] {
        var parts: [Substring] = []
        var start: Substring.Index?
        var position = body.startIndex
        let scalars = body.unicodeScalars
        while position < body.endIndex {
            let end = scalars[position...].firstIndex(of: "\n") ?? body.endIndex
            let next = end < body.endIndex ? scalars.index(after: end) : end
            let line = body[position..<end].trimmed
            if line.isSame(as: "--" + boundary) || line.isSame(as: "--" + boundary + "--") {
                if let start { parts.append(body[start..<position]) }
                start = line.ends(with: boundary + "--") ? nil : next
            }
            position = next
        }
        if let start { parts.append(body[start...]) }
        return parts
    }

    private static func unquoted(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "=") else {
                bytes.append(byte)
                continue
            }
            if rest.starts(with: [0x0D, 0x0A]) {
                rest = rest.dropFirst(2)
            } else if rest.first == 0x0A {
                rest = rest.dropFirst()
            } else if let value = Hex.decode(String(decoding: rest.prefix(2), as: UTF8.self)), value.count == 1 {
                bytes += value
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
