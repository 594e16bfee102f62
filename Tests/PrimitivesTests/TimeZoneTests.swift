import Foundation
import Testing

@testable import Primitives

@Suite struct TimeZoneTests {
    static let zones = [
        "Europe/Berlin", "America/New_York", "Europe/Dublin", "Australia/Lord_Howe", "Asia/Kathmandu", "Asia/Tokyo",
        "America/Sao_Paulo", "Africa/Casablanca", "Pacific/Apia", "America/St_Johns", "Asia/Tehran", "Europe/Moscow",
        "Antarctica/Troll", "Pacific/Chatham", "America/Nuuk", "Africa/Cairo",
    ]

    @Test(arguments: zones)
    func `clocks are ahead of UTC as another reader of the same database says`(_ name: String) throws {
        let rules = try TimeZoneRules(named: name)
        let other = try #require(TimeZone(identifier: name))
        var random = SystemRandomNumberGenerator()
        for _ in 0..<3_000 {
            // From 1971 to 2037, which the other reader knows as well.
            let moment = Int64.random(in: 31_536_000...2_114_380_800, using: &random)
            let offset = other.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(moment)))
            #expect(rules.offset(at: moment) == offset, "\(name) at \(moment)")
        }
    }

    @Test(arguments: zones)
    func `every moment lies in the day that began before it`(_ name: String) throws {
        let rules = try TimeZoneRules(named: name)
        for count in stride(from: 0, to: 32_000, by: 1) {
            let (day, next) = (CivilDate(daysSinceEpoch: count), CivilDate(daysSinceEpoch: count + 1))
            let (start, end) = (rules.start(of: day), rules.start(of: next))
            guard start < end else { continue }
            #expect(rules.day(of: start) == day, "\(name) \(day)")
            #expect(rules.day(of: Timestamp(microseconds: start.microseconds - 1)) < day)
        }
    }

    @Test func `days of 23 and of 25 hours, and one that never was`() throws {
        let hours = { (zone: String, day: String) throws -> Int64 in
            let rules = try TimeZoneRules(named: zone)
            let day = try #require(CivilDate(day))
            let next = CivilDate(daysSinceEpoch: day.daysSinceEpoch + 1)
            return (rules.start(of: next).seconds - rules.start(of: day).seconds) / 3_600
        }
        #expect(try hours("Europe/Berlin", "2026-03-29") == 23)
        #expect(try hours("Europe/Berlin", "2026-10-25") == 25)
        #expect(try hours("Europe/Berlin", "2150-03-29") == 23, "the footer's rule goes on for ever")
        #expect(try hours("Europe/Berlin", "2026-07-01") == 24)
        #expect(try hours("America/Sao_Paulo", "2018-11-04") == 23, "clocks jumped over midnight")
        #expect(try hours("Pacific/Apia", "2011-12-30") == 0, "the day that Samoa left out")
    }

    @Test(arguments: ["Mars/Base", "../../etc/passwd", "/etc/localtime", "", "Europe", "Europe/Berlin\u{0}"])
    func `a name that names no zone is refused`(_ name: String) {
        #expect(throws: TimeZoneRules.Failure.self) { try TimeZoneRules(named: name) }
    }

    @Test(arguments: [
        "", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0/3x", "-1", "CET",
    ])
    func `a rule that is none is refused`(_ text: String) {
        #expect(TimeZoneFooter(text) == nil)
    }

    @Test func `a file that ends early is malformed, wherever it ends`() throws {
        let whole = try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/Berlin"))
        for length in stride(from: 0, to: whole.count - 200, by: 7) {
            #expect(throws: TimeZoneRules.Failure.malformed("cut")) {
                try TimeZoneRules(name: "cut", file: Array(whole.prefix(length)))
            }
        }
    }

    @Test func `cells are quoted where they must be, and text is no formula`() {
        let line = CSVText.line([
            .text("plain"), .text("a,b"), .text("say \"hi\""), .text("two\r\nlines"), .text("=1+1"), .plain("-5.00"),
            .text("@SUM(A1)"), .text(""),
        ])
        #expect(line == "plain,\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\",'=1+1,-5.00,'@SUM(A1),\r\n")
    }
}
