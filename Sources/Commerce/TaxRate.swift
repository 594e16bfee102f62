/// A tax of a class of goods.
public struct TaxRate: Sendable, Hashable {
    /// Millionths in a whole: a rate has up to six decimals.
    static let scale: Int64 = 1_000_000

    public let name: String
    /// Millionths: 190,000 is 19 %.
    public let millionths: Int64

    public init(name: String, millionths: Int64) {
        self.name = name
        self.millionths = millionths
    }

    /// The rate as the wire has it: `"0.19"`, `"0.08875"`.
    public var text: String { millionths.decimalText(scale: 6, atLeast: 1) }

    /// The tax on `amount`, rounded half up once: on top of it, or the part that is in it already.
    ///
    /// - Throws: `OutOfRange`.
    public func tax(on amount: Money, isInclusive: Bool) throws(OutOfRange) -> Money {
        try amount.portion(millionths, of: isInclusive ? Self.scale.plus(millionths) : Self.scale)
    }
}

/// What an order pays of one tax.
public struct TaxLine: Sendable, Hashable {
    public let rate: TaxRate
    /// What was taxed, without the tax.
    public var taxable: Money
    public var amount: Money

    public init(rate: TaxRate, taxable: Money, amount: Money) {
        self.rate = rate
        self.taxable = taxable
        self.amount = amount
    }
}
