import Commerce
import HTTPTypes
import HummingbirdCore
import NIOCore

/// One request on its way through the server.
struct Exchange: Sendable {
    let head: HTTPRequest
    let id: String
    let started: ContinuousClock.Instant
    let channel: any Channel
    /// The path as it was sent.
    let path: Substring
    /// The query as it was sent, without the question mark.
    let query: Substring
    /// The route that the router found; nil where it found none.
    var route: Route?
    var parameters: [String: String] = [:]
    /// The user whose token came with it; nil where nobody is known to call.
    var user: UserID?
    /// Who reads a page for people; nil for everything else.
    var reader: PageReader?

    static let maxTarget = 8_192

    init(_ head: HTTPRequest, id: String, on channel: any Channel) {
        self.head = head
        self.id = id
        self.started = .now
        self.channel = channel
        let target = head.path ?? ""
        let end = target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
        self.path = target[..<end]
        self.query = end == target.endIndex ? "" : target[target.utf8.index(after: end)...]
    }

    var headers: HTTPFields { head.headerFields }

    var isHead: Bool { head.method == .head }

    /// Whether a body follows the head.
    var hasBody: Bool {
        if let length = headers[.contentLength] { return length != "0" }
        return headers.contains(.transferEncoding)
    }

    /// Whether its endpoint looks at a body at all.
    var takesBody: Bool { hasBody && head.method != .get && head.method != .head }

    /// Whether the client wants no other request answered on its connection.
    var isLast: Bool { headers[.connection] == "close" }

    /// The connection's own address.
    var connectionAddress: ClientAddress { ClientAddress(IPAddress(channel.remoteAddress)) }
}

/// An answer ready to be sent: a head's parts and the body's bytes.
struct Outgoing: Sendable {
    var status: HTTPResponse.Status
    var headers: HTTPFields
    var body: ByteBuffer
    /// Parts that go out one after another in place of `body`.
    var blocks: [[UInt8]] = []
    /// What follows `blocks` while it is made; nil where they are all.
    var rest: BodyStream?
    /// Whether the connection is of no more use, since the request's body was not read.
    var endsConnection = false

    /// Bytes of the body, as far as they are known before it is sent.
    var size: Int { blocks.reduce(body.readableBytes) { $0 + $1.count } }

    init(_ status: HTTPResponse.Status, _ headers: HTTPFields, _ body: ByteBuffer = ByteBuffer()) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
