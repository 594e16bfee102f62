import Primitives
import SQL

/// The number of retries of a closure, and the pauses before them.
struct Retries {
    private let random: RandomSource
    private var conflicts = 0
    private var lockTimeouts = 0
    private var losses = 0

    private static let maxConflicts = 10
    /// One: each of them has waited for five seconds already.
    private static let maxLockTimeouts = 1
    /// One: where the second connection is lost as well, the server is in trouble.
    private static let maxLosses = 1

    init(_ random: RandomSource) {
        self.random = random
    }

    /// Returns the pause before the closure runs again after `cause`; nil where it has used up its retries.
    mutating func pause(after cause: SQLError) -> TimeSpan? {
        switch cause.kind {
        case .conflict:
            conflicts += 1
            return conflicts > Self.maxConflicts ? nil : span(below: min(100_000, 2_000 << conflicts))
        case .lockTimeout:
            lockTimeouts += 1
            return lockTimeouts > Self.maxLockTimeouts ? nil : span(below: 20_000)
        case .unavailable:
            losses += 1
            return losses > Self.maxLosses ? nil : TimeSpan(microseconds: 0)
        default:
            return nil
        }
    }

    private func span(below microseconds: Int) -> TimeSpan {
        TimeSpan(microseconds: Int64(random.number(below: microseconds)))
    }
}
