import Synchronization

/// The way from a change of the settings to the shop that serves by them: endpoints say what they have written, and
/// ``ShopSupervisor`` says what it has put into service.
///
/// A `Mutex` around a few numbers; nothing is awaited under it.
final class SettingsTurnover: Sendable {
    private struct State {
        /// Wakes the supervisor; nil where none works.
        var wake: AsyncStream<Void>.Continuation?
        /// The newest version that a shop serves by.
        var served = 0
        /// The newest version by which no shop could be made.
        var refused = 0
    }

    /// How long a request waits for what it has changed to take effect.
    private static let patience = Duration.seconds(10)
    private static let pause = Duration.milliseconds(20)

    private let state = Mutex(State())

    /// Takes up the work of a supervisor whose shop serves by `version`; what comes says to look.
    func begin(serving version: Int) -> AsyncStream<Void> {
        let (looks, wake) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        state.withLock { $0 = State(wake: wake, served: version) }
        return looks
    }

    /// Ends the work of a supervisor.
    func end() {
        state.withLock {
            $0.wake?.finish()
            $0.wake = nil
        }
    }

    /// Has the supervisor look for changes.
    func wake() { _ = state.withLock { $0.wake }?.yield() }

    /// Notes that a shop serves by a version.
    func serves(_ version: Int) { state.withLock { $0.served = max($0.served, version) } }

    /// Notes that no shop could be made by a version.
    func refuses(_ version: Int) { state.withLock { $0.refused = max($0.refused, version) } }

    /// Returns whether a version has not been tried yet.
    func isNew(_ version: Int) -> Bool { state.withLock { version > max($0.served, $0.refused) } }

    /// Has a version put into service and waits for it; returns whether this process serves by it.
    func apply(_ version: Int) async -> Bool {
        let deadline = ContinuousClock.now + Self.patience
        wake()
        while true {
            let (isServed, mayCome) = state.withLock {
                ($0.served >= version, $0.wake != nil && $0.refused < version)
            }
            if isServed { return true }
            guard mayCome, ContinuousClock.now < deadline else { return false }
            do { try await Task.sleep(for: Self.pause) } catch { return false }
        }
    }
}
