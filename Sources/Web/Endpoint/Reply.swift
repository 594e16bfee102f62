import HTTPTypes
import Primitives

/// An output with headers and a status of its own.
public struct Reply<Output: Sendable>: Sendable {
    /// The value to encode.
    public var value: Output
    /// Headers beside those that the value has by itself.
    public var headers: HTTPFields
    /// The status in place of the endpoint's own; nil keeps that.
    public var status: HTTPResponse.Status?

    /// Creates a reply with the endpoint's own status, unless another one is named.
    public init(_ value: Output, headers: HTTPFields = [:], status: HTTPResponse.Status? = nil) {
        self.value = value
        self.headers = headers
        self.status = status
    }
}

/// The output of an endpoint that answers 204.
public struct NoContent: Sendable, Codable {
    /// Creates the output; it holds nothing.
    public init() {}
}

/// An answer of one sentence: `{"detail": "…"}`.
public struct Detail: Sendable, Codable {
    /// The sentence, in English.
    public let detail: String

    /// Creates an answer of one sentence.
    public init(_ detail: String) {
        self.detail = detail
    }
}

/// A body that is not JSON: a file, a page, a PDF.
public struct RawBody: Sendable {
    /// The value of `Content-Type`.
    public let contentType: String
    /// The body as it is sent, or its beginning.
    public let bytes: [UInt8]
    /// What follows `bytes`; nil where they are all.
    public let rest: BodyStream?

    /// Creates a body with its media type; one with a `rest` goes out without its length.
    public init(contentType: String, bytes: [UInt8], rest: BodyStream? = nil) {
        self.contentType = contentType
        self.bytes = bytes
        self.rest = rest
    }
}

/// A response before the server adds the common headers.
public struct APIResponse: Sendable {
    /// The HTTP status.
    public var status: HTTPResponse.Status
    /// The headers that this answer has beside the common ones.
    public var headers: HTTPFields
    /// The whole body; empty where there is none.
    public var body: [UInt8]
    /// Parts that go out one after another in place of `body`.
    var blocks: [[UInt8]] = []
    /// What follows `blocks`, which hold all that is known so far; nil where that is all.
    var rest: BodyStream?

    /// The whole body, also where it goes out in parts.
    public var bytes: [UInt8] { blocks.isEmpty ? body : Array(blocks.joined()) }

    /// Creates an answer with the given parts.
    public init(status: HTTPResponse.Status, headers: HTTPFields = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Returns a response with a JSON body.
    public static func json(_ status: HTTPResponse.Status, _ bytes: [UInt8], headers: HTTPFields = [:]) -> APIResponse {
        var headers = headers
        headers[.contentType] = "application/json"
        return APIResponse(status: status, headers: headers, body: bytes)
    }
}
