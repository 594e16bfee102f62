import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOPosix
import Primitives

/// One connection's way from bytes to requests, and back.
struct ConnectionChannel: HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let responder: Responder
    let settings: ConnectionSettings
    let connections: Connections

    /// The most bytes that are read at once: with the parts below, what a connection holds that nobody reads.
    private static let maxRead = 16 << 10
    private static let parts = NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark(
        lowWatermark: 2, highWatermark: 6)

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            try channel.syncOptions?.setOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(minimum: 1_024, initial: 2_048, maximum: Self.maxRead))
            try pipeline.addHandler(StalledWrites(timeout: settings.writeTimeout.amount))
            try pipeline.configureHTTPServerPipeline(
                // Requests wait in line above, errors are answered above, and HTTPTypes holds no header that could
                // break out.
                withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: Self.headerLimits)
            try pipeline.addHandlers([
                ConnectionPersistence(), HTTP1ToHTTPServerCodec(secure: false), MalformedRequestHandler(),
                ConnectionState(
                    connections.add(channel), of: connections, idleTimeout: settings.idleTimeout.amount),
            ])
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(backPressureStrategy: Self.parts, isOutboundHalfClosureEnabled: true))
        }
    }

    func handle(value: Value, logger: Logger) async {
        await handleHTTP(asyncChannel: value, logger: logger)
    }

    private static var headerLimits: NIOHTTPDecoderLimitConfiguration {
        var limits = NIOHTTPDecoderLimitConfiguration()
        (limits.maxHeaderFieldSize, limits.maxHeaderListSize, limits.maxHeaderFieldCount) = (16 << 10, 64 << 10, 100)
        return limits
    }
}

extension TimeSpan {
    var amount: TimeAmount { .microseconds(microseconds) }
}
