import Primitives

extension Int64 {
    /// The most places that an exponent may move the point by: programs write no number beyond.
    private static let furthest = 400

    /// Creates the decimal number `text` times 10^`scale`, rounded to whole units and away from zero at a half; an exponent may
    /// follow, as programs write small numbers (`1e-7`). Nil where it is no decimal number or does not fit.
    public init?(rounding text: String, scale: Int) {
        let magnitude = text.after("-") ?? text[...]
        let (mantissa, exponent) = magnitude.halves(at: magnitude.holds("E") ? "E" : "e")
        let (whole, fraction) = mantissa.halves(at: ".")
        guard !whole.isEmpty, fraction?.isEmpty != true, let power = Self.power(exponent) else { return nil }
        let digits = Array((whole + (fraction ?? "")).utf8)
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let point = whole.utf8.count + power + scale
        let zeros = [UInt8](repeating: 0x30, count: Swift.max(0, point - digits.count))
        let kept = digits.prefix(Swift.max(0, point)) + zeros
        guard let units = Int64(kept.isEmpty ? "0" : String(decoding: kept, as: UTF8.self)) else { return nil }
        let isUp = digits.indices.contains(point) && digits[point] >= 0x35
        let (rounded, isBeyond) = units.addingReportingOverflow(isUp ? 1 : 0)
        if isBeyond { return nil }
        self = magnitude.utf8.count < text.utf8.count ? -rounded : rounded
    }

    private static func power(_ exponent: Substring?) -> Int? {
        guard let exponent else { return 0 }
        guard let power = Int(exponent), (-furthest...furthest).contains(power) else { return nil }
        return power
    }
}
