import Logging
import ServiceLifecycle
import UnixSignals
import Web

/// A running shop: its jobs and its HTTP listener.
public struct Serving: Sendable {
    private let group: ServiceGroup

    /// Prepares `shop` to serve on `host` and `port` (0 takes a free one); `onListening` gets the port.
    ///
    /// With `signals` the group ends gracefully on SIGTERM and SIGINT: the listener first, then the jobs, each after it has
    /// finished what it had begun.
    public init(
        _ shop: Shop, host: String, port: Int, signals: Bool = true,
        onListening: @escaping @Sendable (Int) async -> Void
    ) {
        let logger = shop.installation.logger
        let listener = WebServer(shop.server, host: host, port: port, logger: logger, onListening: onListening)
        group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: shop.runner), .init(service: listener)],
                gracefulShutdownSignals: signals ? [.sigterm, .sigint] : [], logger: logger))
    }

    /// Serves until a signal or ``stop()``.
    ///
    /// - Throws: where the address cannot be bound.
    public func run() async throws {
        try await group.run()
    }

    /// Begins the graceful end.
    public func stop() async {
        await group.triggerGracefulShutdown()
    }
}
