import Commerce
import Primitives
import SQL

/// What is known of an order's line when vendors' shares in it are reckoned. All amounts are in minor units.
struct SoldLine: Sendable {
    /// Whether it has reached the customer.
    enum Arrival: Sendable, Equatable {
        case underWay
        case delivered(Timestamp)
        /// Canceled before it left: nothing is waited for.
        case cancelled
    }

    let id: OrderItemID
    let product: ProductID
    /// Nil for the shop's own goods.
    let vendor: VendorID?
    let quantity: Int
    let price: Money
    /// What was to be paid for the whole line, with tax.
    let worth: Money
    /// The tax within ``worth``.
    let tax: Money
    var arrival = Arrival.underWay
    /// What was canceled of it before the invoice: units, value with tax, the tax in it.
    var goneUnits = 0
    var gone = Money.zero
    var goneTax = Money.zero
    /// What was credited of it after the invoice, with tax, and the tax in it.
    var credited = Money.zero
    var creditedTax = Money.zero
    /// What was frozen when it was sold; nil for the shop's own goods, and before.
    var sale: LineCommission?

    /// What its invoice claims, with tax.
    var invoiced: Money { get throws(OutOfRange) { try worth - gone } }
    /// What its invoice claims, net of tax: what commission is taken of.
    var base: Money { get throws(OutOfRange) { try invoiced - (tax - goneTax) } }
    /// Returns what so many units of it cost, with tax.
    ///
    /// - Throws: `OutOfRange`.
    func worth(of units: Int) throws(OutOfRange) -> Money {
        try worth.portion(Int64(min(units, quantity)), of: Int64(quantity))
    }

    /// What is left of ``invoiced`` after credit notes.
    var left: Money { get throws(OutOfRange) { try invoiced - credited } }
}

/// A vendor's line as it was sold.
struct LineCommission: Sendable, Hashable {
    let base: Money
    /// Millionths.
    let rate: Int64
    let commission: Money
}

/// An order, as far as vendors' shares follow from it.
struct SoldOrder: Sendable {
    /// A refund that is completed.
    struct Refund: Sendable {
        let amount: Money
        /// The units of each line that it is for; none where it is for the whole order.
        let units: [OrderItemID: Int]
        /// Whether these units are back in stock, so that a note over them was issued too.
        let isRestocked: Bool
    }

    let id: OrderID
    let currency: String
    /// Whether prices include their tax.
    let isInclusive: Bool
    /// The price of shipping, with tax.
    let shipping: Money
    var lines: [SoldLine]
    /// Whether it has an invoice.
    var isInvoiced = false
    /// Whether a credit note over all of it was issued.
    var isCredited = false
    var creditedShipping = Money.zero
    /// What was captured of it, surplus payments left out.
    var captured = Money.zero
    /// Completed refunds of those payments, oldest first.
    var refunds: [Refund] = []
    /// What banks took back of those payments for good.
    var lost = Money.zero
}
