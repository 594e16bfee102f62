import Primitives
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The figures of one scenario.
struct Measurement: Codable {
    let operations: Int
    let errors: Int
    let seconds: Double
    let perSecond: Double
    /// Milliseconds.
    let p50: Double
    let p95: Double
    let p99: Double
    /// The first error's text, where there was one.
    let firstError: String?

    enum CodingKeys: String, CodingKey {
        case operations, errors, seconds, p50, p95, p99, perSecond, firstError
    }
}

/// Runs operations again and again on some threads until the time is up.
enum Load {
    private struct Tally {
        var nanoseconds: [UInt64] = []
        var errors = 0
        var firstError: String?
        var longest: UInt64 = 0
    }

    /// Measures for `seconds`; `prepare` runs once on each thread before the clock starts and gives that thread's
    /// operation.
    static func run(
        clients: Int, seconds: Int, prepare: @escaping @Sendable (Int) throws -> () throws -> Void
    ) -> Measurement {
        let total = Mutex(Tally())
        let start = Barrier(clients)
        let threads = OwnThreads(clients) { index in
            var tally = Tally()
            do {
                let operation = try prepare(index)
                start.wait()
                try work(operation, until: now() + UInt64(seconds) * 1_000_000_000, &tally)
            } catch {
                start.wait()
                tally.errors += 1
                tally.firstError = String(describing: error)
            }
            total.withLock { merge(tally, into: &$0) }
        }
        threads.join()
        return measurement(total.withLock { $0 })
    }

    private static func work(_ operation: () throws -> Void, until end: UInt64, _ tally: inout Tally) throws {
        let begun = now()
        var last = begun
        while last < end {
            do {
                try operation()
            } catch let error as Unexpected {
                tally.errors += 1
                tally.firstError = tally.firstError ?? error.description
            }
            let moment = now()
            tally.nanoseconds.append(moment - last)
            last = moment
        }
        tally.longest = last - begun
    }

    private static func merge(_ tally: Tally, into total: inout Tally) {
        total.nanoseconds += tally.nanoseconds
        total.errors += tally.errors
        total.firstError = total.firstError ?? tally.firstError
        total.longest = max(total.longest, tally.longest)
    }

    private static func measurement(_ tally: Tally) -> Measurement {
        let sorted = tally.nanoseconds.sorted()
        let seconds = Double(tally.longest) / 1e9
        func percentile(_ share: Double) -> Double {
            guard !sorted.isEmpty else { return 0 }
            return Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) / 1e6
        }
        let successes = max(0, sorted.count - tally.errors)
        return Measurement(
            operations: sorted.count, errors: tally.errors, seconds: seconds,
            perSecond: seconds > 0 ? Double(successes) / seconds : 0, p50: percentile(0.5), p95: percentile(0.95),
            p99: percentile(0.99), firstError: tally.firstError)
    }

    static func now() -> UInt64 {
        var moment = timespec()
        clock_gettime(CLOCK_MONOTONIC, &moment)
        return UInt64(moment.tv_sec) * 1_000_000_000 + UInt64(moment.tv_nsec)
    }
}
