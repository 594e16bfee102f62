/// The threads that hash passwords: a login keeps one busy for tens of milliseconds, and none of Swift's pool.
final class HashingThreads: Sendable {
    private struct State {
        var waiting: [@Sendable () -> Void] = []
        var isClosed = false
    }

    private enum Next {
        case work(@Sendable () -> Void)
        case end
    }

    /// More than this many waiting are some ten seconds of work: more are refused.
    private static let longestQueue = 512

    private let monitor = Monitor(State())
    private let started: Int

    /// Starts `count` threads; fewer where the system gives no more.
    init(count: Int) {
        let monitor = monitor
        started = (0..<count).count { _ in
            OwnedThread.start {
                while case .work(let work) = Self.next(monitor) { work() }
            }
        }
    }

    deinit {
        monitor.change { $0.isClosed = true }
    }

    /// Runs `body` on one of the threads, first come first served.
    ///
    /// - Throws: `AccountsError.busy` where too many wait, or what `body` throws.
    func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        guard started > 0 else { throw AccountsError.busy }
        return try await withCheckedThrowingContinuation { continuation in
            let accepted = monitor.change { state in
                guard state.waiting.count < Self.longestQueue else { return false }
                state.waiting.append { continuation.resume(with: Result { try body() }) }
                return true
            }
            if !accepted { continuation.resume(throwing: AccountsError.busy) }
        }
    }

    private static func next(_ monitor: Monitor<State>) -> Next {
        monitor.wait { state in
            if !state.waiting.isEmpty { return .work(state.waiting.removeFirst()) }
            return state.isClosed ? .end : nil
        }
    }
}
