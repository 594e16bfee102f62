import HTTPTypes

/// An endpoint as the server holds it.
final class Route: Sendable {
    let endpoint: Endpoint
    let group: String
    /// Answered whatever host the request names: what operators' probes ask for.
    let ignoresHost: Bool
    let meter: RouteMeter

    init(_ endpoint: Endpoint, group: String, ignoresHost: Bool = false) {
        self.endpoint = endpoint
        self.group = group
        self.ignoresHost = ignoresHost
        self.meter = RouteMeter(route: endpoint.template, method: endpoint.method.rawValue)
    }
}
