import Commerce
import SQL

/// What a numbered document comes to, told once in the transaction that issues it.
public struct IssuedAmounts: Sendable, Hashable {
    /// The order that it is about.
    public let order: OrderID
    /// Whether it is a credit note; an invoice otherwise.
    public let isCredit: Bool
    /// Whether some of the order's lines are a vendor's.
    public let hasVendors: Bool
    /// The ISO 4217 code of its amounts.
    public let currency: String
    /// The sum of the document, in minor units.
    public let total: Money
    /// All taxes in it.
    public let tax: Money
    /// Shipping in it, net of tax.
    public let shipping: Money

    /// What is left for goods, net of tax, in minor units.
    public var goods: Money {
        get throws(OutOfRange) { try total - tax - shipping }
    }

    /// Sums up the document over an order of which `left` was not canceled before.
    init(_ series: Invoice.Series, of left: Order, in order: Order) throws {
        self.order = order.id
        isCredit = series == .creditNote
        hasVendors = order.hasVendors
        currency = left.currency
        total = left.total
        tax = left.tax
        shipping = try left.shippingTax()?.taxable ?? left.shipping
    }

    /// Sums up the credit note over a return or a cancellation.
    init(_ series: Invoice.Series, of back: Return, in order: Order) throws {
        self.order = order.id
        isCredit = series == .creditNote
        hasVendors = order.hasVendors
        currency = order.currency
        total = back.refund
        tax = try order.taxLines(of: back).map(\.amount).total()
        shipping = back.refundsShipping ? try order.shippingTax()?.taxable ?? order.shipping : .zero
    }
}

extension Order {
    /// Whether some of its lines are a vendor's.
    public var hasVendors: Bool { items.contains { $0.vendor != nil } }
}

/// What becomes of the books when a numbered document is issued, in its transaction.
public typealias IssueHook = @Sendable (IssuedAmounts, Transaction) throws -> Void

/// What follows from a change of an order, told in its transaction once the order, its lines and documents are written:
/// the order before and after.
public typealias OrderChangeHook = @Sendable (_ before: Order, _ after: Order, Transaction) throws -> Void
