import Commerce
import Primitives

/// A schema of JSON Schema 2020-12, as OpenAPI 3.1 uses it.
public struct JSONSchema: Sendable, Hashable {
    /// The schema itself.
    public let json: JSONValue

    /// Creates a schema with these keywords.
    public init(_ members: [String: JSONValue]) {
        self.json = .object(members)
    }

    init(json: JSONValue) {
        self.json = json
    }

    static func type(_ name: String, _ more: [String: JSONValue] = [:]) -> JSONSchema {
        JSONSchema(more.merging(["type": .string(name)]) { first, _ in first })
    }

    /// This schema or null.
    var nullable: JSONSchema {
        JSONSchema(["anyOf": .array([json, .object(["type": .string("null")])])])
    }
}

/// A named field of an object's schema.
struct FieldSchema: Sendable, Hashable {
    let name: String
    let schema: JSONSchema
    var isRequired: Bool
    /// Whether null stands for leaving it out.
    var isNullable = false
}

extension JSONSchema {
    /// Returns the schema of an object with these fields.
    static func object(_ fields: [FieldSchema]) -> JSONSchema {
        var members: [String: JSONValue] = [
            "type": .string("object"),
            "properties": .object(
                Dictionary(fields.map { ($0.name, ($0.isNullable ? $0.schema.nullable : $0.schema).json) }) {
                    first, _ in first
                }),
        ]
        let required = fields.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { members["required"] = .array(required) }
        return JSONSchema(members)
    }

    /// Returns the schema of what `type` reads.
    static func of(_ type: (some Input).Type) -> (schema: JSONSchema, fields: [FieldSchema]) {
        let fields = Fields(.description, currency: .usd, zone: .utc)
        _ = type.init(fields)
        return (.object(fields.recorded), fields.recorded)
    }
}
