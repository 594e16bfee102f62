import Synchronization

/// Requests of one route, counted by status and by how long they took.
final class RouteMeter: Sendable {
    private struct Counts {
        var statuses: [(status: Int, count: Int)] = []
        var durations = Histogram()
    }

    let route: String
    let method: String
    private let counts = Mutex(Counts())

    init(route: String, method: String) {
        self.route = route
        self.method = method
    }

    /// Counts one request of `microseconds` that was answered with `status`.
    func count(_ status: Int, microseconds: Int64) {
        counts.withLock { counts in
            counts.durations.add(Double(microseconds) / 1e6)
            for index in counts.statuses.indices where counts.statuses[index].status == status {
                counts.statuses[index].count += 1
                return
            }
            counts.statuses.append((status, 1))
        }
    }

    /// Returns the lines of this route under the two families' names.
    func render(into requests: inout PrometheusText, _ durations: inout PrometheusText) {
        let (statuses, histogram) = counts.withLock { ($0.statuses, $0.durations) }
        guard !statuses.isEmpty else { return }
        let labels = [("method", method), ("route", route)]
        for (status, count) in statuses.sorted(by: { $0.status < $1.status }) {
            requests.sample("http_requests_total", labels + [("status", String(status))], Double(count))
        }
        durations.histogram("http_request_duration_seconds", labels, histogram)
    }
}
