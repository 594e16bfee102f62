import Primitives

/// Holds answers against the OpenAPI document of the API: an operation, a status, a media type or a field that it does
/// not name is a fault.
public struct AnswerCheck: Sendable {
    /// An answer and what it was given to.
    public struct Exchange: Sendable {
        let method: String
        let path: [Substring]
        let status: Int
        /// Without its parameters; nil where there is none.
        let mediaType: String?
        /// Whether the body is as it was written, not compressed.
        let isPlain: Bool
        let body: [UInt8]

        /// Notes an answer; `target` is the path of its request with the query behind it.
        public init(
            _ method: String, _ target: String, status: Int, contentType: String?, contentEncoding: String? = nil,
            body: [UInt8]
        ) {
            self.method = method.lowercased()
            self.path = target.prefix { $0 != "?" }.split(separator: "/")
            self.status = status
            self.mediaType = contentType.map { String($0.prefix { $0 != ";" }) }
            self.isPlain = contentEncoding == nil
            self.body = body
        }
    }

    private struct Path: Sendable {
        let segments: [Substring]
        let operations: [String: JSONValue]
        /// Whether its last parameter is the rest of a path, slashes and all.
        let takesRest: Bool

        init(_ template: String, _ operations: JSONValue) {
            segments = template.split(separator: "/")
            self.operations = operations.members
            takesRest = template.hasPrefix("/media/")
        }

        func fits(_ path: [Substring]) -> Bool {
            guard path.count == segments.count || (takesRest && path.count > segments.count) else { return false }
            return zip(segments, path).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
        }

        var parameters: Int { segments.count { $0.hasPrefix("{") } }
    }

    private let paths: [Path]
    private let components: JSONValue

    /// Reads an OpenAPI document.
    public init(_ document: JSONValue) {
        paths = (document["paths"]?.members ?? [:]).map { Path($0, $1) }.sorted { $0.parameters < $1.parameters }
        components = document["components"] ?? .null
    }

    /// Returns what of an answer the document does not say.
    public func faults(of exchange: Exchange) -> [String] {
        let fitting = paths.filter { $0.fits(exchange.path) }
        let method = exchange.method == "head" ? "get" : exchange.method
        guard let operation = fitting.lazy.compactMap({ $0.operations[method] }).first else {
            return isRefusal(exchange, wrongMethod: !fitting.isEmpty) ? [] : ["no such operation"]
        }
        guard let response = operation["responses"]?[String(exchange.status)].map(resolved) else {
            return ["status \(exchange.status) is not in the document"]
        }
        guard let content = response["content"]?.members else {
            return exchange.body.isEmpty ? [] : ["status \(exchange.status) has a body that is not in the document"]
        }
        if exchange.method == "head" { return [] }
        guard let mediaType = exchange.mediaType, let media = content[mediaType] else {
            return ["\(exchange.mediaType ?? "no body") is not in the document, which has \(content.keys.sorted())"]
        }
        guard let schema = media["schema"], exchange.isPlain else { return [] }
        return faults(of: exchange.body, against: schema)
    }

    private func faults(of body: [UInt8], against schema: JSONValue) -> [String] {
        guard let value = try? JSONValue(parsing: body) else { return ["the body is no JSON"] }
        var check = SchemaCheck(components: components)
        return check.faults(of: value, against: schema)
    }

    /// Returns whether a request without an operation was refused as such.
    private func isRefusal(_ exchange: Exchange, wrongMethod: Bool) -> Bool {
        if exchange.method == "options" { return true }
        return wrongMethod ? exchange.status == 405 : (400..<500).contains(exchange.status)
    }

    private func resolved(_ response: JSONValue) -> JSONValue {
        guard let name = response["$ref"]?.text?.split(separator: "/").last else { return response }
        return components["responses"]?[String(name)] ?? response
    }
}
