import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The source of the time of day: the machine, or a clock that a sandbox or a test moves.
public struct TimeSource: Sendable {
    private let read: @Sendable () -> Timestamp

    /// Creates a source that asks `read` each time, from any thread.
    public init(_ read: @escaping @Sendable () -> Timestamp) {
        self.read = read
    }

    /// The present moment in UTC.
    public var now: Timestamp { read() }

    /// The machine's wall clock.
    public static let machine = TimeSource {
        var moment = timespec()
        clock_gettime(CLOCK_REALTIME, &moment)
        return Timestamp(microseconds: Int64(moment.tv_sec) * 1_000_000 + Int64(moment.tv_nsec) / 1_000)
    }
}

/// A clock that stands still until it is moved, for sandboxes and tests.
public final class MovableClock: Sendable {
    private let moment: Mutex<Timestamp>

    /// Creates a clock that shows `start`.
    public init(startingAt start: Timestamp) {
        self.moment = Mutex(start)
    }

    /// The source to hand to services.
    public var source: TimeSource { TimeSource { self.moment.withLock { $0 } } }

    /// Moves the clock forward by `span`, or back where it is negative.
    public func advance(by span: TimeSpan) {
        moment.withLock { $0 = $0 + span }
    }
}
