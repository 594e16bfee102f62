import Jobs
import Primitives
import Testing

/// Cron expressions, against looking at every minute.
@Suite struct CronModelTests {
    /// Which values a field allows, and whether it begins with a star.
    private struct Field {
        let text: String
        let allowed: Set<Int>

        var isOpen: Bool { text.hasPrefix("*") }
    }

    private static func field(_ range: ClosedRange<Int>, _ random: RandomSource) -> Field {
        let number = { range.lowerBound + random.number(below: range.count) }
        switch random.number(below: 6) {
        case 0:
            let step = 1 + random.number(below: range.count - 1)
            let values = stride(from: range.lowerBound, through: range.upperBound, by: step)
            return Field(text: "*/\(step)", allowed: Set(values))
        case 1:
            let (low, high) = (min(number(), number()), range.upperBound)
            return Field(text: "\(low)-\(high)", allowed: Set(low...high))
        case 2:
            let (low, step) = (number(), 1 + random.number(below: 5))
            let values = stride(from: low, through: range.upperBound, by: step)
            return Field(text: "\(low)-\(range.upperBound)/\(step)", allowed: Set(values))
        case 3:
            let (one, two) = (number(), number())
            return Field(text: "\(one),\(two)", allowed: [one, two])
        case 4:
            let one = number()
            return Field(text: String(one), allowed: [one])
        default: return Field(text: "*", allowed: Set(range))
        }
    }

    @Test(arguments: 1...4)
    func `the next slot is the first minute that every field allows`(_ seed: UInt64) throws {
        let random = RandomSource.seeded(seed)
        var compared = 0
        while compared < 40 {
            let (minutes, hours) = (Self.field(0...59, random), Self.field(0...23, random))
            let (days, months) = (Self.field(1...31, random), Self.field(1...12, random))
            let weekdays = Self.field(0...6, random)
            let text = [minutes, hours, days, months, weekdays].map(\.text).joined(separator: " ")
            // The 31st of a month of 30 days never comes.
            guard let expression = try? CronExpression(text) else { continue }
            let start = Timestamp(seconds: 1_700_000_000 + Int64(random.number(below: 100_000_000)))
            let next = try #require(expression.next(after: start), "\(text)")
            // Weeks away is too far to look at each minute.
            guard next - start < .days(6) else { continue }
            compared += 1
            var moment = Timestamp(seconds: (start.seconds / 60 + 1) * 60)
            while !Self.matches(moment, minutes, hours, days, months, weekdays) { moment = moment + .minutes(1) }
            #expect(next == moment, "\(text) after \(start)")
        }
    }

    private static func matches(
        _ moment: Timestamp, _ minutes: Field, _ hours: Field, _ days: Field, _ months: Field, _ weekdays: Field
    ) -> Bool {
        let (day, second) = (moment.dayInUTC, Int(moment.seconds % 86_400))
        guard minutes.allowed.contains(second / 60 % 60), hours.allowed.contains(second / 3_600) else { return false }
        guard months.allowed.contains(day.month) else { return false }
        let isDay = days.allowed.contains(day.day)
        let isWeekday = weekdays.allowed.contains((day.daysSinceEpoch + 4) % 7)
        return days.isOpen || weekdays.isOpen ? isDay && isWeekday : isDay || isWeekday
    }

    @Test(arguments: ["*/7 3,5 * * *", "0 0 1 1 *", "30 8-18/2 * * 1-5", "59 23 28 2 *"])
    func `slots rise, and none lies between one and the next`(_ text: String) throws {
        let expression = try CronExpression(text)
        var moment = Timestamp(seconds: 1_750_000_000)
        for _ in 0..<40 {
            let next = try #require(expression.next(after: moment))
            #expect(next > moment && next.seconds % 60 == 0)
            let middle = Timestamp(microseconds: moment.microseconds + (next.microseconds - moment.microseconds) / 2)
            #expect(expression.next(after: middle) == next)
            moment = next
        }
    }
}
