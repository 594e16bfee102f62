import HTTPTypes
import Primitives

/// What a handler answers: a value to encode and, where it matters, more headers.
public struct Reply<Output: Sendable>: Sendable {
    public var value: Output
    public var headers: HTTPFields
    /// In place of the endpoint's own status.
    public var status: HTTPResponse.Status?

    public init(_ value: Output, headers: HTTPFields = [:], status: HTTPResponse.Status? = nil) {
        self.value = value
        self.headers = headers
        self.status = status
    }
}

/// The output of an endpoint that answers 204.
public struct NoContent: Sendable, Codable {
    public init() {}
}

/// An answer of words alone: `{"detail": "…"}`.
public struct Detail: Sendable, Codable {
    public let detail: String

    public init(_ detail: String) {
        self.detail = detail
    }
}

/// A body that is not JSON: a file, a page, a PDF.
public struct RawBody: Sendable {
    public let contentType: String
    public let bytes: [UInt8]

    public init(contentType: String, bytes: [UInt8]) {
        self.contentType = contentType
        self.bytes = bytes
    }
}

/// A response before the outermost layer adds what every response has.
public struct APIResponse: Sendable {
    public var status: HTTPResponse.Status
    public var headers: HTTPFields
    public var body: [UInt8]
    /// Parts that go out one after another in place of `body`.
    var blocks: [[UInt8]] = []

    public init(status: HTTPResponse.Status, headers: HTTPFields = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A JSON body.
    public static func json(_ status: HTTPResponse.Status, _ bytes: [UInt8], headers: HTTPFields = [:]) -> APIResponse {
        var headers = headers
        headers[.contentType] = "application/json"
        return APIResponse(status: status, headers: headers, body: bytes)
    }
}
