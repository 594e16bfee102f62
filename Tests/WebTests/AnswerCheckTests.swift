import Primitives
import TestSupport
import Testing

/// The check that holds answers against the document finds what it is there for.
@Suite struct AnswerCheckTests {
    private static let document = #"""
        {"paths": {"/things/{id}/": {"get": {"responses": {
            "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
            "204": {"description": "No Content"},
            "404": {"$ref": "#/components/responses/NotFound"}}}}},
         "components": {
            "responses": {"NotFound": {"content": {"application/json": {"schema": {"type": "object",
                "properties": {"detail": {"type": "string"}}, "required": ["detail"]}}}}},
            "schemas": {"Thing": {"type": "object", "required": ["id", "price", "note"], "properties": {
                "id": {"type": "integer", "format": "int64", "minimum": 1},
                "price": {"type": "string", "format": "decimal", "pattern": "^[0-9]+\\.[0-9]{2}$"},
                "note": {"anyOf": [{"type": "string", "maxLength": 3}, {"type": "null"}]},
                "kind": {"type": "string", "enum": ["red", "blue"]},
                "made": {"type": "string", "format": "date-time"},
                "below": {"type": "array", "maxItems": 1, "items": {"$ref": "#/components/schemas/Thing"}},
                "odd": {"type": "string", "format": "rune"},
                "new": {"oneOf": []}}}}}}
        """#

    private static let sound = #"{"id": 1, "price": "1.00", "note": null}"#

    private static func faults(
        _ body: String, status: Int = 200, path: String = "/things/1/?x=y", type: String = "application/json"
    ) throws -> [String] {
        let check = AnswerCheck(try JSONValue(parsing: document.utf8))
        return check.faults(
            of: AnswerCheck.Exchange(
                "GET", path, status: status, contentType: body.isEmpty ? nil : type, body: Array(body.utf8)))
    }

    @Test func `what is as the document says is no fault`() throws {
        #expect(try Self.faults(Self.sound) == [])
        #expect(try Self.faults("", status: 204) == [])
        #expect(try Self.faults(#"{"detail": ""}"#, status: 404) == [])
        #expect(try Self.faults(#"{"detail": ""}"#, status: 404, path: "/nothing/") == [])
        let more =
            #", "kind": "red", "made": "2026-01-02T03:04:05.678Z", "below": [{"id": 2, "price": "0.10", "note": "abc"}]}"#
        #expect(try Self.faults(Self.sound.dropLast() + more) == [])
    }

    @Test(arguments: [
        (#""id": 0"#, "less than 1"), (#""id": 1.5"#, "is no integer"), (#""id": "1""#, "is no integer"),
        (#""id": null"#, "is no integer"), (#""price": "1""#, "is not"), (#""note": "abcd""#, "longer than 3"),
        (#""note": 1"#, "is no string"), (#""kind": "green""#, "none of the values"),
        (#""made": "yesterday""#, "no date-time"), (#""below": [{}]"#, "body.below[0].id is required"),
        (#""below": [1, 2]"#, "more than 1"), (#""odd": "x""#, "no rune"), (#""new": 1"#, "the schema has oneOf"),
        (#""other": 1"#, "body.other is not in the document"),
    ])
    func `a member that is not as the document says is a fault`(member: String, fault: String) throws {
        let name = member.prefix { $0 != ":" }
        let rest = [#""id": 1"#, #""price": "1.00""#, #""note": null"#].filter { !$0.hasPrefix(name) }
        let found = try Self.faults("{" + (rest + [member]).joined(separator: ", ") + "}")
        #expect(found.count >= 1 && found[0].contains(fault), "\(found)")
    }

    @Test func `a status, a media type, a body or an operation that the document does not have is a fault`() throws {
        #expect(try Self.faults(Self.sound, status: 201) == ["status 201 is not in the document"])
        #expect(
            try Self.faults(Self.sound, type: "text/csv") == [
                #"text/csv is not in the document, which has ["application/json"]"#
            ])
        #expect(try Self.faults(Self.sound, status: 204) == ["status 204 has a body that is not in the document"])
        #expect(try Self.faults("") == [#"no body is not in the document, which has ["application/json"]"#])
        #expect(try Self.faults(Self.sound, path: "/nothing/") == ["no such operation"])
        #expect(try Self.faults("{") == ["the body is no JSON"])
    }
}
