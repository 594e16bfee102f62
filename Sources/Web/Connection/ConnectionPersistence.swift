import NIOCore
import NIOHTTP1

/// Marks each request whose connection ends after it, in the one form that the layers above know: `Connection: close`.
///
/// The layers above know neither a request's version nor other spellings. A client of HTTP/1.0 that wants its
/// connection to last is told so in each answer, and gets no body in chunks.
final class ConnectionPersistence: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private var isOld = false
    /// Whether the answer ends with the connection.
    private var endsAfterAnswer = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        isOld = head.version != .http1_1
        guard !head.isKeepAlive else { return context.fireChannelRead(data) }
        head.headers.replaceOrAdd(name: "Connection", value: "close")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard isOld || endsAfterAnswer else { return context.write(data, promise: promise) }
        switch unwrapOutboundIn(data) {
        case .head(let head): context.write(wrapOutboundOut(.head(dressed(head))), promise: promise)
        case .body: context.write(data, promise: promise)
        case .end: writeEnd(context, data, promise)
        }
    }

    /// Returns an answer's head as an old client reads it.
    private func dressed(_ head: HTTPResponseHead) -> HTTPResponseHead {
        var head = head
        if head.status.mayHaveResponseBody, !head.headers.contains(name: "Content-Length") {
            endsAfterAnswer = true
            head.version = .http1_0
            head.headers.replaceOrAdd(name: "Connection", value: "close")
        }
        if !head.headers.contains(name: "Connection") { head.headers.add(name: "Connection", value: "keep-alive") }
        return head
    }

    private func writeEnd(_ context: ChannelHandlerContext, _ data: NIOAny, _ promise: EventLoopPromise<Void>?) {
        guard endsAfterAnswer else { return context.write(data, promise: promise) }
        let written = promise ?? context.eventLoop.makePromise()
        let channel = context.channel
        written.futureResult.whenComplete { _ in channel.close(promise: nil) }
        context.write(data, promise: written)
    }
}
