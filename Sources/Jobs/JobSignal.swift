import Synchronization

/// Tells the runners of this process that there may be work, so that a job starts at once and not at the next poll.
final class JobSignal: Sendable {
    typealias Listener = @Sendable (JobLane?) -> Void

    private struct State {
        var listeners: [Int: Listener] = [:]
        var next = 0
    }

    private let state = Mutex(State())

    /// Calls `listener` at each wake-up until `unsubscribe`; it must be quick.
    func subscribe(_ listener: @escaping Listener) -> Int {
        state.withLock {
            $0.next += 1
            $0.listeners[$0.next] = listener
            return $0.next
        }
    }

    func unsubscribe(_ number: Int) {
        state.withLock { $0.listeners[number] = nil }
    }

    /// Wakes one lane; nil wakes all lanes and the cron entries.
    func wake(_ lane: JobLane?) {
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners { listener(lane) }
    }
}
