import Commerce
import Primitives

/// Amounts as PayPal writes them: `{"currency_code": "EUR", "value": "10.00"}`.
enum PayPalMoney {
    /// Returns an amount in PayPal's form.
    ///
    /// - Throws: `GatewayError.unsupported` where PayPal cannot say it.
    static func json(_ amount: Money, _ currency: Currency) throws(GatewayError) -> JSONValue {
        guard let rule = PayPalAmounts.table.rule(currency), let units = PayPalAmounts.table.units(amount, currency)
        else { throw .unsupported("PayPal does not take this amount in \(currency.code).") }
        return .object([
            "currency_code": .string(currency.code), "value": .string(text(units, decimals: rule.decimals)),
        ])
    }

    /// Returns units as decimal text: 1005 with two decimals is `10.05`.
    static func text(_ units: Int64, decimals: Int) -> String {
        let digits = String(units)
        guard decimals > 0 else { return digits }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
        let split = padded.utf8.index(padded.utf8.endIndex, offsetBy: -decimals)
        return padded[..<split] + "." + padded[split...]
    }

    /// Returns the units that decimal text says; nil where it is no such text, or has digits beyond the decimals.
    static func units(_ text: String, decimals: Int) -> Int64? {
        let (sign, rest): (Int64, Substring) = text.after("-").map { (-1, $0) } ?? (1, text.slice)
        let (whole, fraction) = rest.halves(at: ".")
        var digits = Array((fraction ?? "").utf8)
        guard !whole.isEmpty, fraction.map({ !$0.isEmpty }) ?? true, whole.utf8.count + digits.count <= 18 else {
            return nil
        }
        while digits.count > decimals {
            guard digits.removeLast() == UInt8(ascii: "0") else { return nil }
        }
        digits += Array(repeating: UInt8(ascii: "0"), count: decimals - digits.count)
        let all = Array(whole.utf8) + digits
        guard all.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else { return nil }
        return Int64(String(decoding: all, as: UTF8.self)).map { sign * $0 }
    }

    /// Returns an amount of an answer; negative ones as they are.
    ///
    /// - Throws: `GatewayError.unavailable` where there is none, or one in another currency.
    static func read(_ fields: PayPalFields, _ currency: Currency) throws(GatewayError) -> Money {
        guard fields["currency_code"].text == currency.code, let text = fields["value"].text,
            let rule = PayPalAmounts.table.rule(currency), let units = units(text, decimals: rule.decimals)
        else { throw .unavailable("its answer has no amount in \(currency.code)", isUndone: false) }
        return try PayPalAmounts.table.money(units, currency)
    }

    /// Returns the currency that an amount names, where it is one that PayPal takes.
    static func currency(_ fields: PayPalFields) -> Currency? {
        guard let code = fields["currency_code"].text, let currency = Currency(code: code),
            PayPalAmounts.table.rule(currency) != nil
        else { return nil }
        return currency
    }
}
