import Primitives
import TestSupport

/// What the document of the API says of the calls that screens make.
struct APISchemas {
    /// An endpoint.
    struct Operation {
        let path: String
        /// The schema of each field that it takes, in its query or its body.
        let inputs: [String: JSONValue]
        /// The fields that it asks for.
        let required: Set<String>
        /// The schema of what it answers; nil where that is no JSON.
        let answer: JSONValue?
        /// Whether it takes what it is asked for from the address.
        let isRead: Bool
        /// Whether it takes a file.
        let isForm: Bool
    }

    private struct Route {
        let method: String
        let segments: [Substring]
        let operation: Operation

        func fits(_ path: [Substring]) -> Bool {
            path.count == segments.count && zip(segments, path).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
        }

        var parameters: Int { segments.count { $0.hasPrefix("{") } }
    }

    private let routes: [Route]
    private let components: JSONValue

    init(_ document: JSONValue) {
        let components = document["components"]?["schemas"] ?? .null
        routes = (document["paths"]?.members ?? [:]).flatMap { template, methods in
            methods.members.map { method, operation in
                Route(
                    method: method.uppercased(), segments: template.split(separator: "/"),
                    operation: Self.operation(template, operation, components))
            }
        }.sorted { $0.parameters < $1.parameters }
        self.components = components
    }

    /// Returns the endpoint that a call of a screen reaches; what stands in its braces may be anything.
    func operation(_ method: String, _ path: String) -> Operation? {
        let segments = path.prefix { $0 != "?" }.split(separator: "/")
        return routes.first { $0.method == method && $0.fits(segments) }?.operation
    }

    private static func operation(_ path: String, _ json: JSONValue, _ components: JSONValue) -> Operation {
        var inputs: [String: JSONValue] = [:]
        var required: Set<String> = []
        for parameter in json["parameters"]?.elements ?? [] where parameter["in"]?.text == "query" {
            guard let name = parameter["name"]?.text else { continue }
            inputs[name] = parameter["schema"] ?? .object([:])
            if parameter["required"]?.truth == true { required.insert(name) }
        }
        let content = json["requestBody"]?["content"]?.members ?? [:]
        let body = resolved(content.values.first?["schema"] ?? .null, components)
        inputs.merge(body["properties"]?.members ?? [:]) { $1 }
        required.formUnion(body["required"]?.elements.compactMap(\.text) ?? [])
        return Operation(
            path: path, inputs: inputs, required: required, answer: answer(json), isRead: content.isEmpty,
            isForm: content["multipart/form-data"] != nil)
    }

    private static func answer(_ json: JSONValue) -> JSONValue? {
        let successes = (json["responses"]?.members ?? [:]).filter { $0.key.hasPrefix("2") }
        return successes.sorted { $0.key < $1.key }.lazy
            .compactMap { $0.value["content"]?["application/json"]?["schema"] }.first
    }

    private static func resolved(_ schema: JSONValue, _ components: JSONValue) -> JSONValue {
        guard let name = schema["$ref"]?.text?.split(separator: "/").last else { return schema }
        return components[String(name)] ?? schema
    }
}

extension APISchemas {
    /// Returns a schema with its reference followed, and without its being nullable.
    func core(_ schema: JSONValue) -> JSONValue {
        let found = Self.resolved(schema, components)
        guard let choices = found["anyOf"]?.elements else { return found }
        return choices.first { $0["type"]?.text != "null" }.map(core) ?? found
    }

    /// Returns the schema of a field that an endpoint takes, or by dots of a member of one; nil where it takes none.
    func input(_ name: String, of operation: Operation) -> JSONValue? {
        let parts = name.split(separator: ".", maxSplits: 1)
        guard let first = parts.first, let field = operation.inputs[String(first)] else { return nil }
        return parts.count == 1 ? field : schema(at: String(parts[1]), in: field)
    }

    /// Returns whether a field takes null.
    func isNullable(_ schema: JSONValue) -> Bool {
        schema["anyOf"]?.elements.contains { $0["type"]?.text == "null" } ?? false
    }

    /// Returns the schema of one row of what a list answers.
    func row(of answer: JSONValue) -> JSONValue {
        let found = core(answer)
        if let results = found["properties"]?["results"] { return core(results)["items"] ?? .object([:]) }
        return found["items"] ?? found
    }

    /// Returns the schema at a path of members and places; nil where there is no such member, an empty one where anything may
    /// stand.
    func schema(at path: String, in schema: JSONValue) -> JSONValue? {
        path.split(separator: ".").reduce(Optional(schema)) { found, name in
            found.flatMap { member(String(name), of: core($0)) }
        }
    }

    private func member(_ name: String, of schema: JSONValue) -> JSONValue? {
        if let found = schema["properties"]?[name] { return found }
        if let others = schema["additionalProperties"] { return others.truth == nil ? others : JSONValue.object([:]) }
        if let items = schema["items"], Int(name) != nil { return items }
        return schema["type"] == nil && schema["properties"] == nil ? JSONValue.object([:]) : nil
    }

    /// Returns the type that a field or a member has; nil where it may be any.
    func type(of schema: JSONValue) -> String? { core(schema)["type"]?.text }

    /// Returns the words that a field takes; nil where it takes others too.
    func words(of schema: JSONValue) -> Set<String>? {
        core(schema)["enum"].map { Set($0.elements.compactMap(\.text)) }
    }
}
