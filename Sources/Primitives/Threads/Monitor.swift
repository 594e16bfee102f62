/// State behind a lock that threads of our own can wait on: `Synchronization.Mutex` has no condition.
///
/// Invariant behind `@unchecked Sendable`: `state` is touched only while `lock` is held.
public final class Monitor<State>: @unchecked Sendable {
    @usableFromInline let lock = ConditionLock()
    @usableFromInline var state: State

    /// Creates a monitor over state that nothing else refers to any more.
    public init(_ state: sending State) {
        self.state = state
    }

    /// Changes the state, then wakes `wakes` of the waiting threads, also where `body` throws.
    ///
    /// - Throws: whatever `body` throws.
    @inlinable
    public func change<Result, Failure: Error>(
        waking wakes: Wakes = .one, _ body: (inout State) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        lock.lock()
        defer { lock.unlock() }
        defer { lock.wake(wakes) }
        return try body(&state)
    }

    /// Blocks the calling thread until `take` finds something; it is asked again after each wake-up.
    @inlinable
    public func wait<Found>(until take: (inout State) -> Found?) -> Found {
        lock.lock()
        defer { lock.unlock() }
        while true {
            if let found = take(&state) { return found }
            lock.wait()
        }
    }

    /// Wakes waiting threads; may be called inside of `wait`, too.
    public func wake(_ wakes: Wakes) { lock.wake(wakes) }
}

/// The number of waiting threads that look at a monitor's state again.
public enum Wakes: Sendable {
    /// No waiting thread is woken.
    case none
    /// One waiting thread is woken.
    case one
    /// Every waiting thread is woken.
    case all
}
