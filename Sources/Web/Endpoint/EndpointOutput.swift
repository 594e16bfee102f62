import HTTPTypes
import Primitives

/// What a handler may give back.
public protocol EndpointOutput: Sendable {
    /// The schema of the JSON body, nil where there is no body or it is not JSON.
    static var bodySchema: JSONSchema? { get }
    /// The body's media type, nil where there is none.
    static var mediaType: String? { get }

    /// The response, `status` unless the value says otherwise.
    ///
    /// - Throws: an encoding error.
    func response(_ status: HTTPResponse.Status) throws -> APIResponse
}

/// A JSON body: a `Codable` struct whose coding keys are the wire's names.
///
/// A nil is written as `null`. `Decodable` is asked for because the schema is read off `init(from:)`.
public protocol ResponseBody: Codable, EndpointOutput {}

extension ResponseBody {
    public static var bodySchema: JSONSchema? { .describing(Self.self) }
    public static var mediaType: String? { "application/json" }

    public func response(_ status: HTTPResponse.Status) throws -> APIResponse {
        .json(status, try JSONBytes.encode(self))
    }
}

extension Detail: ResponseBody {}

extension Array: EndpointOutput where Element: ResponseBody {}

extension Array: ResponseBody where Element: ResponseBody {}

extension JSONValue: ResponseBody {}

extension NoContent: EndpointOutput {
    public static var bodySchema: JSONSchema? { nil }
    public static var mediaType: String? { nil }

    public func response(_ status: HTTPResponse.Status) -> APIResponse { APIResponse(status: .noContent) }
}

extension RawBody: EndpointOutput {
    public static var bodySchema: JSONSchema? { nil }
    public static var mediaType: String? { "application/octet-stream" }

    public func response(_ status: HTTPResponse.Status) -> APIResponse {
        APIResponse(status: status, headers: [.contentType: contentType], body: bytes)
    }
}

extension Reply: EndpointOutput where Output: EndpointOutput {
    public static var bodySchema: JSONSchema? { Output.bodySchema }
    public static var mediaType: String? { Output.mediaType }

    public func response(_ status: HTTPResponse.Status) throws -> APIResponse {
        var response = try value.response(self.status ?? status)
        for field in headers { response.headers.append(field) }
        return response
    }
}
