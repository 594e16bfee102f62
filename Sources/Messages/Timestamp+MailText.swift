import Primitives

extension Timestamp {
    /// Writes the moment for readers of mails, to the minute: `2026-11-30 12:05 UTC`.
    public var mailText: String {
        let day = TimeZoneRules.utc.day(of: self)
        let minute = (Int(seconds) - day.daysSinceEpoch * 86_400) / 60
        let (hours, minutes) = (minute / 60, minute % 60)
        let pad = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(day) \(pad(hours)):\(pad(minutes)) UTC"
    }
}
