import Commerce

/// The cost of an order: a pure function of its lines, their discounts, its shipping and the taxes.
///
/// Each line is rounded once. A discount lowers what is taxed; it never touches shipping. With prices that include tax,
/// the tax is a part of the total instead of being added to it.
public struct OrderTotals: Sendable, Hashable {
    /// A number of units at one price.
    public struct Line: Sendable, Hashable {
        /// The price of one unit, in minor units.
        public let price: Money
        /// The number of units.
        public let quantity: Int
        /// The code of the tax class.
        public let taxClass: String

        /// Creates a line of `quantity` units at `price` each.
        public init(price: Money, quantity: Int, taxClass: String = "standard") {
            self.price = price
            self.quantity = quantity
            self.taxClass = taxClass
        }
    }

    /// The amounts that a line comes to.
    public struct Charge: Sendable, Hashable {
        /// The price of all units before the discount, in minor units.
        public let subtotal: Money
        /// The line's share of the discount, at most ``subtotal``.
        public let discount: Money
        /// The tax on the line after its discount, rounded once.
        public let tax: Money
        /// The rate that was applied; nil where its class is not taxed.
        public let rate: TaxRate?
    }

    /// The taxes that apply at the order's destination.
    public struct Taxes: Sendable, Hashable {
        /// The rates by the code of the tax class; a class without one is not taxed.
        public let rates: [String: TaxRate]
        /// The code of the tax class by which shipping is taxed.
        public let shippingClass: String
        /// Whether prices and shipping include their tax.
        public let isInclusive: Bool

        /// Creates taxes from `rates` by tax class; without any, nothing is taxed.
        public init(rates: [String: TaxRate] = [:], shippingClass: String = "standard", isInclusive: Bool = false) {
            self.rates = rates
            self.shippingClass = shippingClass
            self.isInclusive = isInclusive
        }
    }

    /// The charges of the lines, in their order.
    public let charges: [Charge]
    /// The sum of the lines before discount, in minor units.
    public let subtotal: Money
    /// The sum of the discounts, in minor units.
    public let discount: Money
    /// The price of shipping, in minor units.
    public let shipping: Money
    /// The sum of ``taxLines``, in minor units.
    public let tax: Money
    /// The taxes by rate, in the order in which lines, then shipping, first met them.
    public let taxLines: [TaxLine]
    /// The amount to pay, in minor units; at most `Money.maximum`.
    public let total: Money
    /// Whether ``total`` contains the tax already; otherwise it was added.
    public let isTaxInclusive: Bool

    /// Computes the totals. `discounts` are those of the lines by position, as `Discount.taken` gives them; none takes
    /// more than its line comes to, and where there are fewer the other lines lose nothing.
    ///
    /// - Throws: `OutOfRange` where any sum is above `Money.maximum`.
    public init(
        _ lines: [Line], discounts: [Money] = [], shipping: Money = .zero, taxes: Taxes = Taxes()
    ) throws(OutOfRange) {
        let subtotals = try lines.map { line throws(OutOfRange) in try line.price * line.quantity }
        let subtotal = try subtotals.total()
        let discounts = lines.indices.map { index in
            discounts.indices.contains(index) ? min(max(discounts[index], .zero), subtotals[index]) : .zero
        }
        var ledger = TaxLedger(taxes: taxes)
        charges = try lines.indices.map { index throws(OutOfRange) in
            let tax = try ledger.add(subtotals[index] - discounts[index], of: lines[index].taxClass)
            return Charge(
                subtotal: subtotals[index], discount: discounts[index], tax: tax,
                rate: taxes.rates[lines[index].taxClass])
        }
        _ = try ledger.add(shipping, of: taxes.shippingClass)
        self.subtotal = subtotal
        discount = try discounts.total()
        self.shipping = shipping
        taxLines = ledger.lines
        tax = try ledger.lines.map(\.amount).total()
        isTaxInclusive = taxes.isInclusive
        total = try subtotal - discount + shipping + (taxes.isInclusive ? .zero : tax)
        guard max(subtotal, shipping, tax, total) <= .maximum else { throw OutOfRange("The order's total") }
    }
}

/// Adds up what each rate taxes.
private struct TaxLedger {
    let taxes: OrderTotals.Taxes
    private(set) var lines: [TaxLine] = []

    init(taxes: OrderTotals.Taxes) {
        self.taxes = taxes
    }

    /// Returns the tax on `amount`, having added it to its rate's line.
    mutating func add(_ amount: Money, of taxClass: String) throws(OutOfRange) -> Money {
        guard let rate = taxes.rates[taxClass], amount > .zero else { return .zero }
        let tax = try rate.tax(on: amount, isInclusive: taxes.isInclusive)
        let taxable = taxes.isInclusive ? try amount - tax : amount
        if let index = lines.firstIndex(where: { $0.rate == rate }) {
            try lines[index].taxable += taxable
            try lines[index].amount += tax
        } else {
            lines.append(TaxLine(rate: rate, taxable: taxable, amount: tax))
        }
        return tax
    }
}
