/// A reduction of the lines of an order before tax; shipping is not reduced.
public enum Discount: Sendable, Hashable {
    /// A part of what the lines come to, in millionths: 100,000 is 10 %.
    case percentage(millionths: Int64)
    /// A fixed amount, in the shop's currency.
    case amount(Money)

    /// Returns the discount of each of `lines`, which must not be negative: zero where `applies` is false, and in total
    /// no more than the lines it applies to come to or `limit` allows.
    ///
    /// The whole is rounded once, half up, and then spread by largest remainder: the parts always add up to it.
    ///
    /// - Throws: `OutOfRange` where the lines come to more than 64 bits hold.
    public func taken(from lines: [Money], where applies: [Bool], atMost limit: Money? = nil) throws(OutOfRange)
        -> [Money]
    {
        let weights = zip(lines, applies).map { $1 ? $0 : .zero }
        let sum = try weights.total()
        guard sum > .zero else { return lines.map { _ in .zero } }
        let asked =
            switch self {
            case .percentage(let millionths): try sum.portion(min(max(millionths, 0), 1_000_000), of: 1_000_000)
            case .amount(let amount): amount
            }
        return try max(min(asked, sum, limit ?? sum), .zero).spread(over: weights)
    }
}
