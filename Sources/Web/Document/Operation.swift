import HTTPTypes
import NIOHTTP1
import Primitives

/// One endpoint as an operation of the OpenAPI document.
struct Operation {
    let path: String
    let method: String
    let json: JSONValue

    /// Statuses that are described once for all operations.
    static let refusals: [(status: Int, name: String)] = [
        (400, "BadRequest"), (401, "Unauthorized"), (403, "Forbidden"), (404, "NotFound"), (409, "Conflict"),
        (412, "PreconditionFailed"), (413, "TooLarge"), (415, "UnsupportedMediaType"), (422, "Unprocessable"),
        (429, "TooManyRequests"), (503, "Unavailable"),
    ]

    init(_ endpoint: Endpoint, tag: String) {
        self.path = Self.path(of: endpoint)
        self.method = Self.method(of: endpoint)
        let names = ((try? PathTemplate(endpoint.template)) ?? nil)?.names ?? []
        let fields = JSONSchema.of(endpoint.inputType).fields
        let takesBody = [.post, .put, .patch].contains(endpoint.method)
        var members: [String: JSONValue] = [
            "operationId": .string(Self.identifier(endpoint)),
            "summary": .string(endpoint.summary),
            "tags": .array([.string(tag)]),
            "security": Self.security(endpoint.access),
            "responses": .object(Self.responses(endpoint, isNamed: !names.isEmpty, fields)),
        ]
        let parameters =
            names.map(Self.pathParameter) + (takesBody ? [] : fields.map(Self.queryParameter))
            + (endpoint.idempotency == .none ? [] : [Self.idempotencyParameter])
        if !parameters.isEmpty { members["parameters"] = .array(parameters) }
        if takesBody, !fields.isEmpty { members["requestBody"] = Self.body(endpoint, fields) }
        self.json = .object(members)
    }

    /// Returns the key of an endpoint among the document's paths.
    static func path(of endpoint: Endpoint) -> String { endpoint.template.keeping { $0 != "*" } }

    /// Returns the key of an endpoint among the operations of its path.
    static func method(of endpoint: Endpoint) -> String { endpoint.method.rawValue.lowercased() }

    static func reason(_ status: Int) -> String {
        HTTPResponseStatus(statusCode: status).reasonPhrase
    }

    private static func identifier(_ endpoint: Endpoint) -> String {
        let words = endpoint.template.cut { !($0.properties.isAlphabetic || $0.properties.numericType != nil) }
        return ([endpoint.method.rawValue.lowercased()] + words.map(String.init)).joined(separator: "_")
    }

    private static func security(_ access: Access) -> JSONValue {
        let bearer = JSONValue.object(["bearer": .array([])])
        switch access {
        case .anyone: return .array([])
        case .optionalUser: return .array([.object([:]), bearer])
        case .userOr(let token): return .array([bearer] + token.schemeNames.map { .object([$0: .array([])]) })
        default: return .array([bearer])
        }
    }

    private static func pathParameter(_ name: String) -> JSONValue {
        .object([
            "name": .string(name), "in": .string("path"), "required": .bool(true),
            "schema": .object(["type": .string("string")]),
        ])
    }

    private static func queryParameter(_ field: FieldSchema) -> JSONValue {
        .object([
            "name": .string(field.name), "in": .string("query"), "required": .bool(field.isRequired),
            "schema": field.schema.json,
        ])
    }

    private static let idempotencyParameter = JSONValue.object([
        "name": .string("Idempotency-Key"), "in": .string("header"), "required": .bool(false),
        "description": .string("Repeats with the same key and body get the first answer, for 24 hours."),
        "schema": .object(["type": .string("string"), "maxLength": .number("255")]),
    ])

    private static func body(_ endpoint: Endpoint, _ fields: [FieldSchema]) -> JSONValue {
        let isPartial = endpoint.method == .patch
        let known = fields.map { field in
            var field = field
            field.isRequired = field.isRequired && !isPartial
            return field
        }
        let content = JSONValue.object(["schema": JSONSchema.object(known).json])
        return .object([
            "required": .bool(known.contains(where: \.isRequired)),
            "content": .object([endpoint.isForm ? "multipart/form-data" : "application/json": content]),
        ])
    }

    private static func responses(_ endpoint: Endpoint, isNamed: Bool, _ fields: [FieldSchema]) -> [String: JSONValue] {
        var statuses = Set(endpoint.refusals.map(\.code))
        // A request may be malformed, or meet a shop that cannot serve, whatever it asks for.
        statuses.formUnion([400, 503])
        let takesBody = [.post, .put, .patch].contains(endpoint.method)
        // A body is read before it is known not to be wanted.
        if takesBody { statuses.insert(413) }
        if takesBody, !fields.isEmpty { statuses.insert(415) }
        if endpoint.method == .get, endpoint.access == .anyone || endpoint.caching != .never { statuses.insert(304) }
        // A page beyond the last is not found.
        if isNamed || fields.contains(where: { $0.name == "page" }) { statuses.insert(404) }
        if endpoint.access != .anyone { statuses.insert(401) }
        switch endpoint.access {
        case .vendorOr, .staff, .admin: statuses.insert(403)
        default: break
        }
        if endpoint.idempotency != .none { statuses.formUnion([409, 422]) }
        if !endpoint.limits.isEmpty { statuses.insert(429) }
        var responses: [String: JSONValue] = [:]
        for status in statuses {
            let shared = refusals.first { $0.status == status }?.name
            responses[String(status)] = .object(
                shared.map { ["$ref": .string("#/components/responses/" + $0)] }
                    ?? ["description": .string(reason(status))])
        }
        for status in [endpoint.status] + endpoint.otherStatuses {
            responses[String(status.code)] = success(endpoint, status.code)
        }
        return responses
    }

    private static func success(_ endpoint: Endpoint, _ status: Int) -> JSONValue {
        var members: [String: JSONValue] = ["description": .string(reason(status))]
        let own = endpoint.outputType.mediaType
        let types = endpoint.mediaTypes.isEmpty ? [own].compactMap { $0 } : endpoint.mediaTypes
        if !types.isEmpty {
            let schema = endpoint.outputType.bodySchema.map { ["schema": $0.json] } ?? [:]
            let content = types.map { ($0, JSONValue.object($0 == own ? schema : [:])) }
            members["content"] = .object(Dictionary(content) { first, _ in first })
        }
        return .object(members)
    }
}
