import Primitives
import Synchronization

/// The `Date` header (RFC 9110, section 5.6.7), written once a second.
final class HTTPDate: Sendable {
    private let last = Mutex<(second: Int64, text: String)>((.min, ""))

    /// Returns the date of `now` as `Sun, 06 Nov 1994 08:49:37 GMT`.
    func text(_ now: Timestamp) -> String {
        let second = now.seconds
        return last.withLock { last in
            if last.second != second { last = (second, Self.format(now)) }
            return last.text
        }
    }

    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func format(_ moment: Timestamp) -> String {
        let day = moment.dayInUTC
        let second = Int((moment.seconds % 86_400 + 86_400) % 86_400)
        // 1970-01-01 was a Thursday.
        let weekday = weekdays[(day.daysSinceEpoch % 7 + 7) % 7]
        let clock = [second / 3_600, second / 60 % 60, second % 60].map(twoDigits).joined(separator: ":")
        return "\(weekday), \(twoDigits(day.day)) \(months[day.month - 1]) \(day.year) \(clock) GMT"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
