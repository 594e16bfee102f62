/// Reads a page of HTML into parts, and notes what is no part of one.
struct MarkupReader {
    private let bytes: [UInt8]
    private var place = 0
    private(set) var parts: [MarkupPage.Part] = []
    private(set) var faults: [String] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func read() {
        while let byte = next {
            if byte == UInt8(ascii: "<") { readTag() } else { readText() }
        }
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func readText() {
        let end = bytes[place...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        parts.append(.text(Self.resolved(bytes[place..<end])))
        place = end
    }

    private mutating func readTag() {
        let start = place
        place += 1
        switch next {
        case UInt8(ascii: "!"): readDeclaration(from: start)
        case UInt8(ascii: "/"):
            place += 1
            let name = readName()
            skipBlanks()
            parts.append(.close(name))
            finish(name, from: start)
        case .some(let byte) where Self.isLetter(byte): readOpening(from: start)
        default: fault("a < that begins no tag", from: start)
        }
    }

    private mutating func readDeclaration(from start: Int) {
        let end = bytes[place...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count
        let text = String(decoding: bytes[place..<end], as: UTF8.self).lowercased()
        if text != "!doctype html" { fault("a declaration", from: start) }
        place = min(end + 1, bytes.count)
    }

    private mutating func readOpening(from start: Int) {
        let name = readName()
        var attributes: [String: String] = [:]
        while true {
            skipBlanks()
            guard let byte = next else { return fault("a tag without an end", from: start) }
            if byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") { break }
            guard let (attribute, value) = readAttribute() else { return fault("no attribute", from: start) }
            if attributes.updateValue(value, forKey: attribute) != nil { note("\(attribute) twice", from: start) }
        }
        parts.append(.open(MarkupPage.Tag(name: name, attributes: attributes)))
        if next == UInt8(ascii: "/") {
            place += 1
            parts.append(.close(name))
        }
        finish(name, from: start)
    }

    /// Reads `name="value"` or `name`; nil for anything else.
    private mutating func readAttribute() -> (String, String)? {
        let name = readName()
        guard !name.isEmpty else { return nil }
        guard next == UInt8(ascii: "=") else { return (name, "") }
        place += 1
        guard next == UInt8(ascii: "\"") else { return nil }
        place += 1
        guard let end = bytes[place...].firstIndex(of: UInt8(ascii: "\"")) else { return nil }
        let value = bytes[place..<end]
        place = end + 1
        // A quote that came from elsewhere ends the value here; what follows it must be one of these.
        guard let after = next, after <= 0x20 || ">/".utf8.contains(after) else { return nil }
        if value.contains(UInt8(ascii: "<")) { note("a < within \(name)", from: value.startIndex) }
        return (name, Self.resolved(value))
    }

    private mutating func readName() -> String {
        let start = place
        while let byte = next, Self.isLetter(byte) || Self.isDigit(byte) || "-:_.".utf8.contains(byte) { place += 1 }
        return String(decoding: bytes[start..<place], as: UTF8.self).lowercased()
    }

    private mutating func skipBlanks() {
        while let byte = next, byte <= 0x20 { place += 1 }
    }

    private mutating func finish(_ name: String, from start: Int) {
        guard next == UInt8(ascii: ">") else { return fault("<\(name) is not closed", from: start) }
        place += 1
    }

    /// Notes a fault with what stands there.
    private mutating func note(_ what: String, from start: Int) {
        let shown = bytes[start..<min(start + 80, bytes.count)]
        faults.append("\(what): \(String(decoding: shown, as: UTF8.self))")
    }

    /// Notes a fault and goes on behind the next `>`.
    private mutating func fault(_ what: String, from start: Int) {
        note(what, from: start)
        place = bytes[max(place, start + 1)...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? bytes.count
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension MarkupReader {
    /// Returns text with its character references resolved, as far as templates and escaping write them.
    fileprivate static func resolved(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var text = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
        var resolved = String.UnicodeScalarView()
        while let scalar = text.popFirst() {
            guard scalar == "&", let end = text.prefix(10).firstIndex(of: ";"),
                let meant = reference(String(text[..<end]))
            else {
                resolved.append(scalar)
                continue
            }
            resolved.append(contentsOf: meant.unicodeScalars)
            text = text[text.index(after: end)...]
        }
        return String(resolved)
    }

    private static func reference(_ name: String) -> String? {
        if let known = names[name] { return known }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let code = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return code.flatMap { Unicode.Scalar($0) }.map { String($0) }
    }

    private static let names = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'", "nbsp": "\u{A0}"]
}
