/// The rule by which a zone's clocks go on after its last known transition: a TZ string as POSIX has it, with the
/// extensions of RFC 8536 3.3.1 (`CET-1CEST,M3.5.0,M10.5.0/3`).
struct TimeZoneFooter: Sendable, Hashable {
    /// A day of each year, and the seconds after its midnight by the clock until then.
    struct Turn: Sendable, Hashable {
        enum Day: Sendable, Hashable {
            /// From 1 to 365; the 29th of February is never counted.
            case julian(Int)
            /// From 0 to 365.
            case ordinal(Int)
            /// The week, 5 for the last, of a weekday, 0 for Sunday.
            case weekday(month: Int, week: Int, day: Int)
        }

        let day: Day
        let seconds: Int
    }

    /// Seconds ahead of UTC.
    let standard: Int
    let summer: Int
    /// Nil where clocks do not change.
    let turns: (start: Turn, end: Turn)?

    static func == (left: Self, right: Self) -> Bool {
        left.standard == right.standard && left.summer == right.summer && left.turns?.start == right.turns?.start
            && left.turns?.end == right.turns?.end
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(standard)
        hasher.combine(summer)
    }

    func offset(at moment: Int64) -> Int {
        guard let turns else { return standard }
        let year = CivilDate(secondsSinceEpoch: moment + Int64(standard)).year
        let start = turns.start.moment(in: year) - Int64(standard)
        let end = turns.end.moment(in: year) - Int64(summer)
        let isSummer = start < end ? moment >= start && moment < end : moment >= start || moment < end
        return isSummer ? summer : standard
    }

    private typealias Scalars = Substring.UnicodeScalarView

    /// Reads a TZ string; nil where `text` is none.
    init?(_ text: String) {
        var scalars = Substring(text).unicodeScalars
        guard Self.name(&scalars), let behind = Self.time(&scalars) else { return nil }
        standard = -behind
        guard !scalars.isEmpty else {
            (summer, turns) = (standard, nil)
            return
        }
        guard Self.name(&scalars) else { return nil }
        var ahead = standard + 3_600
        if scalars.first != "," {
            guard let behind = Self.time(&scalars) else { return nil }
            ahead = -behind
        }
        guard let start = Self.turn(&scalars), let end = Self.turn(&scalars), scalars.isEmpty else { return nil }
        summer = ahead
        turns = (start, end)
    }

    private static func name(_ scalars: inout Scalars) -> Bool {
        let start = scalars
        if scalars.first == "<" {
            guard let end = scalars.firstIndex(of: ">") else { return false }
            scalars = scalars[scalars.index(after: end)...]
        } else {
            scalars = scalars.drop { $0.properties.isAlphabetic }
        }
        return scalars.startIndex != start.startIndex
    }

    /// Reads `[+-]h[h[h]][:mm[:ss]]`, in seconds.
    private static func time(_ scalars: inout Scalars) -> Int? {
        let isNegative = scalars.first == "-"
        if scalars.first == "-" || scalars.first == "+" { scalars = scalars.dropFirst() }
        guard var seconds = number(&scalars).map({ $0 * 3_600 }) else { return nil }
        for unit in [60, 1] where scalars.first == ":" {
            scalars = scalars.dropFirst()
            guard let part = number(&scalars) else { return nil }
            seconds += part * unit
        }
        return isNegative ? -seconds : seconds
    }

    private static func number(_ scalars: inout Scalars) -> Int? {
        let digits = scalars.prefix { ("0"..."9").contains($0) }
        scalars = scalars.dropFirst(digits.count)
        return Int(Substring(digits))
    }

    private static func turn(_ scalars: inout Scalars) -> Turn? {
        guard scalars.first == "," else { return nil }
        scalars = scalars.dropFirst()
        guard let day = day(&scalars) else { return nil }
        guard scalars.first == "/" else { return Turn(day: day, seconds: 7_200) }
        scalars = scalars.dropFirst()
        return time(&scalars).map { Turn(day: day, seconds: $0) }
    }

    private static func day(_ scalars: inout Scalars) -> Turn.Day? {
        if scalars.first == "J" {
            scalars = scalars.dropFirst()
            return number(&scalars).map { .julian($0) }
        }
        guard scalars.first == "M" else { return number(&scalars).map { .ordinal($0) } }
        var numbers: [Int] = []
        for mark in ["M", ".", "."] as [Unicode.Scalar] {
            guard scalars.first == mark else { return nil }
            scalars = scalars.dropFirst()
            guard let number = number(&scalars) else { return nil }
            numbers.append(number)
        }
        guard (1...12).contains(numbers[0]), (1...5).contains(numbers[1]), (0...6).contains(numbers[2]) else {
            return nil
        }
        return .weekday(month: numbers[0], week: numbers[1], day: numbers[2])
    }
}

extension TimeZoneFooter.Turn {
    /// Seconds since 1970 by the clock itself.
    func moment(in year: Int) -> Int64 { Int64(days(in: year)) * 86_400 + Int64(seconds) }

    private func days(in year: Int) -> Int {
        let newYear = CivilDate(year: year, month: 1, day: 1)?.daysSinceEpoch ?? 0
        switch day {
        case .ordinal(let count): return newYear + count
        case .julian(let count):
            let isLeap = CivilDate.length(ofMonth: 2, in: year) == 29
            return newYear + count - 1 + (isLeap && count >= 60 ? 1 : 0)
        case .weekday(let month, let week, let weekday):
            let first = CivilDate(year: year, month: month, day: 1)?.daysSinceEpoch ?? 0
            // The first of January 1970 was a Thursday.
            let ahead = ((weekday - first - 4) % 7 + 7) % 7
            let last = first + CivilDate.length(ofMonth: month, in: year) - 1
            var day = first + ahead + (week - 1) * 7
            while day > last { day -= 7 }
            return day
        }
    }
}
