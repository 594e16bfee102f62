import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Primitives
import ServiceLifecycle

/// The HTTP listener as a service: binds, answers through an `APIServer`, and on shutdown finishes what it has begun.
public struct WebServer: Service {
    private let server: @Sendable () -> APIServer
    private let host: String
    private let port: Int
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void

    /// Creates a listener on `host` and `port`; port 0 takes a free one. `onListening` gets the port once connections are
    /// accepted.
    public init(
        _ server: APIServer, host: String, port: Int, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.init(serving: { server }, host: host, port: port, logger: logger, onListening: onListening)
    }

    /// Creates a listener whose requests are each answered by the server that `server` returns then: all of them have one
    /// `ListenerState`.
    public init(
        serving server: @escaping @Sendable () -> APIServer, host: String, port: Int, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.server = server
        self.host = host
        self.port = port
        self.logger = logger
        self.onListening = onListening
    }

    /// Returns why nothing could listen on an address; nil where something could, or where another program does already.
    public static func refusal(host: String, port: Int) async -> SettingsError? {
        do {
            let group = MultiThreadedEventLoopGroup.singleton
            let channel = try await ServerBootstrap(group: group).bind(host: host, port: port).get()
            try await channel.close()
            return nil
        } catch {
            return ListeningFault.isTaken(error)
                ? nil : ListeningFault.named(error, host: host, port: port) as? SettingsError
        }
    }

    /// Serves until the service group shuts down; answers that clients have not taken within the
    /// shutdown timeout are broken off.
    ///
    /// - Throws: `SettingsError` on `HOST` or `PORT` where the address cannot be listened on, an error of the system.
    public func run() async throws {
        let (server, onListening, port) = (server, onListening, port)
        let first = server()
        let (settings, connections) = (first.settings.connections, first.listener.connections)
        let builder = HTTPServerBuilder { responder in
            ConnectionChannel(responder: responder, settings: settings, connections: connections)
        }
        let group = MultiThreadedEventLoopGroup.singleton
        let listener = try builder.buildServer(
            configuration: ServerConfiguration(
                address: .hostname(host, port: port), backlog: 1_024,
                availableConnectionsDelegate: Places(connections: connections)),
            eventLoopGroup: group,
            logger: logger,
            responder: { request, writer, channel in
                try await server().respond(to: request, writer, on: channel)
            },
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) })
        do {
            try await withGracefulShutdownHandler {
                try await listener.run()
            } onGracefulShutdown: {
                _ = group.any().scheduleTask(in: settings.shutdownTimeout.amount) { connections.closeAll() }
            }
        } catch {
            throw ListeningFault.named(error, host: host, port: port)
        }
    }
}
