import Jobs
import Primitives
import Testing

struct CronExpressionTests {
    @Test(arguments: [
        ("* * * * *", "2026-11-23T20:31:09Z", "2026-11-23T20:32:00Z"),
        ("* * * * *", "2026-11-23T20:31:00Z", "2026-11-23T20:32:00Z"),
        ("*/15 * * * *", "2026-11-23T20:45:00Z", "2026-11-23T21:00:00Z"),
        ("5/20 * * * *", "2026-11-23T20:26:00Z", "2026-11-23T20:45:00Z"),
        ("0 3 * * *", "2026-11-23T03:00:00Z", "2026-11-24T03:00:00Z"),
        ("0 3 * * *", "2026-12-31T23:59:59Z", "2027-01-01T03:00:00Z"),
        ("30 8-18/2 * * mon-fri", "2026-11-20T18:30:00Z", "2026-11-23T08:30:00Z"),
        ("0 0 1,15 * *", "2026-11-02T00:00:00Z", "2026-11-15T00:00:00Z"),
        ("0 0 31 * *", "2026-11-01T00:00:00Z", "2026-12-31T00:00:00Z"),
        ("0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z"),
        ("0 0 29 FEB *", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z"),
        ("0 12 * * 0", "2026-11-23T00:00:00Z", "2026-11-29T12:00:00Z"),
        ("0 12 * * 7", "2026-11-23T00:00:00Z", "2026-11-29T12:00:00Z"),
        ("0 12 * * Sun", "2026-11-23T00:00:00Z", "2026-11-29T12:00:00Z"),
        ("0 12 * * 5-7", "2026-11-28T12:00:00Z", "2026-11-29T12:00:00Z"),
        // Both day fields restricted: either is enough.
        ("0 0 13 * 5", "2026-11-14T00:00:00Z", "2026-11-20T00:00:00Z"),
        ("0 0 13 * 5", "2026-12-12T00:00:00Z", "2026-12-13T00:00:00Z"),
        // A field that begins with a star restricts together with the other.
        ("0 0 */2 * 1", "2026-11-23T00:00:00Z", "2026-12-07T00:00:00Z"),
        ("@hourly", "2026-11-23T20:31:09Z", "2026-11-23T21:00:00Z"),
        ("@daily", "2026-11-23T20:31:09Z", "2026-11-24T00:00:00Z"),
        ("@weekly", "2026-11-23T20:31:09Z", "2026-11-29T00:00:00Z"),
        ("@monthly", "2026-11-23T20:31:09Z", "2026-12-01T00:00:00Z"),
        ("@yearly", "2026-11-23T20:31:09Z", "2027-01-01T00:00:00Z"),
        ("  0   4 \t * * *  ", "2026-11-23T00:00:00Z", "2026-11-23T04:00:00Z"),
        ("59 23 31 12 *", "1969-06-01T00:00:00Z", "1969-12-31T23:59:00Z"),
    ])
    func `the next slot is the first minute that matches`(_ text: String, _ after: String, _ next: String) throws {
        let moment = try #require(Timestamp(after))
        #expect(try CronExpression(text).next(after: moment)?.description == next)
    }

    @Test(arguments: [
        "", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 13 * ",
        "* * * 0 *", "* * * * 8", "a * * * *", "1-70 * * * *", "5-1 * * * *", "*/0 * * * *", "*/ * * * *",
        "1,,2 * * * *",
        "1- * * * *", "-1 * * * *", "+1 * * * *", "1-2-3 * * * *", "* * * * mond", "@never", "1000 * * * *",
        "* * mon * *", "١ * * * *",
    ])
    func `what is no cron expression is refused`(_ text: String) {
        #expect(throws: CronError.unreadable(text)) { try CronExpression(text) }
    }

    @Test(arguments: ["0 0 30 2 *", "0 0 31 4,6,9,11 *"])
    func `a day that never comes is refused`(_ text: String) {
        #expect(throws: CronError.never(text)) { try CronExpression(text) }
    }
}
