import Synchronization

/// A moment of the machine's steady clock that the test moves.
final class MovableInstant: Sendable {
    private let moment = Mutex(ContinuousClock.now)

    var now: ContinuousClock.Instant { moment.withLock { $0 } }

    func advance(by span: Duration) { moment.withLock { $0 += span } }
}
