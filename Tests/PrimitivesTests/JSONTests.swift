import Foundation
import Primitives
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        (#"{"a":[1,-2.50,1e3],"b":null,"c":true}"#, #"{"a":[1,-2.50,1e3],"b":null,"c":true}"#),
        (#"  [ "x\n\"\\\/é😀" ] "#, #"["x\n\"\\/é😀"]"#), (#""\u0001""#, #""\u0001""#), ("0", "0"), ("[]", "[]"),
        (#"{"a":1,"a":2}"#, #"{"a":2}"#),
    ])
    func `what is JSON is read and written exactly`(text: String, expected: String) throws {
        let value = try JSONValue(parsing: text.utf8)
        #expect(String(decoding: try JSONBytes.encode(value), as: UTF8.self) == expected)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":}", "{'a':1}", "01", "1.", ".5", "+1", "NaN", "tru", "\"a", "\"\t\"", "[1] 2",
        "\"\\x\"",
        "\"\\ud800\"", "\"\\udc00\"", "\"\\u12g4\"", "{\"a\" 1}", "-", "1e", "nul",
    ])
    func `what is not JSON is refused`(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text.utf8) }
    }

    @Test(arguments: [
        [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xF4, 0x90],
    ])
    func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: bytes) }
    }

    @Test func `depth is bounded`() throws {
        let sixtyFour = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        _ = try JSONValue(parsing: sixtyFour.utf8)
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: ("[" + sixtyFour + "]").utf8) }
        #expect(throws: JSONSyntaxError.self) {
            try JSONValue(parsing: String(repeating: "[", count: 100_000).utf8)
        }
    }

    @Test func `a nil is written as null and keys keep their order`() throws {
        struct Thing: Codable {
            struct Part: Codable { let name: String }
            let zebra: Int
            let note: String?
            let part: Part?
            let parts: [Part]
            let flag: Bool
        }
        let thing = Thing(zebra: 1, note: nil, part: nil, parts: [.init(name: "a\"b")], flag: false)
        let text = String(decoding: try JSONBytes.encode(thing), as: UTF8.self)
        #expect(text == #"{"zebra":1,"note":null,"part":null,"parts":[{"name":"a\"b"}],"flag":false}"#)
    }

    @Test func `nested containers close in order`() throws {
        struct Nested: Encodable {
            enum Keys: String, CodingKey { case a, b, c }
            func encode(to encoder: any Encoder) throws {
                var outer = encoder.container(keyedBy: Keys.self)
                var inner = outer.nestedContainer(keyedBy: Keys.self, forKey: .a)
                var list = inner.nestedUnkeyedContainer(forKey: .b)
                try list.encode(1)
                try list.encode(2)
                try outer.encode("end", forKey: .c)
            }
        }
        let text = String(decoding: try JSONBytes.encode(Nested()), as: UTF8.self)
        #expect(text == #"{"a":{"b":[1,2]},"c":"end"}"#)
    }

    @Test func `parts of a value write their members into its own object`() throws {
        struct Part: Encodable {
            let name: String
            let sizes: [Int]
        }
        struct Whole: Encodable {
            enum Keys: CodingKey { case more }
            let parts: [Part]
            func encode(to encoder: any Encoder) throws {
                for part in parts { try part.encode(to: encoder) }
                var container = encoder.container(keyedBy: Keys.self)
                try container.encode(Part(name: "inner", sizes: []), forKey: .more)
            }
        }
        let wholes = [Whole(parts: [Part(name: "a", sizes: [1, 2])]), Whole(parts: [])]
        let text = String(decoding: try JSONBytes.encode(wholes), as: UTF8.self)
        let inner = #""more":{"name":"inner","sizes":[]}"#
        #expect(text == #"[{"name":"a","sizes":[1,2],\#(inner)},{\#(inner)}]"#)
    }

    @Test func `a value that was encoded before is written where it belongs, by any encoder`() throws {
        struct Pair: Codable, Equatable { let name: String; let size: Int? }
        let pairs = [Pair(name: "a\"b", size: nil), Pair(name: "é", size: 3)]
        let encoded = try pairs.map { try EncodedJSON($0) }
        #expect(try JSONBytes.encode(["list": encoded]) == JSONBytes.encode(["list": pairs]))
        #expect(try JSONDecoder().decode([Pair].self, from: JSONEncoder().encode(encoded)) == pairs)
        let again = try JSONDecoder().decode([EncodedJSON<Pair>].self, from: JSONEncoder().encode(pairs))
        #expect(again.map(\.bytes) == encoded.map(\.bytes))
    }

    @Test(arguments: [
        ("id", "id"), ("userID", "user_id"), ("addressLine1", "address_line1"), ("facebookURL", "facebook_url"),
        ("URLText", "url_text"), ("someURLText", "some_url_text"), ("p95", "p95"), ("x1Axis", "x1_axis"),
        ("price_low", "price_low"), ("160", "160"), ("aB", "a_b"), ("größeXL", "größe_xl"), ("", ""),
    ])
    func `a property is named on the wire in small letters with underscores`(property: String, name: String) {
        #expect(SnakeCase.name(of: property) == name)
    }

    @Test func `keys that are data stay as they are, and so do all where Foundation reads them back`() throws {
        struct Thing: Codable, Equatable {
            let lastName: String
            let byKey: [String: Int]
            let numbers: [Int: Bool]
        }
        let thing = Thing(lastName: "x", byKey: ["someKey": 1], numbers: [7: true])
        let wire = String(decoding: try JSONBytes.encode(thing), as: UTF8.self)
        #expect(wire == #"{"last_name":"x","by_key":{"someKey":1},"numbers":{"7":true}}"#)
        let value = JSONValue.object(["someKey": .object(["innerKey": .null])])
        #expect(String(decoding: try JSONBytes.encode(value), as: UTF8.self) == #"{"someKey":{"innerKey":null}}"#)
        let kept = try JSONBytes.encode(thing, keys: .asDeclared)
        #expect(try JSONDecoder().decode(Thing.self, from: Data(kept)) == thing)
    }

    @Test func `numbers that JSON cannot hold are refused`() {
        #expect(throws: EncodingError.self) { try JSONBytes.encode([Double.nan]) }
        #expect(throws: EncodingError.self) { try JSONBytes.encode(["x": Double.infinity]) }
    }
}
