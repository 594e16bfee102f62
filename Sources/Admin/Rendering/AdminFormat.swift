import AdminPages
import Commerce
import Primitives

/// The way in which readers of a language expect money, numbers, days and moments.
struct AdminFormat: Sendable {
    let language: AdminLanguage
    let shop: AdminShop

    private var point: String { language == .german ? "," : "." }
    private var separator: String { language == .german ? "." : "," }

    /// Writes an amount as the API sends it (`1299.00`) with its currency; text that is none stays as it is.
    func money(_ text: String, currency: String? = nil) -> String {
        let code = currency ?? shop.currency.code
        let number = self.number(text)
        let symbol = Self.symbol(of: code)
        switch language {
        case .german: return number + "\u{A0}" + (symbol ?? code)
        case .english:
            guard let symbol else { return code + "\u{A0}" + number }
            return number.begins(with: "-") ? "-" + symbol + number.dropFirst() : symbol + number
        }
    }

    /// Writes a decimal number with its digits in threes; text that is none stays as it is.
    func number(_ text: String) -> String {
        guard let (sign, whole, fraction) = Self.parts(of: text) else { return text }
        var written = ""
        for (place, digit) in whole.unicodeScalars.enumerated() {
            if place > 0, (whole.unicodeScalars.count - place) % 3 == 0 { written += separator }
            written.unicodeScalars.append(digit)
        }
        return sign + written + (fraction.map { point + $0 } ?? "")
    }

    /// Writes a decimal number as it is typed and as spreadsheets take it, without marks for thousands; text that is none stays
    /// as it is.
    func typed(_ text: String) -> String {
        guard let (sign, whole, fraction) = Self.parts(of: text) else { return text }
        return sign + String(whole) + (fraction.map { point + $0 } ?? "")
    }

    /// Returns whether a text is a decimal number, as the API writes them.
    static func isNumber(_ text: String) -> Bool { parts(of: text) != nil }

    private static func parts(of text: String) -> (sign: String, whole: Substring, fraction: Substring?)? {
        let sign = text.begins(with: "-") ? "-" : ""
        let (whole, fraction) = text.dropFirst(sign.utf8.count).halves(at: ".")
        guard !whole.isEmpty, isDigits(whole), fraction.map(isDigits) ?? true else { return nil }
        return (sign, whole, fraction)
    }

    /// Writes a fraction (`0.19`) as a percentage.
    func rate(_ text: String) -> String {
        guard let percent = AdminRate.percent(text) else { return text }
        return number(percent) + (language == .german ? "\u{A0}%" : "%")
    }

    private var dates: DateStyle { language == .german ? shop.germanDates : shop.englishDates }

    /// Writes a day (`2026-11-30`).
    func day(_ text: String) -> String { CivilDate(text).map { dates.day($0) } ?? text }

    /// Writes a day (`2026-11-30`) without its year.
    func shortDay(_ text: String) -> String { CivilDate(text).map { dates.shortDay($0, in: language) } ?? text }

    /// Writes a moment (RFC 3339) by the clocks of the shop's zone, to the minute.
    func moment(_ text: String) -> String {
        guard let moment = Timestamp(text) else { return text }
        let (date, second) = local(moment)
        return dates.day(date) + ", " + dates.time(second / 60)
    }

    /// Returns a moment as `datetime-local` fields have it: `2026-11-30T12:05`, by the shop's clocks, with its seconds where it
    /// has some: a form that is saved as it is changes nothing.
    func field(_ text: String) -> String {
        guard let moment = Timestamp(text) else { return text }
        let (date, second) = local(moment)
        let clock = [second / 3_600, second / 60 % 60].map(DateStyle.padded).joined(separator: ":")
        return "\(date)T\(clock)" + (second % 60 == 0 ? "" : ":" + DateStyle.padded(second % 60))
    }

    /// Returns the day of a moment by the shop's clocks, and the second of that day.
    private func local(_ moment: Timestamp) -> (date: CivilDate, second: Int) {
        let seconds = moment.seconds + Int64(shop.zone.offset(at: moment.seconds))
        return (CivilDate(secondsSinceEpoch: seconds), Int(((seconds % 86_400) + 86_400) % 86_400))
    }

    private static func isDigits(_ text: Substring) -> Bool {
        text.unicodeScalars.allSatisfy { (0x30...0x39).contains($0.value) }
    }

    /// Returns the sign of a currency; nil where its code is written.
    static func symbol(of code: String) -> String? { symbols[code] }

    private static let symbols = [
        "EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "ILS": "₪", "VND": "₫", "UAH": "₴",
        "PHP": "₱", "NGN": "₦",
    ]
}

/// Fractions as the API has them, entered and shown as percentages; moved by their text, never through floating point.
enum AdminRate {
    /// Returns `19` for `0.19`; nil for text that is no decimal number.
    static func percent(_ fraction: String) -> String? { shifted(fraction, by: 2) }

    /// Returns `0.19` for `19`, `19%` or `19,0`; nil for text that is no decimal number.
    static func fraction(_ percent: String) -> String? {
        let text = percent.replacing { $0 == "," ? "." : $0 == "%" || $0 == "\u{A0}" ? "" : nil }
        return shifted(text.trimmed, by: -2)
    }

    private static func shifted(_ text: String, by places: Int) -> String? {
        let sign = text.begins(with: "-") ? "-" : ""
        let (whole, fraction) = text.dropFirst(sign.utf8.count).halves(at: ".")
        var digits = Array(whole.utf8) + Array((fraction ?? "").utf8)
        guard !whole.isEmpty, digits.count <= 30, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        var point = whole.utf8.count + places
        if point <= 0 {
            digits = Array(repeating: 0x30, count: 1 - point) + digits
            point = 1
        }
        while digits.count < point { digits.append(0x30) }
        var head = digits[..<point].drop { $0 == 0x30 }
        if head.isEmpty { head = [0x30] }
        var tail = digits[point...]
        while tail.last == 0x30 { tail.removeLast() }
        let number = String(decoding: head, as: UTF8.self)
        return sign + (tail.isEmpty ? number : number + "." + String(decoding: tail, as: UTF8.self))
    }
}
