import Testing

@testable import Primitives

/// Dates and times as clients write them.
@Suite struct DateTimeTextTests {
    private func moment(_ text: String, _ zone: String = "Europe/Berlin", _ edge: DayEdge = .beginning) throws
        -> String?
    {
        try DateTimeText(text)?.moment(in: TimeZoneRules(named: zone), at: edge)?.description
    }

    @Test(arguments: [
        ("2026-11-30", "2026-11-29T23:00:00Z"), ("2026-1-5", "2026-01-04T23:00:00Z"),
        ("2026-11-30T18:00", "2026-11-30T17:00:00Z"), ("2026-11-30 18:00:05", "2026-11-30T17:00:05Z"),
        ("2026-07-01T9:05", "2026-07-01T07:05:00Z"), ("2026-11-30T18:00:05.25", "2026-11-30T17:00:05.250000Z"),
        ("2026-11-30T18:00:05,123456789", "2026-11-30T17:00:05.123456Z"),
        ("2026-11-30T18:00Z", "2026-11-30T18:00:00Z"), ("2026-11-30t18:00:00z", "2026-11-30T18:00:00Z"),
        ("2026-11-30T18:00:00+0200", "2026-11-30T16:00:00Z"), ("2026-11-30T18:00:00+02:00", "2026-11-30T16:00:00Z"),
        ("2026-11-30T18:00+02", "2026-11-30T16:00:00Z"), ("2026-11-30T18:00:00.5-0330", "2026-11-30T21:30:00.500000Z"),
        ("2026-11-30T18:00:00 +0000", "2026-11-30T18:00:00Z"),
        ("2026-10-25T02:30", "2026-10-25T00:30:00Z"),
    ])
    func `what Django REST Framework takes is taken, in the shop's zone`(_ text: String, _ expected: String) throws {
        #expect(try moment(text) == expected)
        if DateTimeText(text)?.isDay == false { #expect(try moment(text, "Europe/Berlin", .end) == expected) }
    }

    @Test(arguments: [
        "", "2026", "2026-11", "26-11-30", "2026-13-01", "2026-02-29", "0000-01-01", "2026-11-30T", "2026-11-30T18",
        "2026-11-30T24:00", "2026-11-30T18:60", "2026-11-30T18:00:61", "2026-11-30T18:00:00.", "2026-11-30T18:00+2",
        "2026-11-30T18:00+24:00", "2026-11-30T18:00+02:", "2026-11-30T18:00 02:00", "2026-11-30X18:00",
        "2026-11-30T18:00Zx", "2026-11-30T-1:00", "20261130", "2026-11-30\u{301}", "٢٠٢٦-11-30", "yesterday",
    ])
    func `what is no date is refused`(_ text: String) {
        #expect(DateTimeText(text) == nil)
    }

    @Test(arguments: [
        ("Europe/Berlin", "2026-11-30", "2026-11-29T23:00:00Z", "2026-11-30T23:00:00Z"),
        ("Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"),
        ("America/Sao_Paulo", "2018-11-03", "2018-11-03T03:00:00Z", "2018-11-04T03:00:00Z"),
        ("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"),
        ("Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"),
        ("UTC", "9999-12-31", "9999-12-31T00:00:00Z", "9999-12-31T23:59:59.999999Z"),
    ])
    func `a bare date begins with its day and ends with it`(
        _ zone: String, _ day: String, _ beginning: String, _ end: String
    ) throws {
        #expect(try moment(day, zone, .beginning) == beginning)
        #expect(try moment(day, zone, .end) == end)
    }

    @Test func `a time that clocks skip is none`() throws {
        #expect(try moment("2026-03-29T02:30") == nil)
        #expect(try moment("2026-03-29T03:00") == "2026-03-29T01:00:00Z")
        #expect(try moment("2018-11-04T00:30", "America/Sao_Paulo") == nil)
        #expect(try moment("2026-03-29T02:30+01:00") == "2026-03-29T01:30:00Z")
    }
}
