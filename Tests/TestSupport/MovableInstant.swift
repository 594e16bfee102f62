import Synchronization

/// A moment of the machine's steady clock that the test moves.
public final class MovableInstant: Sendable {
    private let moment = Mutex(ContinuousClock.now)

    /// The moment.
    public var now: ContinuousClock.Instant { moment.withLock { $0 } }

    /// Starts at the present moment.
    public init() {}

    /// Moves on.
    public func advance(by span: Duration) { moment.withLock { $0 += span } }
}
