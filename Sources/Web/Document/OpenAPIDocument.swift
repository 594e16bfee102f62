import HTTPTypes
import Primitives

/// The OpenAPI 3.1 document of endpoints, made from the same values that the router holds.
public struct OpenAPIDocument: Sendable {
    /// The whole document.
    public let json: JSONValue
    /// The names of types without a schema: an enum that is no `WireEnum`, or an `init(from:)` that validates what it
    /// reads.
    public let undescribed: [String]

    /// Creates the document of `groups`; `server` is the URL before the paths, nil for the one the document was loaded from.
    public init(_ groups: [EndpointGroup], title: String, version: String, server: String?) {
        var paths: [String: [String: JSONValue]] = [:]
        for group in groups {
            for endpoint in group.endpoints {
                let operation = Operation(endpoint, tag: group.name)
                paths[operation.path, default: [:]][operation.method] = operation.json
            }
        }
        let components = Components(.object(paths.mapValues { .object($0) }))
        self.undescribed = components.undescribed
        self.json = .object([
            "openapi": .string("3.1.0"),
            "info": .object([
                "title": .string(title), "version": .string(version),
                "description": .string(Self.introduction),
            ]),
            "servers": .array([.object(["url": .string(server ?? "/")])]),
            "tags": .array(Self.tags(groups)),
            "paths": components.renamed(.object(paths.mapValues { .object($0) })),
            "components": .object([
                "schemas": components.schemas,
                "responses": .object(Self.responses),
                "securitySchemes": .object(Self.securitySchemes(groups)),
            ]),
        ])
    }

    private static let introduction = """
        Every path is answered with and without its final slash. Lists take `page` and `page_size`. Errors of validation name \
        their fields, all others have `detail` and a stable `code`.
        """

    /// Each name once, where it first stands, with what is first said of it.
    private static func tags(_ groups: [EndpointGroup]) -> [JSONValue] {
        var names: [String] = []
        var descriptions: [String: String] = [:]
        for group in groups {
            if !names.contains(group.name) { names.append(group.name) }
            if !group.description.isEmpty, descriptions[group.name] == nil {
                descriptions[group.name] = group.description
            }
        }
        return names.map { name in
            .object(["name": .string(name), "description": .string(descriptions[name] ?? "")])
        }
    }

    /// The access token, and the tokens of resources that an endpoint takes.
    private static func securitySchemes(_ groups: [EndpointGroup]) -> [String: JSONValue] {
        var schemes = ["bearer": bearer]
        for case .userOr(let token) in groups.flatMap(\.endpoints).map(\.access) {
            let places = [("header", token.header), ("query", token.parameter)]
            for (name, place) in zip(token.schemeNames, places) {
                schemes[name] = .object([
                    "type": .string("apiKey"), "in": .string(place.0), "name": .string(place.1),
                ])
            }
        }
        return schemes
    }

    private static let bearer = JSONValue.object([
        "type": .string("http"), "scheme": .string("bearer"), "bearerFormat": .string("JWT"),
    ])

    private static var responses: [String: JSONValue] {
        var responses: [String: JSONValue] = [:]
        for (status, name) in Operation.refusals {
            let schema = status == 400 ? "ValidationError" : "Error"
            responses[name] = .object([
                "description": .string(Operation.reason(status)),
                "content": .object([
                    "application/json": .object([
                        "schema": .object(["$ref": .string(SchemaRegistry.refPrefix + schema)])
                    ])
                ]),
            ])
        }
        return responses
    }
}

/// The components that a document's paths refer to, under the shortest names that tell them apart.
private struct Components {
    private var found: [String: JSONValue] = [:]
    private var names: [String: String] = [:]
    private(set) var undescribed: [String] = []

    init(_ paths: JSONValue) {
        collect(paths)
        let short = Dictionary(grouping: found.keys) { Self.short($0) }
        for (name, owners) in short {
            let isTaken = owners.count > 1 || Self.own[name] != nil
            for owner in owners { names[owner] = isTaken ? owner : name }
        }
        undescribed.sort()
    }

    var schemas: JSONValue {
        var schemas = Self.own
        for (name, schema) in found { schemas[names[name] ?? name] = renamed(schema) }
        return .object(schemas)
    }

    func renamed(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements): return .array(elements.map(renamed))
        case .object(var members):
            if case .string(let reference) = members["$ref"], let name = names[Self.name(reference)] {
                members["$ref"] = .string(SchemaRegistry.refPrefix + name)
                return .object(members)
            }
            return .object(members.mapValues(renamed))
        default: return value
        }
    }

    private mutating func collect(_ value: JSONValue) {
        switch value {
        case .array(let elements): for element in elements { collect(element) }
        case .object(let members):
            if case .string(let name) = members["x-undescribed"] { undescribed.append(name) }
            if case .string(let reference) = members["$ref"] {
                let name = Self.name(reference)
                if found[name] == nil, let schema = SchemaRegistry.component(name) {
                    found[name] = schema.json
                    collect(schema.json)
                }
            }
            for member in members.values { collect(member) }
        default: break
        }
    }

    private static func name(_ reference: String) -> String {
        reference.after(SchemaRegistry.refPrefix).map(String.init) ?? ""
    }

    /// Shortens `Web.Page-Of-Catalog.ProductItem` to `PageOfProductItem`.
    private static func short(_ name: String) -> String {
        name.cut(at: "-").map { part in
            let path = part.cut(at: ".", keepsEmpty: false)
            return (path.count > 1 ? path.dropFirst() : path[...]).joined()
        }
        .joined()
    }

    private static let own: [String: JSONValue] = [
        "Error": .object([
            "type": .string("object"),
            "properties": .object([
                "detail": .object(["type": .string("string")]), "code": .object(["type": .string("string")]),
            ]),
            "required": .array([.string("detail"), .string("code")]),
            "description": .string("What went wrong; some codes bring more members."),
            "additionalProperties": .object([:]),
        ]),
        "ValidationError": .object([
            "type": .string("object"),
            "description": .string("Messages by field; those on the whole under `non_field_errors`."),
            "additionalProperties": .object([:]),
        ]),
    ]
}
