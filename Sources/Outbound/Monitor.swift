import Glibc

/// State behind a lock that threads of our own can wait on: `Synchronization.Mutex` has no condition.
///
/// Invariant behind `@unchecked Sendable`: `state` is touched only while `lock` is held.
final class Monitor<State>: @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var state: State

    init(_ state: sending State) {
        self.state = state
        pthread_mutex_init(lock, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(lock)
        changed.deallocate()
        lock.deallocate()
    }

    /// Changes the state and wakes every waiting thread.
    func change<Result>(_ body: (inout State) -> Result) -> Result {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        defer { pthread_cond_broadcast(changed) }
        return body(&state)
    }

    /// Blocks the calling thread until `take` finds something.
    func wait<Found>(until take: (inout State) -> Found?) -> Found {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while true {
            if let found = take(&state) { return found }
            pthread_cond_wait(changed, lock)
        }
    }
}
