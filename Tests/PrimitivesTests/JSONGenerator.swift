import Primitives

/// Draws JSON texts and values, the same ones for the same seed.
struct JSONGenerator {
    let random: RandomSource

    init(seed: UInt64) {
        random = .seeded(seed)
    }

    /// Returns a text that is JSON, with white space, escapes and numbers in all their forms.
    func text(depth: Int = 4) -> String {
        let space = pick(["", "", "", " ", "\n", "\t ", "\r\n"])
        return space + bareText(depth: depth) + space
    }

    /// Returns a value of few levels, with strings of any scalars.
    func value(depth: Int = 3) -> JSONValue {
        switch random.number(below: depth > 0 ? 7 : 5) {
        case 0: .null
        case 1: .bool(random.number(below: 2) == 0)
        case 2: .number(number())
        case 3, 4: .string(scalars())
        case 5: .array((0..<random.number(below: 5)).map { _ in value(depth: depth - 1) })
        default:
            .object(
                Dictionary(
                    (0..<random.number(below: 5)).map { _ in (scalars(), value(depth: depth - 1)) },
                    uniquingKeysWith: { _, last in last }))
        }
    }

    /// Returns `text` with a few bytes left out, put in, replaced or cut off.
    func damaged(_ text: String) -> [UInt8] {
        var bytes = Array(text.utf8)
        for _ in 0...random.number(below: 3) {
            let index = random.number(below: bytes.count + 1)
            let byte = random.number(below: 3) == 0 ? UInt8(random.number(below: 256)) : pick(Self.marks)
            switch random.number(below: 4) {
            case 0 where index < bytes.count: bytes.remove(at: index)
            case 1 where index < bytes.count: bytes[index] = byte
            case 2: bytes.removeLast(bytes.count - index)
            default: bytes.insert(byte, at: index)
            }
        }
        return bytes
    }

    func pick<Element>(_ elements: [Element]) -> Element { elements[random.number(below: elements.count)] }

    private static let marks = Array("{}[]\",:\\0123456789-+.eEtrufalsn \t\n\r/\u{1}".utf8)

    private func bareText(depth: Int) -> String {
        switch random.number(below: depth > 0 ? 8 : 5) {
        case 0: pick(["null", "true", "false"])
        case 1, 2: number()
        case 3, 4: literal()
        case 5, 6: "[" + list { text(depth: depth - 1) } + "]"
        default: "{" + list { literal() + pick(["", " "]) + ":" + text(depth: depth - 1) } + "}"
        }
    }

    private func list(_ element: () -> String) -> String {
        (0..<random.number(below: 4)).map { _ in element() }.joined(separator: ",")
    }

    private func number() -> String {
        let whole = pick(["0", "7", "10", "19", "9007199254740993", "123456789012345678901234567890"])
        let fraction = pick(["", "", ".0", ".50", ".000001", ".99999999999999999999"])
        return pick(["", "-"]) + whole + fraction + pick(["", "", "", "e3", "E+2", "e-07"])
    }

    /// Returns a string as texts have it: as it is, or by one of the ways to escape it.
    private func literal() -> String {
        let parts = (0..<random.number(below: 6)).map { _ in
            pick([
                "a", "Z", " ", "é", "ß", "日", "😀", "\u{2028}", "\u{7F}", "/", "\\/", "\\\\", "\\\"", "\\b", "\\f",
                "\\n",
                "\\r", "\\t", "\\u0000", "\\u00e9", "\\u00E9", "\\u65e5", "\\ud83d\\ude00", "\\uD83D\\uDE00", "\\uffff",
            ])
        }
        return "\"" + parts.joined() + "\""
    }

    private func scalars() -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<random.number(below: 6) {
            let plain = Unicode.Scalar(UInt8(random.number(below: 128)))
            let any = Unicode.Scalar(UInt32(random.number(below: 0x11_0000)))
            text.append(random.number(below: 2) == 0 ? plain : any ?? "\u{FFFD}")
        }
        return String(text)
    }
}
