import Synchronization

/// What `/metrics` shows: requests by route, then everything of the registry.
final class MetricsPage: Sendable {
    private let registry: PrometheusRegistry
    private let routes = Mutex<[RouteMeter]>([])

    init(_ registry: PrometheusRegistry) {
        self.registry = registry
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
        requests.append(registry.rendered())
        return Array(requests.text.utf8)
    }
}
