import TestSupport
import Testing

@testable import Primitives

/// What clocks show, against Python's `zoneinfo` over the same database.
@Suite struct TimeZonePythonTests {
    private struct Question: Encodable {
        let zone: String
        let seed: Int
    }

    private struct Reading: Decodable, Sendable {
        /// Moments and how far clocks are ahead of UTC at each.
        let offsets: [[Int64]]
    }

    /// Returns every zone that both know, in a few parts so that a failure names one.
    private static func zones() async throws -> [String] {
        let script = """
            import zoneinfo

            def answer(case):
                return sorted(zoneinfo.available_timezones())
            """
        return try await TestPython.answers(script, to: [0], as: [String].self)[0]
    }

    /// The moments beside each change between 1900 and 2100, found by halving months, and some drawn between them.
    private static let offsets = """
        import datetime, random, zoneinfo

        UTC = datetime.timezone.utc
        EPOCH = datetime.datetime(1970, 1, 1, tzinfo=UTC)
        FIRST, LAST, MONTH = -2208988800, 4102444800, 2629800

        def offset(zone, moment):
            there = (EPOCH + datetime.timedelta(seconds=moment)).astimezone(zone)
            return int(there.utcoffset().total_seconds())

        def change(zone, low, high):
            while high - low > 1:
                middle = (low + high) // 2
                if offset(zone, middle) == offset(zone, low): low = middle
                else: high = middle
            return high

        def answer(case):
            zone, draw = zoneinfo.ZoneInfo(case["zone"]), random.Random(case["seed"])
            moments = [draw.randrange(FIRST, LAST) for _ in range(20)]
            for start in range(FIRST, LAST, MONTH):
                if offset(zone, start) != offset(zone, start + MONTH) and draw.random() < 0.2:
                    at = change(zone, start, start + MONTH)
                    moments += [at - 1, at, at + 1]
            return {"offsets": [[moment, offset(zone, moment)] for moment in moments]}
        """

    @Test(arguments: 0..<8)
    func `clocks of every zone are where another reader sees them, at each change and between`(
        _ part: Int
    ) async throws {
        let zones = try await Self.zones().enumerated().filter { $0.offset % 8 == part }.map(\.element)
        try #require(zones.count > 30)
        let questions = zones.enumerated().map { Question(zone: $1, seed: $0) }
        let readings = try await TestPython.answers(Self.offsets, to: questions, as: Reading.self)
        var compared = 0
        for (zone, reading) in zip(zones, readings) {
            let rules = try TimeZoneRules(named: zone)
            for pair in reading.offsets {
                try #require(Int64(rules.offset(at: pair[0])) == pair[1], "\(zone) at \(pair[0])")
                compared += 1
            }
        }
        #expect(compared > zones.count * 25, "changes were looked at: \(compared)")
    }

    private struct Local: Encodable {
        let zone: String
        let text: String
    }

    /// Answers the first moment of a local time, nil where clocks skip it, and the first moment of a day.
    private static let locals = """
        import datetime, zoneinfo

        UTC = datetime.timezone.utc

        def seconds(moment):
            return int((moment - datetime.datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())

        def answer(case):
            zone = zoneinfo.ZoneInfo(case["zone"])
            wanted = datetime.datetime.fromisoformat(case["text"])
            for fold in (0, 1):
                there = wanted.replace(tzinfo=zone, fold=fold).astimezone(UTC)
                if there.astimezone(zone).replace(tzinfo=None) == wanted: return seconds(there)
            return None
        """

    @Test(arguments: [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Havana", "Africa/Casablanca",
        "Asia/Tehran",
        "Pacific/Apia", "Antarctica/Troll",
    ])
    func `a time by the clock is the moment that another reader takes it for`(_ zone: String) async throws {
        let rules = try TimeZoneRules(named: zone)
        let random = RandomSource.seeded(52)
        var texts: [String] = []
        for _ in 0..<600 {
            let day = CivilDate(daysSinceEpoch: 4_000 + random.number(below: 40_000))
            // Clocks are changed at night: half of the times lie there.
            let hour = random.number(below: 2) == 0 ? random.number(below: 4) : random.number(below: 24)
            texts.append("\(day)T\(padded(hour, 2)):\(padded(random.number(below: 60), 2)):00")
        }
        for year in 1990..<2060 {
            for month in [3, 4, 9, 10, 11] {
                for day in 1...31 where CivilDate(year: year, month: month, day: day) != nil {
                    texts.append("\(year)-\(padded(month, 2))-\(padded(day, 2))T02:15:00")
                }
            }
        }
        let cases = texts.map { Local(zone: zone, text: $0) }
        let moments = try await TestPython.answers(Self.locals, to: cases, as: Int64?.self)
        for (text, moment) in zip(texts, moments) {
            let ours = try #require(DateTimeText(text)).moment(in: rules, at: .beginning)
            try #require(ours?.seconds == moment, "\(text) in \(zone)")
        }
        #expect(
            moments.contains { $0 == nil } || zone == "Asia/Tehran" || zone == "Pacific/Apia"
                || zone.hasSuffix("Havana"))
    }

    @Test func `days begin where another reader's clocks first show them`() async throws {
        let script = """
            import datetime, zoneinfo

            UTC = datetime.timezone.utc
            EPOCH = datetime.datetime(1970, 1, 1, tzinfo=UTC)

            def day(zone, moment):
                return (EPOCH + datetime.timedelta(seconds=moment)).astimezone(zone).date()

            def answer(case):
                zone, wanted = zoneinfo.ZoneInfo(case["zone"]), datetime.date.fromisoformat(case["text"])
                low = (wanted - datetime.date(1970, 1, 1)).days * 86400 - 172800
                high = low + 345600
                while low < high:
                    middle = (low + high) // 2
                    if day(zone, middle) >= wanted: high = middle
                    else: low = middle + 1
                return low
            """
        let zones = ["America/Sao_Paulo", "Asia/Beirut", "Africa/Cairo", "America/Asuncion", "Asia/Kolkata", "UTC"]
        let days = stride(from: 3_650, to: 25_000, by: 11).map { CivilDate(daysSinceEpoch: $0) }
        let changes = ["2018-11-04", "2016-10-16", "2024-04-26", "2023-03-26", "2010-10-03"].compactMap {
            CivilDate($0)
        }
        let cases = zones.flatMap { zone in (days + changes).map { Local(zone: zone, text: $0.description) } }
        let starts = try await TestPython.answers(script, to: cases, as: Int64.self)
        for (question, start) in zip(cases, starts) {
            let rules = try TimeZoneRules(named: question.zone)
            let day = try #require(CivilDate(question.text))
            try #require(rules.start(of: day).seconds == start, "\(question)")
        }
    }
}
