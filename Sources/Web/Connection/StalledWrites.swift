import NIOCore

/// Ends a connection whose client takes no byte of what is written to it for too long.
///
/// It asks the socket how much is left to send: the promise of a large write is fulfilled only at its end.
final class StalledWrites: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private let timeout: TimeAmount
    private var written = 0
    private var taken = 0
    private var lastTaken = NIODeadline.now()
    private var alarm: Scheduled<Void>?

    /// The number of checks within the timeout.
    private static let looks: Int64 = 8

    init(timeout: TimeAmount) {
        self.timeout = timeout
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        alarm?.cancel()
        alarm = nil
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        written &+= unwrapOutboundIn(data).readableBytes
        context.write(data, promise: promise)
    }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        guard alarm == nil else { return }
        guard context.channel.unsentBytes > 0 else { return }
        (taken, lastTaken) = (0, .now())
        watch(context)
    }

    private func watch(_ context: ChannelHandlerContext) {
        let pause = TimeAmount.nanoseconds(max(timeout.nanoseconds / Self.looks, 1))
        alarm = context.eventLoop.assumeIsolated().scheduleTask(in: pause) { self.look(context) }
    }

    private func look(_ context: ChannelHandlerContext) {
        alarm = nil
        let left = context.channel.unsentBytes
        guard left > 0 else { return }
        let confirmed = written &- left &- context.channel.unconfirmedBytes
        if confirmed != taken { (taken, lastTaken) = (confirmed, .now()) }
        guard NIODeadline.now() < lastTaken + timeout else { return context.close(promise: nil) }
        watch(context)
    }
}
