import Primitives
import TestSupport
import Testing

/// Moments and days as texts, against Python's `datetime`.
@Suite struct MomentPythonTests {
    /// Microseconds from the year 1 to the year 9999.
    private static let range: ClosedRange<Int64> = -62_135_596_800_000_000...253_402_300_799_999_999

    private static func moments(_ count: Int, seed: UInt64) -> [Int64] {
        var random = RandomSource.seeded(seed)
        return [range.lowerBound, range.upperBound, 0, -1, 951_782_400_000_000]
            + (0..<count).map { number in
                let moment = Int64.random(in: range, using: &random)
                return number % 2 == 0 ? moment : moment / 1_000_000 * 1_000_000
            }
    }

    @Test func `a moment is written as another calendar has it`() async throws {
        let script = """
            import datetime

            def answer(case):
                moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=case)
                return moment.isoformat() + "Z"
            """
        let moments = Self.moments(4_000, seed: 61)
        let texts = try await TestPython.answers(script, to: moments, as: String.self)
        for (moment, text) in zip(moments, texts) {
            #expect(Timestamp(microseconds: moment).description == text)
            #expect(Timestamp(text)?.microseconds == moment)
        }
    }

    @Test func `a text with any offset and any number of decimals is the moment that another reader takes it for`()
        async throws
    {
        struct Case: Encodable {
            let moment: Int64
            let minutes: Int
            let decimals: Int
        }
        struct Answer: Decodable, Sendable {
            let text: String
            let moment: Int64
        }
        let script = """
            import datetime

            def answer(case):
                zone = datetime.timezone(datetime.timedelta(minutes=case["minutes"]))
                epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
                there = (epoch + datetime.timedelta(microseconds=case["moment"])).astimezone(zone)
                text = there.strftime("%Y").zfill(4) + there.strftime("-%m-%dT%H:%M:%S")
                if case["decimals"]: text += "." + there.strftime("%f")[:case["decimals"]]
                text += there.isoformat()[-6:]
                meant = datetime.datetime.fromisoformat(text) - epoch
                return {"text": text, "moment": meant // datetime.timedelta(microseconds=1)}
            """
        let random = RandomSource.seeded(62)
        let cases = Self.moments(3_000, seed: 63).dropFirst(2).map {
            Case(moment: $0, minutes: random.number(below: 2_879) - 1_439, decimals: random.number(below: 7))
        }
        let answers = try await TestPython.answers(script, to: cases, as: Answer.self)
        for answer in answers {
            #expect(Timestamp(answer.text)?.microseconds == answer.moment, "\(answer.text)")
            let moment = DateTimeText(answer.text)?.moment(in: .utc, at: .beginning)
            #expect(moment?.microseconds == answer.moment, "\(answer.text)")
        }
    }

    @Test func `days are counted as another calendar counts them`() async throws {
        let script = """
            import datetime

            def answer(case):
                try: day = datetime.date(*case)
                except ValueError: return None
                return (day - datetime.date(1970, 1, 1)).days
            """
        let random = RandomSource.seeded(64)
        let parts = (0..<6_000).map { _ in
            [1 + random.number(below: 9_999), random.number(below: 14), random.number(below: 34)]
        }
        let counts = try await TestPython.answers(script, to: parts, as: Int?.self)
        for (parts, count) in zip(parts, counts) {
            let day = CivilDate(year: parts[0], month: parts[1], day: parts[2])
            #expect(day?.daysSinceEpoch == count, "\(parts)")
            if let day { #expect(CivilDate(daysSinceEpoch: day.daysSinceEpoch) == day) }
        }
        #expect(counts.contains { $0 == nil } && counts.contains { $0 != nil })
    }

    @Test func `one character more, less or other makes another moment or none`() {
        let text = "2026-11-23T20:31:09.250000+02:00"
        let known = Timestamp(text)
        for index in text.utf8.indices {
            for mark in "0129-:.+TZz tx\u{E9}" {
                var (replaced, longer) = (text, text)
                replaced.replaceSubrange(index...index, with: String(mark))
                longer.insert(mark, at: index)
                // "T", "t" and a space are one; so are decimals beyond the sixth.
                if replaced != text, Timestamp(replaced) == known { #expect(index == text.firstIndex(of: "T")) }
                if Timestamp(longer) == known {
                    #expect(text[index...].hasPrefix("0") || text[index...].hasPrefix("+"))
                }
            }
        }
        for length in 0..<text.utf8.count where length != 10 { #expect(Timestamp(String(text.prefix(length))) == nil) }
    }

    @Test func `moments of codable values are their texts`() throws {
        struct Shift: Codable, Equatable {
            let day: CivilDate
            let start: Timestamp
        }
        let shift = Shift(
            day: try #require(CivilDate("2026-02-28")), start: try #require(Timestamp("2026-02-28T08:00:00.5Z")))
        let bytes = try JSONBytes.encode(shift)
        #expect(
            String(decoding: bytes, as: UTF8.self) == #"{"day":"2026-02-28","start":"2026-02-28T08:00:00.500000Z"}"#)
    }

    @Test(
        arguments: [
            (TimeSpan.milliseconds(1), 1_000), (.seconds(-2), -2_000_000), (.minutes(3), 180_000_000),
            (.hours(2), 7_200_000_000), (.days(-1), -86_400_000_000),
        ] as [(TimeSpan, Int64)])
    func `spans are microseconds, and moments move by them there and back`(_ span: TimeSpan, _ microseconds: Int64) {
        #expect(span.microseconds == microseconds)
        let moment = Timestamp(seconds: 1_800_000_000)
        #expect((moment + span) - moment == span)
        #expect((moment + span) - span == moment)
        #expect((moment + span < moment) == (microseconds < 0))
    }
}
