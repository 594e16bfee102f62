import Primitives

extension Currency {
    /// Returns `amount` as it is sent: a decimal number with this currency's decimals, `"19.99"`, `"1999"`, `"1.999"`.
    public func text(_ amount: Money) -> String {
        let digits = String(amount.minorUnits.magnitude)
        let sign = amount.minorUnits < 0 ? "-" : ""
        guard decimals > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// Returns the amount that a decimal text names; nil where it is no number, has more decimals than this currency
    /// (apart from zeros) or is beyond ``Money/maximum``.
    public func amount(_ text: String) -> Money? {
        guard let number = Int64(decimal: text, scale: decimals) else { return nil }
        guard number.magnitude <= Money.maximum.minorUnits.magnitude else { return nil }
        return Money(minorUnits: number)
    }
}

extension Int64 {
    /// Returns this number of 10^-`scale` units as decimal text, without trailing zeros beyond `atLeast` decimals.
    public func decimalText(scale: Int, atLeast: Int = 0) -> String {
        let digits = String(magnitude)
        let padded = String(repeating: "0", count: Swift.max(0, scale + 1 - digits.utf8.count)) + digits
        var fraction = padded.suffix(scale)
        while fraction.last == "0", fraction.utf8.count > atLeast { fraction.removeLast() }
        return (self < 0 ? "-" : "") + padded.dropLast(scale) + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// Creates the decimal number `text` times 10^`scale`; nil where it is no plain decimal number, is not whole at
    /// that scale, or does not fit.
    public init?(decimal text: String, scale: Int) {
        var rest = Substring(text)
        let negative = rest.begins(with: "-")
        rest = rest.after("-") ?? rest
        let parts = rest.cut(at: ".")
        guard (1...2).contains(parts.count), !parts[0].isEmpty else { return nil }
        var fraction = parts.count == 2 ? parts[1] : ""
        if parts.count == 2, fraction.isEmpty { return nil }
        while fraction.last == "0", fraction.utf8.count > scale { fraction = fraction.dropLast() }
        guard fraction.utf8.count <= scale else { return nil }
        let digits = parts[0] + fraction + String(repeating: "0", count: scale - fraction.utf8.count)
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(digits) else { return nil }
        self = negative ? -number : number
    }
}
