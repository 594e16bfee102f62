/// The moment of a day that a bare date stands for.
public enum DayEdge: Sendable {
    /// Its first moment.
    case beginning
    /// The moment after its last: moments before it are within the day.
    case end
}

/// A date, or a date with a time, as clients write it: `2026-11-30`, `2026-11-30T18:00`, `2026-11-30 18:00:05.25+0200`.
///
/// Takes what Django REST Framework takes: seconds, a fraction and the zone may be left out, parts may have one digit.
public struct DateTimeText: Sendable, Hashable {
    /// The day by the calendar of the zone that is named, or of the zone that is asked for.
    public let date: CivilDate
    /// Since midnight, by the clock; nil for a bare date.
    private var microseconds: Int64?
    /// Minutes east of UTC; nil where the text names no zone.
    private var offset: Int?

    /// Reads `text`; nil where it is neither a date nor a date with a time.
    public init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        guard let year = rest.number(4...4), rest.take("-"), let month = rest.number(1...2), rest.take("-"),
            let day = rest.number(1...2), year > 0, let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        self.date = date
        if rest.isEmpty { return }
        guard rest.take("T") || rest.take("t") || rest.take(" "), let clock = Self.clock(&rest) else { return nil }
        microseconds = clock
        while rest.take(" ") {}
        if rest.isEmpty { return }
        guard let offset = Self.offset(&rest), rest.isEmpty else { return nil }
        self.offset = offset
    }

    /// Whether it is a bare date.
    public var isDay: Bool { microseconds == nil }

    /// Returns the moment that is meant, in `zone` where the text names none: of a bare date the one that `edge` says,
    /// of a time that clocks show twice the first. Nil for a time that the clocks of `zone` skip.
    public func moment(in zone: TimeZoneRules, at edge: DayEdge) -> Timestamp? {
        guard let microseconds else {
            guard edge == .end else { return zone.start(of: date) }
            return min(zone.start(of: CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1)), .last)
        }
        let local = date.startInUTC + TimeSpan(microseconds: microseconds)
        if let offset { return local - .minutes(Int64(offset)) }
        let seconds = local.seconds
        return zone.moment(ofClock: seconds).map { local - .seconds(seconds - $0) }
    }

    /// Reads `hh:mm[:ss[.ffffff]]`, in microseconds; further digits are ignored.
    private static func clock(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        guard let hour = rest.number(1...2), rest.take(":"), let minute = rest.number(1...2), hour < 24, minute < 60
        else { return nil }
        let whole = Int64(hour * 3_600 + minute * 60) * 1_000_000
        guard rest.take(":") else { return whole }
        guard let second = rest.number(1...2), second < 61, let fraction = Self.fraction(&rest) else { return nil }
        return whole + Int64(min(second, 59)) * 1_000_000 + fraction
    }

    private static func fraction(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        guard rest.take(".") || rest.take(",") else { return 0 }
        let count = rest.digitCount
        guard count > 0, let number = rest.number(1...6) else { return nil }
        rest = rest.dropFirst(rest.digitCount)
        return (min(count, 6)..<6).reduce(Int64(number)) { number, _ in number * 10 }
    }

    /// Reads `Z`, `+02:00`, `+0200` or `+02`, in minutes.
    private static func offset(_ rest: inout ArraySlice<UInt8>) -> Int? {
        if rest.take("Z") || rest.take("z") { return 0 }
        let isWest = rest.take("-")
        guard isWest || rest.take("+"), let hour = rest.number(2...2), hour < 24 else { return nil }
        let isPointed = rest.take(":")
        guard isPointed || !rest.isEmpty else { return isWest ? -hour * 60 : hour * 60 }
        guard let minute = rest.number(2...2), minute < 60 else { return nil }
        return (hour * 60 + minute) * (isWest ? -1 : 1)
    }
}

extension Timestamp {
    /// The last moment that RFC 3339 can write.
    public static let last = Timestamp(seconds: 253_402_300_799) + TimeSpan(microseconds: 999_999)
}

extension ArraySlice<UInt8> {
    fileprivate var digitCount: Int { prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count }

    fileprivate mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard first == UInt8(ascii: mark) else { return false }
        removeFirst()
        return true
    }

    /// Reads the number in the next digits, at most as many as `width` allows.
    fileprivate mutating func number(_ width: ClosedRange<Int>) -> Int? {
        let count = Swift.min(digitCount, width.upperBound)
        guard count >= width.lowerBound, let number = digits(prefix(count)) else { return nil }
        removeFirst(count)
        return number
    }
}
