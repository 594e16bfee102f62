/// The offsets of a time zone from UTC: the transitions of its TZif file and, after the last of them, the rule of its
/// footer (RFC 8536).
public struct TimeZoneRules: Sendable {
    /// A quarter of an hour in microseconds: clocks everywhere are set by quarters of an hour, so that sums over such slots add
    /// up to days of any time zone.
    public static let slot: Int64 = 900_000_000

    /// The reason why a zone cannot be used.
    public enum Failure: Error, Sendable, Hashable {
        /// There is no file of that name.
        case unknown(String)
        /// The file is none of RFC 8536.
        case malformed(String)
    }

    /// The name in the IANA database: `Europe/Berlin`.
    public let name: String
    /// Seconds since 1970 from which each of `offsets` holds.
    let transitions: [Int64]
    let offsets: [Int]
    /// The offset before the first transition.
    let first: Int
    /// The rule after the last transition.
    let rule: TimeZoneFooter?

    /// UTC, which needs no file.
    public static let utc = TimeZoneRules(name: "UTC", transitions: [], offsets: [], first: 0, rule: nil)

    init(name: String, transitions: [Int64], offsets: [Int], first: Int, rule: TimeZoneFooter?) {
        self.name = name
        self.transitions = transitions
        self.offsets = offsets
        self.first = first
        self.rule = rule
    }

    /// Returns how far clocks are ahead of UTC at a moment; both in seconds, the moment since 1970.
    public func offset(at moment: Int64) -> Int {
        guard let last = transitions.last else { return rule?.offset(at: moment) ?? first }
        if moment >= last, let rule { return rule.offset(at: moment) }
        let next = transitions.partitioningIndex { $0 > moment }
        return next == 0 ? first : offsets[next - 1]
    }

    /// Returns the day that calendars of the zone show at a moment.
    public func day(of moment: Timestamp) -> CivilDate {
        let local = moment.seconds + Int64(offset(at: moment.seconds))
        return CivilDate(secondsSinceEpoch: local)
    }

    /// Returns the first moment, in seconds since 1970, at which clocks show `local` (the same count by the clock); nil
    /// where they jump over it.
    func moment(ofClock local: Int64) -> Int64? {
        let near = Set([-86_400, 0, 86_400].map { offset(at: local + $0) })
        return near.map { local - Int64($0) }.filter { $0 + Int64(offset(at: $0)) == local }.min()
    }

    /// Returns the moment at which a day begins: midnight, or the end of the gap where clocks jump over it.
    public func start(of day: CivilDate) -> Timestamp {
        let midnight = Int64(day.daysSinceEpoch) * 86_400
        if let start = moment(ofClock: midnight) { return Timestamp(seconds: start) }
        let seconds = midnight - 86_400..<midnight + 86_400
        return Timestamp(seconds: seconds.partitioningIndex { $0 + Int64(offset(at: $0)) >= midnight })
    }
}
