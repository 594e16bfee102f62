/// A tax on a class of goods.
public struct TaxRate: Sendable, Hashable {
    /// Millionths in a whole: a rate has up to six decimals.
    static let scale: Int64 = 1_000_000

    /// The name shown on orders and invoices.
    public let name: String
    /// Millionths: 190,000 is 19 %.
    public let millionths: Int64

    /// Creates a rate in millionths; `name` is shown to customers.
    public init(name: String, millionths: Int64) {
        self.name = name
        self.millionths = millionths
    }

    /// The rate as it is sent: `"0.19"`, `"0.08875"`.
    public var text: String { millionths.decimalText(scale: 6, atLeast: 1) }

    /// Returns the tax on `amount`, rounded half up once: on top of it, or the part that is in it already.
    ///
    /// - Throws: `OutOfRange`.
    public func tax(on amount: Money, isInclusive: Bool) throws(OutOfRange) -> Money {
        try amount.portion(millionths, of: isInclusive ? Self.scale.plus(millionths) : Self.scale)
    }
}

/// The part of an order's taxes that falls under one rate.
public struct TaxLine: Sendable, Hashable {
    /// The rate that was applied.
    public let rate: TaxRate
    /// The taxed amount, without the tax.
    public var taxable: Money
    /// The tax itself.
    public var amount: Money

    /// Creates a line as it is stored on an order; the amounts are not checked against the rate.
    public init(rate: TaxRate, taxable: Money, amount: Money) {
        self.rate = rate
        self.taxable = taxable
        self.amount = amount
    }
}
