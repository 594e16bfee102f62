import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends a connection that is silent for too long, and, once its listener shuts down or others wait for its place, one
/// that has given its last answer.
final class ConnectionState: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let use: ConnectionUse
    private let connections: Connections
    private let timeout: TimeAmount
    /// Requests whose answers have not been written.
    private var unanswered = 0
    /// Whether the end of the last request has not come.
    private var isReading = false
    private var isShuttingDown = false
    private var lastUse = NIODeadline.now()
    private var alarm: Scheduled<Void>?

    init(_ use: ConnectionUse, of connections: Connections, idleTimeout: TimeAmount) {
        self.use = use
        self.connections = connections
        self.timeout = idleTimeout
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { watch(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        alarm?.cancel()
        alarm = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        watch(context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastUse = .now()
        switch unwrapInboundIn(data) {
        case .head:
            if unanswered == 0 { use.begin() }
            unanswered += 1
            isReading = true
        case .body: break
        case .end: isReading = false
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where isLast && head.status.kind != .informational:
            head.headerFields[.connection] = "close"
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end: writeEnd(context, data, promise)
        case .head, .body: context.write(data, promise: promise)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
        isShuttingDown = true
        if unanswered == 0 { context.channel.closeAfterWrites() }
    }

    /// Whether no request is taken after the one that is being answered.
    private var isLast: Bool { isShuttingDown || connections.areFull }

    private func writeEnd(_ context: ChannelHandlerContext, _ data: NIOAny, _ promise: EventLoopPromise<Void>?) {
        unanswered = max(unanswered - 1, 0)
        lastUse = .now()
        guard unanswered == 0 else { return context.write(data, promise: promise) }
        use.end(lastUse)
        guard isLast else {
            watch(context)
            return context.write(data, promise: promise)
        }
        // Closing at once would throw away what the client has not taken yet.
        let written = promise ?? context.eventLoop.makePromise()
        let channel = context.channel
        written.futureResult.whenComplete { _ in channel.close(promise: nil) }
        context.write(data, promise: written)
    }

    private func watch(_ context: ChannelHandlerContext) {
        guard alarm == nil else { return }
        alarm = context.eventLoop.assumeIsolated().scheduleTask(deadline: lastUse + timeout) {
            self.alarm = nil
            // While an answer is being made the client has nothing to say.
            guard self.isReading || self.unanswered == 0 else { return }
            // Nor while it takes one.
            if context.channel.unsentBytes > 0 { self.lastUse = .now() }
            guard NIODeadline.now() < self.lastUse + self.timeout else { return context.close(promise: nil) }
            self.watch(context)
        }
    }
}
