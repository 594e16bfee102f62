import NIOCore
import NIOHTTP1
import NIOPosix
import Primitives
import Synchronization

/// A small HTTP client for tests: keeps its connections alive and opens as many as are needed at once.
///
///     let probe = HTTPProbe(port: port)
///     let answer = try await probe.send("POST", "/api/auth/login/", json: ["email": "a@example.com", "password": "…"])
///     #expect(answer.status == 200)
public final class HTTPProbe: Sendable {
    /// The server's port on 127.0.0.1.
    public let port: Int
    /// The fields sent with each request, by name.
    public let headers: [String: String]
    /// Sees each answer with the method and the target that it was given to.
    public typealias Observer = @Sendable (_ method: String, _ target: String, ProbeResponse) -> Void

    private let observer: Observer?
    private let idle = Mutex<[IdleChannel]>([])

    /// A connection whose server may have had enough of it: it closes those that are silent for a minute and a quarter, and a
    /// request that crosses with the end is lost.
    private struct IdleChannel {
        let channel: any Channel
        let since = ContinuousClock.now

        var isUsable: Bool { channel.isActive && .now - since < .seconds(20) }
    }

    /// Creates a client of the server on `port`; `observer` sees what it is answered.
    public init(port: Int, headers: [String: String] = [:], observer: Observer? = nil) {
        self.port = port
        self.headers = headers
        self.observer = observer
    }

    deinit {
        for idle in idle.withLock({ $0 }) { idle.channel.close(promise: nil) }
    }

    /// Returns a probe of the same server that sends an access token.
    public func bearing(_ token: String) -> HTTPProbe {
        HTTPProbe(
            port: port, headers: headers.merging(["Authorization": "Bearer " + token]) { $1 }, observer: observer)
    }

    /// Sends a request and waits for its whole answer, 60 seconds at most.
    ///
    /// - Throws: where the connection fails or ends before the answer does.
    @discardableResult
    public func send(
        _ method: String, _ path: String, headers: [String: String] = [:], json: JSONValue? = nil, body: [UInt8]? = nil
    ) async throws -> ProbeResponse {
        var fields = HTTPHeaders([("Host", "127.0.0.1:\(port)")])
        let payload = try body ?? json.map { try JSONBytes.encode($0) }
        if json != nil { fields.replaceOrAdd(name: "Content-Type", value: "application/json") }
        if let payload { fields.replaceOrAdd(name: "Content-Length", value: String(payload.count)) }
        for (name, value) in self.headers.merging(headers, uniquingKeysWith: { $1 }) {
            fields.replaceOrAdd(name: name, value: value)
        }
        let head = HTTPRequestHead(version: .http1_1, method: HTTPMethod(rawValue: method), uri: path, headers: fields)
        // A request whose connection broke is not sent again: the server may have done what it asks for.
        let channel = if let idle = takeIdle() { idle } else { try await connect() }
        let answer = try await exchange(head, payload, on: channel)
        observer?(method, path, answer)
        return answer
    }

    private func exchange(
        _ head: HTTPRequestHead, _ payload: [UInt8]?, on channel: any Channel
    ) async throws -> ProbeResponse {
        let promise = channel.eventLoop.makePromise(of: ProbeResponse.self)
        let alarm = channel.eventLoop.scheduleTask(in: .seconds(60)) {
            promise.fail(WaitedInVain(description: "no answer to \(head.method) \(head.uri)"))
            channel.close(promise: nil)
        }
        defer { alarm.cancel() }
        // A channel that closed a moment ago has no collector any more that could fail the promise.
        channel.writeAndFlush(ProbeRequest(head: head, body: payload, promise: promise)).cascadeFailure(to: promise)
        let answer = try await promise.futureResult.get()
        if answer.header("Connection")?.lowercased() == "close" {
            try? await channel.close()
        } else {
            idle.withLock { $0.append(IdleChannel(channel: channel)) }
        }
        return answer
    }

    private func takeIdle() -> (any Channel)? {
        idle.withLock { channels in
            while let channel = channels.popLast() {
                if channel.isUsable { return channel.channel }
                channel.channel.close(promise: nil)
            }
            return nil
        }
    }

    private func connect() async throws -> any Channel {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(ProbeCollector())
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
    }
}

/// A request on its way to a `ProbeCollector`, with the promise of its answer.
struct ProbeRequest: Sendable {
    let head: HTTPRequestHead
    let body: [UInt8]?
    let promise: EventLoopPromise<ProbeResponse>
}

/// Writes requests and puts their answers together, in order.
final class ProbeCollector: ChannelDuplexHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundIn = ProbeRequest
    typealias OutboundOut = HTTPClientRequestPart

    private var waiting: CircularBuffer<EventLoopPromise<ProbeResponse>> = []
    private var head: HTTPResponseHead?
    private var body: [UInt8] = []

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let request = unwrapOutboundIn(data)
        guard context.channel.isActive else { return request.promise.fail(ChannelError.ioOnClosedChannel) }
        waiting.append(request.promise)
        context.write(wrapOutboundOut(.head(request.head)), promise: nil)
        if let body = request.body {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
        }
        context.write(wrapOutboundOut(.end(nil)), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): if head.status.code >= 200 { self.head = head }
        case .body(let buffer): body.append(contentsOf: buffer.readableBytesView)
        case .end:
            guard let head, let promise = waiting.popFirst() else { return }
            promise.succeed(
                ProbeResponse(
                    status: Int(head.status.code), headers: head.headers.map { ($0.name, $0.value) }, body: body))
            self.head = nil
            body = []
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(ChannelError.eof)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(error)
        context.close(promise: nil)
    }

    private func fail(_ error: any Error) {
        while let promise = waiting.popFirst() { promise.fail(error) }
    }
}
