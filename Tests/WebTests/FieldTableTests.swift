import Commerce
import HTTPTypes
import Primitives
import Testing

@testable import Web

/// Each reader of a field, value by value: what is taken, and by which words the rest is refused.
@Suite struct FieldTableTests {
    private enum Size: String, CaseIterable, Sendable { case small, large }

    /// Every reader once, each field by its reader's name; what was read is shown as text.
    private struct Everything: Input {
        let read: [String: String]

        init(_ fields: Fields) {
            let ids: [UserID] = fields.ids("ids", limit: 3)
            let id: UserID? = fields.optionalID("id")
            let size: Size? = fields.optionalChoice("choice")
            let bounds = Money(minorUnits: 100)...Money(minorUnits: 99_999)
            let texts: [String: String?] = [
                "text": fields.string("text", .optional("-"), length: 2...5),
                "raw": fields.string("raw", .optional("-"), length: 1...5, trims: false),
                "blank": fields.string("blank", .optional("-"), length: 0...3, allowsBlank: true),
                "nullable": fields.optionalString("nullable", length: 1...4),
                "email": fields.email("email", .optional("-")), "choice": size?.rawValue,
                "integer": fields.optionalInteger("integer", in: -5...50).map(String.init),
                "boolean": fields.optionalBoolean("boolean").map(String.init),
                "money": fields.optionalMoney("money", in: bounds).map { String($0.minorUnits) },
                "decimal": fields.optionalDecimal("decimal", scale: 3, in: -1_000...2_500_000).map(String.init),
                "id": id.map { String($0.rawValue) }, "ids": ids.map { String($0.rawValue) }.joined(separator: " "),
                "strings": fields.strings("strings", length: 1...3, limit: 2).joined(separator: "|"),
                "date": fields.optionalDate("date")?.description,
                "moment": fields.optionalTimestamp("moment")?.description,
                "country": fields.optionalCountry("country"),
                "countries": fields.countries("countries").joined(separator: " "),
                "change": fields.change("change", length: 0...4), "phone": fields.phoneChange("phone"),
            ]
            read = texts.compactMapValues(\.self)
        }
    }

    private enum Outcome: Equatable {
        case value(String?)
        case refused(String)
    }

    private static func outcome(_ name: String, _ request: APIRequest) throws -> Outcome {
        do {
            return .value(try InputReader(currency: .usd).read(Everything.self, from: request).read[name])
        } catch let error as ValidationError {
            guard case .members(let members) = error.errors, members.count == 1, let errors = members[name] else {
                return .refused("other fields: \(error)")
            }
            return .refused(ValidationError(.members([name: errors])).description)
        }
    }

    private static func json(_ name: String, _ value: String) throws -> Outcome {
        let request = APIRequest(
            method: .post, path: "/", headers: [.contentType: "application/json"],
            body: Array("{\"\(name)\": \(value)}".utf8))
        return try outcome(name, request)
    }

    private static func query(_ name: String, _ value: String) throws -> Outcome {
        try outcome(
            name, APIRequest(method: .get, path: "/", query: QueryItems(name + "=" + PercentEncoding.encode(value))))
    }

    @Test(
        arguments: [
            ("text", #""hat""#, "hat"), ("text", #""  hat  ""#, "hat"), ("text", "1.50", "1.50"), ("text", "null", "-"),
            ("text", #""日本語です""#, "日本語です"), ("text", #""e\u0301\u0301x""#, "e\u{301}\u{301}x"),
            ("raw", #"" a ""#, " a "),
            ("blank", #""""#, ""), ("blank", #""  ""#, ""), ("nullable", #""ab""#, "ab"),
            ("email", #""Ada@EXAMPLE.com""#, "ada@example.com"), ("email", #""  a@b.de ""#, "a@b.de"),
            ("choice", #""small""#, "small"), ("integer", "7", "7"), ("integer", #""7""#, "7"), ("integer", "-5", "-5"),
            ("integer", "7.0", "7"), ("integer", #"" 7 ""#, "7"), ("integer", "0", "0"), ("boolean", "true", "true"),
            ("boolean", "false", "false"), ("boolean", #""True""#, "true"), ("boolean", "1", "true"),
            ("boolean", "0", "false"),
            ("boolean", #""off""#, "false"), ("boolean", #""yes""#, "true"), ("money", "19.99", "1999"),
            ("money", #""1""#, "100"),
            ("money", #""999.99""#, "99999"), ("money", "1.500", "150"), ("decimal", "2.5", "2500"),
            ("decimal", #""-1""#, "-1000"),
            ("decimal", "2500", "2500000"), ("decimal", #""0.0010""#, "1"), ("id", "5", "5"), ("id", #""5""#, "5"),
            ("id", "9223372036854775807", "9223372036854775807"), ("ids", "[1, 2, 2]", "1 2 2"), ("ids", "[]", ""),
            ("strings", #"["a", " b "]"#, "a|b"), ("date", #""2026-02-28""#, "2026-02-28"),
            ("date", #""2026-2-3""#, "2026-02-03"),
            ("moment", #""2026-02-28T10:00:00+02:00""#, "2026-02-28T08:00:00Z"),
            ("moment", #""2026-02-28""#, "2026-02-28T00:00:00Z"),
            ("moment", #""2026-02-28 10:00""#, "2026-02-28T10:00:00Z"),
            ("country", #""de""#, "DE"), ("country", #"" GB ""#, "GB"), ("countries", #"["de", "FR", "DE"]"#, "DE FR"),
            ("change", #"" ab ""#, "ab"), ("change", #""""#, ""), ("change", "null", ""),
            ("phone", #""+49 (30) 123-456""#, "+4930123456"),
            ("phone", #""""#, ""),
        ] as [(String, String, String)])
    func `a value is read as what it stands for`(_ name: String, _ value: String, _ expected: String) throws {
        #expect(try Self.json(name, value) == .value(expected))
    }

    @Test(arguments: [
        "nullable", "choice", "integer", "boolean", "money", "decimal", "id", "date", "moment", "country",
    ])
    func `what may be left out is nothing where it is null or not there`(_ name: String) throws {
        #expect(try Self.json(name, "null") == .value(nil))
        #expect(try Self.json("unknown", "1") == .value(nil))
        #expect(try Self.query(name, "") == .value(nil), "an empty field of a form is one that was left out")
    }

    @Test(
        arguments: [
            ("text", "[]", "Not a valid string."), ("text", "true", "Not a valid string."),
            ("text", "{}", "Not a valid string."),
            ("text", #""""#, "This field may not be blank."), ("text", #""   ""#, "This field may not be blank."),
            ("text", #""a""#, "Ensure this field has at least 2 characters."),
            ("text", #""abcdef""#, "Ensure this field has no more than 5 characters."),
            ("text", #""a\u0000b""#, "Null characters are not allowed."),
            ("nullable", #""abcde""#, "Ensure this field has no more than 4 characters."),
            ("email", #""nobody""#, "Enter a valid email address."),
            ("email", #""a@b""#, "Enter a valid email address."),
            ("email", #""a@@b.de""#, "Enter a valid email address."),
            ("email", #""ä@b.de""#, "Enter a valid email address."),
            ("email", #""""#, "This field may not be blank."),
            ("choice", #""Small""#, "\"Small\" is not a valid choice."),
            ("choice", "7", "Not a valid string."), ("integer", "51", "Ensure this value is less than or equal to 50."),
            ("integer", "-6", "Ensure this value is greater than or equal to -5."),
            ("integer", "1.5", "A valid integer is required."),
            ("integer", #""seven""#, "A valid integer is required."),
            ("integer", "true", "A valid integer is required."), ("integer", "1e1", "A valid integer is required."),
            ("integer", "99999999999999999999", "A valid integer is required."),
            ("integer", #""٧""#, "A valid integer is required."),
            ("boolean", "2", "Must be a valid boolean."), ("boolean", #""maybe""#, "Must be a valid boolean."),
            ("boolean", "[]", "Must be a valid boolean."),
            ("money", "0.99", "Ensure this value is greater than or equal to 1.00."),
            ("money", "1000", "Ensure this value is less than or equal to 999.99."),
            ("money", "1.234", "Ensure that there are no more than 2 decimal places and the amount is in range."),
            ("money", #""ten""#, "A valid number is required."), ("money", #""1,50""#, "A valid number is required."),
            ("money", #""$5""#, "A valid number is required."),
            ("money", #""Infinity""#, "A valid number is required."),
            ("decimal", "0.0001", "Ensure that there are no more than 3 decimal places."),
            ("decimal", "2500.001", "This value is out of range."), ("decimal", #""x""#, "A valid number is required."),
            ("id", "0", "Invalid pk \"0\" - object does not exist."),
            ("id", "-3", "Invalid pk \"-3\" - object does not exist."),
            ("id", #""a""#, "A valid integer is required."),
            ("ids", "7", "Expected a list of items but got type \"int\"."),
            ("ids", "[1, 2, 3, 4]", "Ensure this field has no more than 3 elements."),
            ("strings", #""ab""#, "Expected a list of items but got type \"str\"."),
            ("date", #""28.02.2026""#, "Date has wrong format. Use one of these formats instead: YYYY-MM-DD."),
            ("date", #""2026-02-29""#, "Date has wrong format. Use one of these formats instead: YYYY-MM-DD."),
            ("date", #""2026-02-28T00:00""#, "Date has wrong format. Use one of these formats instead: YYYY-MM-DD."),
            ("country", #""XX""#, "\"XX\" is not a valid country code of ISO 3166-1 alpha-2."),
            ("country", #""ß""#, "\"ß\" is not a valid country code of ISO 3166-1 alpha-2."),
            ("country", #""ﬁ""#, "\"ﬁ\" is not a valid country code of ISO 3166-1 alpha-2."),
            ("country", "5", "Not a valid string."),
            ("change", #""abcde""#, "Ensure this field has no more than 4 characters."),
            ("phone", #""not a phone""#, "Enter a valid phone number."),
            ("phone", #""+0123456789""#, "Enter a valid phone number."),
            ("phone", #""123456""#, "Enter a valid phone number."),
            ("phone", #""1234567890123456""#, "Enter a valid phone number."),
        ] as [(String, String, String)])
    func `a value is refused by its field in these words`(_ name: String, _ value: String, _ message: String) throws {
        #expect(try Self.json(name, value) == .refused("\(name): \(message)"))
    }

    @Test(arguments: [
        ("ids", "[1, 0]", "ids.1: A valid integer is required."),
        ("ids", #"["1"]"#, "ids.0: A valid integer is required."),
        ("strings", #"["a", "abcd"]"#, "strings.1: Ensure this field has no more than 3 characters."),
        ("countries", #"["DE", "XX"]"#, "countries.1: \"XX\" is not a valid country code of ISO 3166-1 alpha-2."),
    ])
    func `an element is refused in its place`(_ name: String, _ value: String, _ line: String) throws {
        #expect(try Self.json(name, value) == .refused(line))
    }

    @Test(arguments: [
        ("integer", "7"), ("boolean", "on"), ("money", "19.99"), ("decimal", "-0.5"), ("id", "12"),
        ("date", "2026-02-28"),
        ("text", "hat"), ("choice", "large"), ("country", "fr"), ("email", "A@b.de"),
    ])
    func `a query says in text what JSON says by types`(_ name: String, _ value: String) throws {
        let inQuery = try Self.query(name, value)
        guard case .value(.some) = inQuery else {
            Issue.record("\(name)=\(value): \(inQuery)")
            return
        }
        #expect(try inQuery == Self.json(name, "\"\(value)\""))
    }

    @Test(arguments: [
        ("1", "Invalid data. Expected a dictionary, but got int."),
        ("1.5", "Invalid data. Expected a dictionary, but got float."),
        ("[]", "Invalid data. Expected a dictionary, but got list."),
        ("\"a\"", "Invalid data. Expected a dictionary, but got str."),
        ("null", "Invalid data. Expected a dictionary, but got NoneType."),
        ("true", "Invalid data. Expected a dictionary, but got bool."),
    ])
    func `a body that is no object is told what it is`(_ body: String, _ message: String) {
        let request = APIRequest(
            method: .post, path: "/", headers: [.contentType: "application/json"], body: Array(body.utf8))
        #expect(throws: ValidationError.whole(message)) {
            try InputReader(currency: .usd).read(Everything.self, from: request)
        }
    }

    @Test(arguments: ["text/plain", "application/xml", "", "application/json; charset=utf-16"])
    func `a body of a type that nobody reads is 415`(_ type: String) {
        let request = APIRequest(method: .post, path: "/", headers: [.contentType: type], body: Array("{}".utf8))
        #expect {
            try InputReader(currency: .usd).read(Everything.self, from: request)
        } throws: {
            ($0 as? MalformedRequest)?.code == "unsupported_media_type"
        }
    }

    @Test func `an amount has the decimals of the shop's currency`() throws {
        let request = { (amount: String) in
            APIRequest(
                method: .post, path: "/", headers: [.contentType: "application/json"],
                body: Array("{\"money\": \"\(amount)\"}".utf8))
        }
        for (code, amount, units) in [("JPY", "500", "500"), ("KWD", "50.005", "50005"), ("USD", "50.05", "5005")] {
            let reader = InputReader(currency: try #require(Currency(code: code)))
            #expect(try reader.read(Everything.self, from: request(amount)).read["money"] == units)
            #expect(throws: ValidationError.self) { try reader.read(Everything.self, from: request("500.0005")) }
        }
    }
}
