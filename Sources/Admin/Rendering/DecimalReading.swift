import AdminPages
import Commerce
import Primitives

/// What a number means that somebody typed.
///
/// Points and commas are both taken for marks of a fraction and of thousands, as far as there is one way alone to read them.
enum DecimalReading: Sendable, Hashable {
    /// A number, as the API writes it.
    case number(String)
    /// One of two numbers, as the API writes them: the mark parts thousands, or a fraction.
    case unclear(thousands: String, fraction: String)
    /// No number.
    case other

    /// Reads a text; one of `units`, the sign or code of a currency, may stand before the number or behind it. A single mark
    /// before three digits is that of a fraction where readers of the language write a fraction so; the other mark there may
    /// stand for either.
    init(_ typed: String, in language: AdminLanguage, units: [String] = []) {
        let (sign, digits) = Self.bare(typed, units)
        switch Self.reading(of: digits, point: language == .german ? "," : ".") {
        case .number(let number): self = .number(sign + number)
        case .unclear(let thousands, let fraction):
            self = .unclear(thousands: sign + thousands, fraction: sign + fraction)
        case .other: self = .other
        }
    }

    /// Returns the sign of a number and its digits, without a currency before or behind them.
    private static func bare(_ typed: String, _ units: [String]) -> (sign: String, digits: String) {
        var (sign, rest) = signed(typed.trimmed)
        for unit in units {
            guard let inner = rest.after(unit) ?? rest.before(unit) else { continue }
            rest = inner.trimmed
            break
        }
        guard sign.isEmpty else { return (sign, rest) }
        (sign, rest) = signed(rest)
        return (sign, rest)
    }

    private static func signed(_ text: String) -> (String, String) {
        text.after("-").map { ("-", $0.trimmed) } ?? ("", text)
    }

    private static func reading(of digits: String, point: Unicode.Scalar) -> DecimalReading {
        let isPlain = digits.unicodeScalars.allSatisfy { isMark($0) || ("0"..."9").contains($0) }
        guard !digits.isEmpty, isPlain else { return .other }
        guard let mark = digits.unicodeScalars.last(where: isMark) else { return .number(digits) }
        let parts = digits.cut(at: mark)
        let other: Unicode.Scalar = mark == "," ? "." : ","
        if digits.holds(other) { return mixed(parts, other) }
        if parts.count > 2 { return areThousands(parts) ? .number(parts.joined(separator: "")) : .other }
        guard !parts[0].isEmpty, !parts[1].isEmpty else { return .other }
        let fraction = parts.joined(separator: ".")
        let isClear = mark == point || parts[0].begins(with: "0") || !areThousands(parts)
        return isClear ? .number(fraction) : .unclear(thousands: parts.joined(separator: ""), fraction: fraction)
    }

    /// Reads digits with both marks, of which the last parts the fraction.
    private static func mixed(_ parts: [Substring], _ mark: Unicode.Scalar) -> DecimalReading {
        guard parts.count == 2, !parts[1].isEmpty else { return .other }
        let thousands = parts[0].cut(at: mark)
        return areThousands(thousands) ? .number(thousands.joined(separator: "") + "." + String(parts[1])) : .other
    }

    private static func areThousands(_ parts: [Substring]) -> Bool {
        (1...3).contains(parts[0].utf8.count) && parts.dropFirst().allSatisfy { $0.utf8.count == 3 }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool { scalar == "," || scalar == "." }
}

extension AdminFormat {
    /// Reads a number as it was typed, with the shop's currency or without.
    func reading(_ typed: String) -> DecimalReading {
        let code = shop.currency.code
        return DecimalReading(typed, in: language, units: [Self.symbol(of: code), code].compactMap { $0 })
    }

    /// Returns why a number cannot be taken that may be one of two.
    func refusal(thousands: String, fraction: String) -> String {
        Words.unclearNumber.text(in: language, typed(thousands), typed(fraction))
    }
}
