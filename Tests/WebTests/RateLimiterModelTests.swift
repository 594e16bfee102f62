import Primitives
import Testing

@testable import Web

/// Limits, against writing down every request.
@Suite struct RateLimiterModelTests {
    private struct Window {
        let ends: Timestamp
        var count: Int
    }

    @Test(arguments: 1...6)
    func `a window begins with its first request and takes as many as it may`(_ seed: UInt64) throws {
        let random = RandomSource.seeded(seed)
        let clock = MovableClock(startingAt: Timestamp(seconds: 1_800_000_000))
        let limiter = RateLimiter(time: clock.source)
        let limits = [
            RateLimit.perAddress(3, per: .seconds(10), name: "login"), .perUser(1, per: .minutes(1), name: "mail"),
            .perAddress(5, per: .seconds(7), name: "login-slow"),
        ]
        var windows: [String: Window] = [:]
        for _ in 0..<3_000 {
            clock.advance(by: .milliseconds(Int64(random.number(below: 1_500))))
            let now = clock.source.now
            let limit = limits[random.number(below: limits.count)]
            let subject = "10.0.0.\(random.number(below: 3))"
            let key = limit.name + " " + subject
            if let window = windows[key], window.ends <= now { windows[key] = nil }
            let window = windows[key]
            let wait = window.flatMap { $0.count >= limit.count ? $0.ends - now : nil }
            do throws(Throttled) {
                if random.number(below: 3) == 0 {
                    try limiter.check(limit, for: subject)
                } else {
                    try limiter.take(limit, for: subject)
                    windows[key] = Window(ends: window?.ends ?? now + limit.window, count: (window?.count ?? 0) + 1)
                }
                #expect(wait == nil, "the limit was reached")
            } catch {
                #expect(error.retryAfter == wait)
            }
            if random.number(below: 200) == 0 {
                limiter.forget(limit.name, subject)
                windows[key] = nil
            }
        }
    }

    @Test(arguments: [
        (1, "1 second"), (999_999, "1 second"), (1_000_000, "1 second"), (1_000_001, "2 seconds"),
        (60_000_000, "60 seconds"),
    ])
    func `whoever is limited is told for how long, in whole seconds`(_ microseconds: Int64, _ words: String) {
        let message = Throttled(retryAfter: TimeSpan(microseconds: microseconds)).message
        #expect(message == "Request was throttled. Expected available in \(words).")
    }
}
