import Commerce
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import Primitives

/// Adds a body in the API's own shape to the answer to bytes that are no HTTP request.
///
/// The layer above answers a parser's error with a bare 400, in order after what it has answered before; here that head
/// is recognized on its way out and given a body.
final class MalformedRequestHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var hasFailed = false

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is HTTPParserError { hasFailed = true }
        context.fireErrorCaught(error)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard hasFailed, case .head(var head) = unwrapOutboundIn(data), head.status == .badRequest,
            !head.headerFields.contains(.xRequestID)
        else { return context.write(data, promise: promise) }
        let response = APIResponse.encoding(
            .badRequest, .object(["detail": .string("Malformed request."), "code": .string("parse_error")]))
        head.headerFields = CommonHeaders.fields
        head.headerFields[.contentType] = response.headers[.contentType]
        head.headerFields[.contentLength] = String(response.body.count)
        head.headerFields[.connection] = "close"
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(ByteBuffer(bytes: response.body))), promise: promise)
    }
}
