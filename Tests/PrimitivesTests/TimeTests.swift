import Primitives
import Testing

@Suite struct TimeTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2000-02-29T12:34:56Z", 951_827_696_000_000),
        ("2026-11-23T20:31:09.250000Z", 1_795_465_869_250_000), ("1969-12-31T23:59:59.999999Z", -1),
    ])
    func `a moment and its text are the same`(text: String, microseconds: Int64) {
        #expect(Timestamp(text)?.microseconds == microseconds)
        #expect(Timestamp(microseconds: microseconds).description == text)
    }

    @Test(arguments: [
        ("2026-11-23T20:31:09+02:00", "2026-11-23T18:31:09Z"),
        ("2026-11-23t20:31:09.5z", "2026-11-23T20:31:09.500000Z"),
        ("2026-11-23 20:31:09-00:30", "2026-11-23T21:01:09Z"), ("2026-11-23", "2026-11-23T00:00:00Z"),
        ("2026-11-23T20:31:09.123456789Z", "2026-11-23T20:31:09.123456Z"),
    ])
    func `other forms of RFC 3339 are read as UTC`(text: String, expected: String) {
        #expect(Timestamp(text)?.description == expected)
    }

    @Test(arguments: [
        "", "now", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T20:31:09",
        "2026-11-23T20:31:09.Z", "2026-11-23T20:31:09+0200", "20261123T203109Z", "2026-11-23T20:31:09Z ",
    ])
    func `what is not RFC 3339 is refused`(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func `every day of four centuries survives the way to its number and back`() throws {
        for count in stride(from: -80_000, through: 80_000, by: 1) {
            let day = CivilDate(daysSinceEpoch: count)
            #expect(day.daysSinceEpoch == count)
            #expect(CivilDate(day.description) == day)
        }
    }

    @Test func `a movable clock stands still until it is moved`() {
        let clock = MovableClock(startingAt: Timestamp(seconds: 100))
        #expect(clock.source.now == clock.source.now)
        clock.advance(by: .minutes(2))
        #expect(clock.source.now == Timestamp(seconds: 220))
    }

    @Test func `seconds before 1970 are rounded towards the past`() {
        #expect(Timestamp(microseconds: -1).seconds == -1)
        #expect(Timestamp(microseconds: -1_000_000).seconds == -1)
        #expect(TimeSpan(microseconds: 1).secondsRoundedUp == 1)
    }
}
