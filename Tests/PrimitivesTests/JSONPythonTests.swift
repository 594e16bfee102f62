import Foundation
import Primitives
import TestSupport
import Testing

/// What is JSON and what it says, against Python's `json`.
@Suite struct JSONPythonTests {
    /// Python takes three things that RFC 8259 does not: `NaN` and `Infinity`, half a surrogate pair, and UTF-16
    /// by guess.
    private static let reader = """
        import json

        def refuse(word):
            raise ValueError(word)

        def shown(value):
            if value is None: return "null"
            if value is True: return "true"
            if value is False: return "false"
            if isinstance(value, Number): return value.text
            if isinstance(value, str): return value.encode("utf-8").hex().join(("<", ">"))
            if isinstance(value, list): return "[" + " ".join(shown(part) for part in value) + "]"
            members = sorted((shown(key), shown(part)) for key, part in value.items())
            return "{" + " ".join(key + "=" + part for key, part in members) + "}"

        class Number:
            def __init__(self, text): self.text = text

        def read(text):
            return json.loads(text, parse_int=Number, parse_float=Number, parse_constant=refuse)

        def answer(case):
            try:
                text = bytes.fromhex(case).decode("utf-8")
                return shown(read(text.removeprefix("\\ufeff")))
            except ValueError:
                return None
        """

    @Test(arguments: 1...4)
    func `a text that is JSON says the same to both`(_ seed: UInt64) async throws {
        let generator = JSONGenerator(seed: seed)
        let texts = (0..<1_500).map { _ in Array(generator.text().utf8) }
        let others = try await TestPython.answers(Self.reader, to: texts.map(Hex.encode), as: String?.self)
        for (text, other) in zip(texts, others) {
            let ours = try Self.shown(JSONValue(parsing: text))
            #expect(ours == other, "\(String(decoding: text, as: UTF8.self))")
        }
    }

    @Test(arguments: 11...16)
    func `a damaged text is refused by both, or says the same to both`(_ seed: UInt64) async throws {
        let generator = JSONGenerator(seed: seed)
        let texts = (0..<2_000).map { _ in generator.damaged(generator.text()) }
        let others = try await TestPython.answers(Self.reader, to: texts.map(Hex.encode), as: String?.self)
        var taken = 0
        for (text, other) in zip(texts, others) {
            let ours = try? Self.shown(JSONValue(parsing: text))
            #expect(ours == other, "\(String(decoding: text, as: UTF8.self)) \(Hex.encode(text))")
            taken += ours == nil ? 0 : 1
        }
        #expect((100...1_900).contains(taken), "texts of both kinds were drawn: \(taken) of 2,000 are JSON")
    }

    @Test(arguments: 21...24)
    func `what is written is read by another reader as it was meant`(_ seed: UInt64) async throws {
        let generator = JSONGenerator(seed: seed)
        let values = (0..<1_500).map { _ in generator.value() }
        let written = try values.map { try JSONBytes.encode($0) }
        let others = try await TestPython.answers(Self.reader, to: written.map(Hex.encode), as: String?.self)
        for (value, other) in zip(values, others) { #expect(Self.shown(value) == other, "\(value)") }
        for (value, bytes) in zip(values, written) { #expect(try JSONValue(parsing: bytes) == value) }
    }

    @Test func `every bit of a floating-point number survives its text`() async throws {
        let random = RandomSource.seeded(31)
        var numbers: [Double] = [
            0, -0.0, 0.1, 1e21, 1e-7, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .leastNormalMagnitude, 1 / 3,
        ]
        while numbers.count < 3_000 {
            let number = Double(bitPattern: UInt64(truncatingIfNeeded: random.number(below: .max)) << 1)
            if number.isFinite { numbers.append(number) }
        }
        let texts = try numbers.map { String(decoding: try JSONBytes.encode([$0]), as: UTF8.self) }
        let script = """
            import json, struct

            def answer(case):
                return struct.pack(">d", json.loads(case)[0]).hex()
            """
        let bits = try await TestPython.answers(script, to: texts, as: String.self)
        for (number, bits) in zip(numbers, bits) {
            #expect(UInt64(bits, radix: 16) == number.bitPattern, "\(number)")
        }
    }

    @Test func `whole numbers are written to their last digit`() throws {
        #expect(try Self.written([Int64.min, -1, 0, Int64.max]) == "[-9223372036854775808,-1,0,9223372036854775807]")
        #expect(try Self.written([UInt64.max]) == "[18446744073709551615]")
        #expect(try Self.written([UInt8.max]) == "[255]")
        #expect(try Self.written([Int8.min]) == "[-128]")
        #expect(try Self.written([Int32.min]) == "[-2147483648]")
    }

    @Test(arguments: [
        ("", 0), ("  ", 2), ("{", 1), ("[1,]", 3), (#"{"a":}"#, 5), ("[1] 2", 4), ("tru", 0), (#"["a" "b"]"#, 5),
        (#"{"a" 1}"#, 5), (#"{a: 1}"#, 1), (#"{"a":1,}"#, 7), ("[1", 2), ("\"a\nb\"", 2),
    ])
    func `an error says at which byte`(_ text: String, _ offset: Int) {
        #expect { try JSONValue(parsing: text.utf8) } throws: { ($0 as? JSONSyntaxError)?.offset == offset }
    }

    @Test func `a name that stands twice counts as it stood last, in whichever way its accents are written`() throws {
        #expect(try JSONValue(parsing: #"{"a":1,"b":2,"a":3}"#.utf8)["a"] == .number("3"))
        let twice = try JSONValue(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}".utf8)
        #expect(twice["\u{E9}"] == .number("2") && twice["e\u{301}"] == .number("2"))
    }

    @Test func `a byte order mark before a text is passed over, one within it is not`() throws {
        #expect(try JSONValue(parsing: "\u{FEFF}[1]".utf8) == .array([.number("1")]))
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: "\u{FEFF}\u{FEFF}[1]".utf8) }
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: "[\u{FEFF}1]".utf8) }
        #expect(try JSONValue(parsing: "\"\u{FEFF}\"".utf8) == .string("\u{FEFF}"))
    }

    @Test func `values survive other encoders and decoders`() throws {
        let generator = JSONGenerator(seed: 41)
        for _ in 0..<200 {
            let value = try JSONValue(parsing: JSONBytes.encode(generator.value()))
            guard !Self.hasNumbers(value) else { continue }
            #expect(try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(value)) == value)
        }
        let numbers = JSONValue.array([.number("7"), .number("-3"), .number("0.5")])
        #expect(try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(numbers)) == numbers)
    }

    private static func written(_ value: some Encodable) throws -> String {
        String(decoding: try JSONBytes.encode(value), as: UTF8.self)
    }

    private static func hasNumbers(_ value: JSONValue) -> Bool {
        switch value {
        case .number: true
        case .array(let elements): elements.contains(where: hasNumbers)
        case .object(let members): members.values.contains(where: hasNumbers)
        case .null, .bool, .string: false
        }
    }

    /// Returns a value in a form that does not depend on the order of members or on how strings are escaped.
    private static func shown(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let text): text
        case .string(let text): "<" + Hex.encode(text.utf8) + ">"
        case .array(let elements): "[" + elements.map(shown).joined(separator: " ") + "]"
        case .object(let members):
            "{"
                + members.map { ("<" + Hex.encode($0.key.utf8) + ">", shown($0.value)) }.sorted { $0 < $1 }
                .map { $0.0 + "=" + $0.1 }.joined(separator: " ") + "}"
        }
    }
}
