import Primitives

/// Descriptions in HTML as the text that people read; the shop's own are text.
enum PlainText {
    private static let breaks: Set<String> = [
        "p", "/p", "br", "div", "/div", "ul", "/ul", "ol", "/ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "/h1",
        "/h2", "/h3",
        "/h4", "/h5", "/h6", "table", "/table", "/li",
    ]
    private static let entities: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–", "mdash": "—",
        "hellip": "…",
        "copy": "©", "reg": "®", "trade": "™", "euro": "€", "deg": "°", "times": "×", "bull": "•", "rsquo": "’",
        "lsquo": "‘",
        "ldquo": "“", "rdquo": "”", "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü",
        "szlig": "ß",
        "eacute": "é", "egrave": "è", "agrave": "à", "ccedil": "ç",
    ]

    /// Returns the text of `html`; text without tags and entities stays as it is.
    static func of(_ html: String) -> String {
        guard html.holds(anyOf: "<&") else { return html.holds(text: "\\n") ? unescaped(html) : html }
        var text = String.UnicodeScalarView()
        var rest = html.unicodeScalars[...]
        var hidden: String?
        while let scalar = rest.popFirst() {
            if scalar == "<", let tag = Self.tag(&rest) {
                if tag == "script" || tag == "style" { hidden = "/" + tag }
                if tag == hidden { hidden = nil }
                if tag == "li" { text += "\n- ".unicodeScalars }
                if breaks.contains(tag) { text.append("\n") }
            } else if hidden == nil {
                text += scalar == "&" ? Self.entity(&rest) : String(scalar).unicodeScalars
            }
        }
        return tidied(unescaped(String(text)))
    }

    /// Takes a tag off, up to its `>`, and returns its name in lower case; nil where none begins.
    private static func tag(_ rest: inout Substring.UnicodeScalarView) -> String? {
        guard let first = rest.first, first == "/" || first == "!" || first.properties.isAlphabetic,
            let end = rest.firstIndex(where: { scalar in scalar == ">" })
        else { return nil }
        let inside = Substring(rest[..<end])
        rest = rest[rest.index(after: end)...]
        let name = inside.unicodeScalars.prefix { $0 == "/" || $0.isASCIILetterOrDigit }
        let text = String(Substring(name)).lowercased()
        return text.utf8.count > 1 ? text.before("/").map(String.init) ?? text : text
    }

    /// Takes what follows an `&` off, where it is an entity, and returns what it stands for.
    private static func entity(_ rest: inout Substring.UnicodeScalarView) -> String.UnicodeScalarView {
        guard let end = rest.prefix(10).firstIndex(of: ";") else { return "&".unicodeScalars }
        let name = String(Substring(rest[..<end]))
        guard let meant = entities[name] ?? numbered(name) else { return "&".unicodeScalars }
        rest = rest[rest.index(after: end)...]
        return meant.unicodeScalars
    }

    private static func numbered(_ name: String) -> String? {
        guard let digits = name.after("#") else { return nil }
        let hexadecimal = digits.after("x") ?? digits.after("X")
        let code = hexadecimal.map { UInt32($0, radix: 16) } ?? UInt32(digits)
        guard let code, code >= 0x20, let scalar = Unicode.Scalar(code) else { return nil }
        return String(scalar)
    }

    /// WooCommerce writes line breaks as `\n`.
    private static func unescaped(_ text: String) -> String {
        var plain = "", rest = Substring(text)
        while let offset = rest.offset(of: "\\n") {
            let end = rest.utf8.index(rest.utf8.startIndex, offsetBy: offset)
            plain += String(rest[..<end]) + "\n"
            rest = rest[rest.utf8.index(end, offsetBy: 2)...]
        }
        return plain + String(rest)
    }

    /// Returns the text without white space at the ends of lines and with no more than one empty line in a row.
    private static func tidied(_ text: String) -> String {
        var lines: [String] = []
        for line in text.cut(at: "\n") {
            let words = line.words.joined(separator: " ")
            if !words.isEmpty || lines.last?.isEmpty == false { lines.append(words) }
        }
        return lines.joined(separator: "\n").trimmed
    }
}

extension Unicode.Scalar {
    fileprivate var isASCIILetterOrDigit: Bool { isASCII && (properties.isAlphabetic || (0x30...0x39).contains(value)) }
}
