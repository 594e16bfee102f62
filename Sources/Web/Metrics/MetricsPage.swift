import Synchronization

/// The page `/metrics`: requests by route, the listener's connections and bodies, then everything in the registry.
final class MetricsPage: Sendable {
    private let registry: PrometheusRegistry
    private let connections: Connections
    private let bodies: BodyBudget
    private let routes = Mutex<[RouteMeter]>([])

    init(_ registry: PrometheusRegistry, _ connections: Connections, _ bodies: BodyBudget) {
        self.registry = registry
        self.connections = connections
        self.bodies = bodies
    }

    var meters: [RouteMeter] {
        get { routes.withLock { $0 } }
        set { routes.withLock { $0 = newValue } }
    }

    var bytes: [UInt8] {
        var (requests, durations) = (PrometheusText(), PrometheusText())
        requests.family("http_requests_total", "counter", "Answered requests by route, method and status.")
        durations.family("http_request_duration_seconds", "histogram", "From a request's head to its answer.")
        for meter in meters { meter.render(into: &requests, &durations) }
        requests.append(durations)
        requests.family("http_connections", "gauge", "Open connections.")
        requests.sample("http_connections", [], Double(connections.size))
        requests.family("http_body_bytes", "gauge", "Bytes of requests' bodies that are held.")
        requests.sample("http_body_bytes", [], Double(bodies.bytes))
        requests.append(registry.rendered())
        return Array(requests.text.utf8)
    }
}
