import HTTPTypes
import Primitives
import Synchronization

/// What belongs to a listener and goes on where another server answers for it: its connections, the bytes of bodies, and
/// what is counted of requests.
public final class ListenerState: Sendable {
    let connections: Connections
    let bodies: BodyBudget
    let limiter: RateLimiter
    /// Requests that no route was found for.
    let unrouted = RouteMeter(route: "", method: "")
    private let meters = Mutex<[String: RouteMeter]>([:])

    init(_ settings: ConnectionSettings, time: TimeSource) {
        connections = Connections(limit: settings.limit)
        bodies = BodyBudget(limit: settings.bodyMemory)
        limiter = RateLimiter(time: time)
    }

    /// Returns what counts the requests of an endpoint: one for each method and template, whichever server asks.
    func meter(of endpoint: Endpoint) -> RouteMeter {
        let (method, route) = (endpoint.method.rawValue, endpoint.template)
        return meters.withLock { meters in
            if let known = meters[method + " " + route] { return known }
            let meter = RouteMeter(route: route, method: method)
            meters[method + " " + route] = meter
            return meter
        }
    }
}
