import Primitives
import Synchronization

/// Counts a gateway's failures in a row: after five it is not offered for a minute, so that its brown-out does not hold up buyers.
///
/// One for each gateway in each process. A `Mutex` around two words: nothing is awaited.
public final class CircuitBreaker: Sendable {
    private struct State {
        var failures = 0
        var openUntil: Timestamp?
    }

    /// The failures in a row that open it.
    static let limit = 5
    /// The time for which it stays open.
    static let pause = TimeSpan.seconds(60)

    private let state = Mutex(State())
    private let time: TimeSource

    /// Creates a closed breaker.
    public init(time: TimeSource) { self.time = time }

    /// Whether calls may be made.
    public var isClosed: Bool {
        let now = time.now
        return state.withLock { $0.openUntil.map { $0 <= now } ?? true }
    }

    /// Notes a call that was answered, with whatever answer.
    public func succeed() { state.withLock { $0 = State() } }

    /// Notes a call that failed. After the pause one failure opens it again.
    public func fail() {
        let now = time.now
        state.withLock { state in
            state.failures += 1
            if state.failures >= Self.limit { state.openUntil = now + Self.pause }
        }
    }
}
