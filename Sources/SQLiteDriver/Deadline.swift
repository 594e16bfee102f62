import Primitives

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The end of a wait, by the monotonic clock.
struct Deadline {
    private let end: Int64

    init(after span: TimeSpan) {
        self.end = Self.now + span.microseconds
    }

    var isOver: Bool { Self.now >= end }

    /// Waits a millisecond for other processes; only on threads of our own or while a database is opened.
    static func pause() {
        usleep(1_000)
    }

    private static var now: Int64 {
        var moment = timespec()
        clock_gettime(CLOCK_MONOTONIC, &moment)
        return Int64(moment.tv_sec) * 1_000_000 + Int64(moment.tv_nsec) / 1_000
    }
}
