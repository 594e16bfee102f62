import Primitives

/// A five-field cron expression in UTC: minute, hour, day of the month, month, day of the week.
///
/// Fields take `*`, numbers, ranges (`1-5`), steps (`*/15`, `8-18/2`) and lists; months and weekdays also take English
/// names (`jan`, `mon-fri`), and Sunday is 0 or 7. Where both day fields are restricted either one is enough, as in
/// Vixie's cron. `@hourly`, `@daily`, `@weekly`, `@monthly` and `@yearly` stand for the usual five fields.
public struct CronExpression: Sendable, Hashable, CustomStringConvertible {
    /// The expression as it was written.
    public let description: String
    private let minutes: CronField
    private let hours: CronField
    private let days: CronField
    private let months: CronField
    private let weekdays: CronField

    /// Reads a cron expression.
    ///
    /// - Throws: `CronError` where `text` is no cron expression, or names a day that never comes (30 February).
    public init(_ text: String) throws(CronError) {
        let lowered = text.lowercased()
        let fields = (Self.names[lowered] ?? lowered).cut { $0 == " " || $0 == "\t" }
        guard fields.count == 5,
            let minutes = CronField(fields[0], .minute), let hours = CronField(fields[1], .hour),
            let days = CronField(fields[2], .day), let months = CronField(fields[3], .month),
            let weekdays = CronField(fields[4], .weekday)
        else { throw .unreadable(text) }
        self.description = text
        self.minutes = minutes
        self.hours = hours
        self.days = days
        self.months = months
        self.weekdays = weekdays
        guard day(from: 0) != nil else { throw .never(text) }
    }

    private static let names = [
        "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
        "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
    ]

    /// Returns the first minute after `moment` that matches; nil where none comes within eight years.
    public func next(after moment: Timestamp) -> Timestamp? {
        let minute = Int((moment.seconds - mod(moment.seconds, 60)) / 60) + 1
        let today = (minute - mod(minute, 1_440)) / 1_440
        if matches(day: today), let found = minuteOfDay(from: mod(minute, 1_440)) {
            return Timestamp(seconds: Int64(today * 1_440 + found) * 60)
        }
        guard let later = day(from: today + 1), let found = minuteOfDay(from: 0) else { return nil }
        return Timestamp(seconds: Int64(later * 1_440 + found) * 60)
    }

    /// Returns the first day from `start` (days since 1970) that matches. 29 February can be eight years away.
    private func day(from start: Int) -> Int? {
        (start..<start + 8 * 366).first { matches(day: $0) }
    }

    private func minuteOfDay(from start: Int) -> Int? {
        (start..<1_440).first { hours.contains($0 / 60) && minutes.contains($0 % 60) }
    }

    private func matches(day: Int) -> Bool {
        let date = CivilDate(daysSinceEpoch: day)
        guard months.contains(date.month) else { return false }
        let isDay = days.contains(date.day)
        // 1970-01-01 was a Thursday.
        let isWeekday = weekdays.contains(mod(day + 4, 7))
        return days.isOpen || weekdays.isOpen ? isDay && isWeekday : isDay || isWeekday
    }
}

/// The reason why a cron expression was refused.
public enum CronError: Error, Equatable, CustomStringConvertible {
    /// The text does not consist of five fields with allowed numbers.
    case unreadable(String)
    /// No calendar day matches.
    case never(String)

    /// A sentence for the log, with the expression.
    public var description: String {
        switch self {
        case .unreadable(let text): "\"\(text)\" is no cron expression of five fields"
        case .never(let text): "\"\(text)\" names a day that never comes"
        }
    }
}

/// Returns the remainder that is never negative.
private func mod<Number: BinaryInteger>(_ number: Number, _ divisor: Number) -> Number {
    let rest = number % divisor
    return rest < 0 ? rest + divisor : rest
}
