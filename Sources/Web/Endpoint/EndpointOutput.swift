import HTTPTypes
import Primitives

/// A type that a handler may return.
public protocol EndpointOutput: Sendable {
    /// The schema of the JSON body, nil where there is no body or it is not JSON.
    static var bodySchema: JSONSchema? { get }
    /// The body's media type, nil where there is none.
    static var mediaType: String? { get }

    /// Returns the response, with `status` unless the value names its own.
    ///
    /// - Throws: `EncodingError`, and what the value's own `encode(to:)` throws.
    func response(_ status: HTTPResponse.Status) throws -> APIResponse
}

/// A JSON body: a `Codable` struct whose coding keys are the wire's names.
///
/// A nil is written as `null`. `Decodable` is asked for because the schema is read off `init(from:)`.
public protocol ResponseBody: Codable, EndpointOutput {}

extension ResponseBody {
    /// The schema, read off the type's `init(from:)`.
    public static var bodySchema: JSONSchema? { .describing(Self.self) }
    /// Always `application/json`.
    public static var mediaType: String? { "application/json" }

    /// Encodes the value as JSON under `status`.
    ///
    /// - Throws: `EncodingError` for a number that JSON cannot hold, and what the value's own `encode(to:)` throws.
    public func response(_ status: HTTPResponse.Status) throws -> APIResponse {
        .json(status, try JSONBytes.encode(self))
    }
}

extension Detail: ResponseBody {}

extension Array: EndpointOutput where Element: ResponseBody {}

extension Array: ResponseBody where Element: ResponseBody {}

extension JSONValue: ResponseBody {}

extension NoContent: EndpointOutput {
    /// None: there is no body.
    public static var bodySchema: JSONSchema? { nil }
    /// None: there is no body.
    public static var mediaType: String? { nil }

    /// Returns an empty answer, 204 whatever `status` says.
    public func response(_ status: HTTPResponse.Status) -> APIResponse { APIResponse(status: .noContent) }
}

extension RawBody: EndpointOutput {
    /// None: the body is no JSON.
    public static var bodySchema: JSONSchema? { nil }
    /// The document of the API describes such a body as bytes, unless the endpoint names media types.
    public static var mediaType: String? { "application/octet-stream" }

    /// Returns the bytes as they are under `status`.
    public func response(_ status: HTTPResponse.Status) -> APIResponse {
        guard let rest else { return APIResponse(status: status, headers: [.contentType: contentType], body: bytes) }
        var response = APIResponse(status: status, headers: [.contentType: contentType])
        response.blocks = bytes.isEmpty ? [] : [bytes]
        response.rest = rest
        return response
    }
}

extension Reply: EndpointOutput where Output: EndpointOutput {
    /// The schema of the value.
    public static var bodySchema: JSONSchema? { Output.bodySchema }
    /// The media type of the value.
    public static var mediaType: String? { Output.mediaType }

    /// Encodes the value and adds the headers; the reply's own status goes before `status`.
    ///
    /// - Throws: what encoding the value throws.
    public func response(_ status: HTTPResponse.Status) throws -> APIResponse {
        var response = try value.response(self.status ?? status)
        for field in headers { response.headers.append(field) }
        return response
    }
}
