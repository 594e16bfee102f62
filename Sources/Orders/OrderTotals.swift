import Commerce

/// What an order costs: a pure function of its lines, what each of them loses by a discount, its shipping and the taxes.
///
/// Each line is rounded once. A discount lowers what is taxed; it never touches shipping. With prices that include the tax, the tax is a part of the total instead of being added to it.
public struct OrderTotals: Sendable, Hashable {
    /// So many at a price.
    public struct Line: Sendable, Hashable {
        public let price: Money
        public let quantity: Int
        public let taxClass: String

        public init(price: Money, quantity: Int, taxClass: String = "standard") {
            self.price = price
            self.quantity = quantity
            self.taxClass = taxClass
        }
    }

    /// What a line comes to.
    public struct Charge: Sendable, Hashable {
        /// Before the discount.
        public let subtotal: Money
        public let discount: Money
        public let tax: Money
        /// Nil where its class is not taxed.
        public let rate: TaxRate?
    }

    /// The taxes that apply where the order goes.
    public struct Taxes: Sendable, Hashable {
        public let rates: [String: TaxRate]
        public let shippingClass: String
        public let isInclusive: Bool

        /// `rates` by tax class; a class without one is not taxed.
        public init(rates: [String: TaxRate] = [:], shippingClass: String = "standard", isInclusive: Bool = false) {
            self.rates = rates
            self.shippingClass = shippingClass
            self.isInclusive = isInclusive
        }
    }

    /// One for each line, in their order.
    public let charges: [Charge]
    public let subtotal: Money
    public let discount: Money
    public let shipping: Money
    public let tax: Money
    public let taxLines: [TaxLine]
    public let total: Money
    public let isTaxInclusive: Bool

    /// `discounts` are those of the lines in their order, as `Discount.taken` gives them; none takes more than its line
    /// comes to, and where there are fewer the other lines lose nothing.
    ///
    /// - Throws: `OutOfRange` where any of it is above `Money.maximum`.
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

    /// The tax on `amount`, which is added to its rate's line.
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
