import AdminPages
import Primitives

/// The way in which days and hours are written in a language and a country.
struct DateStyle: Sendable, Hashable {
    /// The order of the parts of a day.
    enum Order: Sendable {
        /// `30.11.2026`.
        case dayFirst
        /// `11/30/2026`.
        case monthFirst
        /// `2026-11-30`.
        case yearFirst
    }

    /// What a clock shows.
    enum Clock: Sendable {
        /// `16:05`.
        case hours24
        /// `4:05 PM`.
        case capitals
        /// `4:05 pm`.
        case smallLetters
        /// `4:05 p.m.`.
        case dotted
    }

    let order: Order
    /// What stands between the parts of a day; nil where the month is a word.
    let separator: String?
    /// Whether days and months below ten have a zero before them.
    let isPadded: Bool
    let clock: Clock

    private init(_ order: Order, _ separator: String?, padded: Bool = true, _ clock: Clock = .hours24) {
        self.order = order
        self.separator = separator
        isPadded = padded
        self.clock = clock
    }

    /// Returns the style of a language, by the country of the shop's language tag where the tag is of that language. English of
    /// no country writes months as words, which nobody mistakes for days.
    static func style(of language: AdminLanguage, shop tag: String) -> DateStyle {
        let parts = tag.lowercased().cut(where: { $0 == "-" || $0 == "_" })
        let isOfShop = parts.first?.isSame(as: language.rawValue) ?? false
        let country = isOfShop ? parts.dropFirst().first { $0.utf8.count == 2 } : nil
        switch language {
        case .german: return DateStyle(.dayFirst, ".")
        case .english: return country.flatMap { english[String($0)] } ?? DateStyle(.dayFirst, nil, padded: false)
        }
    }

    /// As the Common Locale Data Repository has them (https://cldr.unicode.org).
    private static let english: [String: DateStyle] = [
        "us": DateStyle(.monthFirst, "/", padded: false, .capitals), "ca": DateStyle(.yearFirst, "-", .dotted),
        "gb": DateStyle(.dayFirst, "/"), "ie": DateStyle(.dayFirst, "/"), "za": DateStyle(.yearFirst, "/"),
        "au": DateStyle(.dayFirst, "/", .smallLetters), "nz": DateStyle(.dayFirst, "/", .smallLetters),
        "in": DateStyle(.dayFirst, "/", .smallLetters), "sg": DateStyle(.dayFirst, "/", .smallLetters),
        "de": DateStyle(.dayFirst, "/"), "at": DateStyle(.dayFirst, "/"), "ch": DateStyle(.dayFirst, "."),
    ]

    /// Writes a day.
    func day(_ date: CivilDate) -> String {
        guard let separator else { return "\(date.day) \(Self.months[date.month - 1]) \(date.year)" }
        let (day, month, year) = (digits(date.day), digits(date.month), String(date.year))
        return switch order {
        case .dayFirst: day + separator + month + separator + year
        case .monthFirst: month + separator + day + separator + year
        case .yearFirst: year + separator + month + separator + day
        }
    }

    /// Writes a day without its year, short enough for an axis.
    func shortDay(_ date: CivilDate, in language: AdminLanguage) -> String {
        if language == .german { return "\(date.day).\(date.month)." }
        let month = Self.months[date.month - 1]
        return order == .dayFirst ? "\(date.day) \(month)" : "\(month) \(date.day)"
    }

    /// Writes the minutes since midnight.
    func time(_ minutes: Int) -> String {
        let (hour, minute) = (minutes / 60, Self.padded(minutes % 60))
        let (isMorning, hour12) = (hour < 12, hour % 12 == 0 ? 12 : hour % 12)
        return switch clock {
        case .hours24: Self.padded(hour) + ":" + minute
        case .capitals: "\(hour12):\(minute) " + (isMorning ? "AM" : "PM")
        case .smallLetters: "\(hour12):\(minute) " + (isMorning ? "am" : "pm")
        case .dotted: "\(hour12):\(minute) " + (isMorning ? "a.m." : "p.m.")
        }
    }

    private func digits(_ number: Int) -> String { isPadded ? Self.padded(number) : String(number) }

    static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
