import Logging
import Modules
import Primitives
import ServiceLifecycle
import UnixSignals
import Web

/// A running shop: its jobs and its HTTP listener. Where its settings change, another shop takes its place.
public struct Serving: Sendable {
    private let group: ServiceGroup

    /// Prepares `shop` to serve on `host` and `port` (0 takes a free one); `onListening` gets the port.
    ///
    /// With `signals` the group ends gracefully on SIGTERM and SIGINT: the listener first, then the jobs, each after it
    /// has finished what it had begun; what hangs is broken off with the process, some seconds after the listener's
    /// time is over.
    public init(
        _ shop: Shop, host: String, port: Int, signals: Bool = true,
        onListening: @escaping @Sendable (Int) async -> Void
    ) {
        let logger = shop.installation.logger
        let address = shop.address
        let live = LiveShop(shop)
        let listener = WebServer(serving: { live.server }, host: host, port: port, logger: logger) { port in
            address.listen(host: host, port: port)
            await onListening(port)
        }
        var services: [any Service] = [ShopSupervisor(live: live, logger: logger), listener]
        if signals {
            let listening = shop.installation.settings.web.connections.shutdownTimeout
            services.append(EndGuard(limit: .seconds(listening.secondsRoundedUp + Self.spare), logger: logger))
        }
        group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0) },
                gracefulShutdownSignals: signals ? [.sigterm, .sigint] : [], logger: logger))
    }

    /// Seconds that the end may take beyond the listener's time.
    private static let spare: Int64 = 4

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
