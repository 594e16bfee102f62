import NIOCore
import NIOPosix

/// A connection whose bytes a test writes itself: for what no client would send.
public final class RawConnection: Sendable {
    /// The client's side of the connection.
    public let channel: any Channel
    private let ended: EventLoopFuture<[UInt8]>

    private init(_ channel: any Channel, _ ended: EventLoopFuture<[UInt8]>) {
        self.channel = channel
        self.ended = ended
    }

    /// Connects, lets `body` write, and closes.
    ///
    /// - Throws: whatever `body` throws, or why there is no connection.
    public static func open<Value>(port: Int, _ body: (RawConnection) async throws -> Value) async throws -> Value {
        let group = MultiThreadedEventLoopGroup.singleton
        let promise = group.next().makePromise(of: [UInt8].self)
        let channel: any Channel
        do {
            channel = try await ClientBootstrap(group: group)
                // The other side's end is no reason to stop sending.
                .channelOption(.allowRemoteHalfClosure, value: true)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(ByteCollector(promise))
                    }
                }
                .connect(host: "127.0.0.1", port: port).get()
        } catch {
            promise.fail(error)
            throw error
        }
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await body(RawConnection(channel, promise.futureResult)))
        } catch { outcome = .failure(error) }
        try? await channel.close()
        return try outcome.get()
    }

    /// Writes a text as UTF-8.
    ///
    /// - Throws: where the other side has closed.
    public func write(_ text: String) async throws { try await write(Array(text.utf8)) }

    /// Writes bytes and waits until the system has taken them.
    ///
    /// - Throws: where the other side has closed.
    public func write(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
    }

    /// Reads everything that the server writes until it closes, for 60 seconds at most.
    ///
    /// - Throws: where the connection broke.
    public func readToEnd() async throws -> String {
        let channel = channel
        let alarm = channel.eventLoop.scheduleTask(in: .seconds(60)) { channel.close(promise: nil) }
        defer { alarm.cancel() }
        return String(decoding: try await ended.get(), as: UTF8.self)
    }
}

private final class ByteCollector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var bytes: [UInt8] = []
    private let promise: EventLoopPromise<[UInt8]>

    init(_ promise: EventLoopPromise<[UInt8]>) {
        self.promise = promise
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        bytes.append(contentsOf: unwrapInboundIn(data).readableBytesView)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed { promise.succeed(bytes) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        promise.succeed(bytes)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
