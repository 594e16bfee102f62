import Metrics
import Synchronization

/// Counters and timers by kind, made once each.
final class JobMetrics: Sendable {
    enum Event: String {
        case enqueued = "jobs_enqueued"
        case started = "jobs_started"
        case succeeded = "jobs_succeeded"
        case failed = "jobs_failed"
        case dead = "jobs_dead"
    }

    private struct Key: Hashable {
        let event: Event
        let kind: String
    }

    private let counters = Mutex<[Key: Counter]>([:])
    private let timers = Mutex<[String: Timer]>([:])

    func count(_ event: Event, kind: String, by amount: Int = 1) {
        let counter = counters.withLock { counters in
            let key = Key(event: event, kind: kind)
            if let known = counters[key] { return known }
            let made = Counter(label: event.rawValue, dimensions: [("kind", kind)])
            counters[key] = made
            return made
        }
        counter.increment(by: amount)
    }

    /// Records how long one attempt took, under `jobs_duration`.
    func record(_ duration: Duration, kind: String) {
        let timer = timers.withLock { timers in
            if let known = timers[kind] { return known }
            let made = Timer(label: "jobs_duration", dimensions: [("kind", kind)])
            timers[kind] = made
            return made
        }
        timer.record(duration: duration)
    }
}
