import Commerce
import Primitives
import SQL

/// Where a return stands.
public enum ReturnStatus: String, Sendable, Codable, CaseIterable, SQLConvertible {
    case requested
    case approved
    case rejected
    case received

    static let transitions: [ReturnStatus: Set<ReturnStatus>] = [
        .requested: [.approved, .rejected], .approved: [.received, .rejected], .rejected: [], .received: [],
    ]

    func mayBecome(_ next: ReturnStatus) -> Bool { Self.transitions[self]?.contains(next) == true }
}

/// What a customer sends back of an order, or what of it is cancelled before it leaves: both are worth what was to be paid for
/// them.
public struct Return: Sendable {
    /// What is taken off an order.
    public enum Kind: String, Sendable, SQLConvertible {
        case goods = "return"
        case cancellation
    }

    /// So many of one line.
    public struct Part: Sendable {
        public internal(set) var id: Int64
        public let item: OrderItemID
        public let quantity: Int
        public let reason: String
        public internal(set) var received = 0
        public internal(set) var restocked = 0
        public internal(set) var refund = Money.zero
        /// Of the refund.
        public internal(set) var tax = Money.zero
    }

    public let id: ReturnID
    public let order: OrderID
    public let kind: Kind
    public internal(set) var status: ReturnStatus
    /// The customer's words.
    public let note: String
    public internal(set) var staffNote: String
    /// What came back is worth: what its credit note is over.
    public internal(set) var refund: Money
    /// What of that was paid and has to be given back; paying it out is the payments' affair. Goods that came back before
    /// they were paid for are taken off what is collected.
    public internal(set) var owed: Money
    public internal(set) var refundsShipping: Bool
    /// Of the refund.
    public internal(set) var shippingRefund: Money
    public let createdAt: Timestamp
    public internal(set) var updatedAt: Timestamp
    public internal(set) var parts: [Part]
}

/// A return before it has a row.
public struct ReturnDraft: Sendable {
    public struct Part: Sendable {
        public let item: OrderItemID
        public let quantity: Int
        public let reason: String

        public init(_ item: OrderItemID, quantity: Int, reason: String) {
            self.item = item
            self.quantity = quantity
            self.reason = reason
        }
    }

    public let parts: [Part]
    public let note: String

    public init(parts: [Part], note: String) {
        self.parts = parts
        self.note = note
    }
}

/// What arrived of a return.
public struct ReturnArrival: Sendable {
    /// The part of the return, by its id.
    public let part: Int64
    public let quantity: Int
    /// Whether it goes back on the shelf.
    public let isRestocked: Bool

    public init(part: Int64, quantity: Int, isRestocked: Bool) {
        self.part = part
        self.quantity = quantity
        self.isRestocked = isRestocked
    }
}

extension OrderItem {
    /// How many could still be sent back.
    var returnable: Int { shipped - returned }

    /// Whether none of it is with the customer or on its way there.
    var isBack: Bool { status == .cancelled || refunded == quantity }

    /// What is owed when `count` more come back after those that were refunded: the parts of a line, however it is cut,
    /// add up to what was paid for it.
    func refund(for count: Int, isTaxInclusive: Bool) throws(OutOfRange) -> Money {
        try part(of: subtotal - discount + (isTaxInclusive ? .zero : tax), for: count)
    }

    /// The tax in what is owed.
    func taxRefund(for count: Int) throws(OutOfRange) -> Money { try part(of: tax, for: count) }

    private func part(of whole: Money, for count: Int) throws(OutOfRange) -> Money {
        let after = try whole.portion(Int64(refunded.plus(count)), of: Int64(quantity))
        return try after - whole.portion(Int64(refunded), of: Int64(quantity))
    }
}

extension Order {
    /// The tax on shipping: of its rate's line what no item pays. Nil where shipping is not taxed.
    func shippingTax() throws(OutOfRange) -> TaxLine? {
        for line in taxLines {
            let amount = try line.amount - items.filter { $0.taxRate == line.rate }.map(\.tax).total()
            if amount > .zero {
                let taxable = isTaxInclusive ? try shipping - amount : shipping
                return TaxLine(rate: line.rate, taxable: taxable, amount: amount)
            }
        }
        return nil
    }

    /// What a return gives back of each tax, in the order of the order's own lines.
    func taxLines(of found: Return) throws -> [TaxLine] {
        let items = Dictionary(items.map { ($0.id, $0) }) { first, _ in first }
        let shippingTax = found.refundsShipping ? try shippingTax() : nil
        return try taxLines.compactMap { line in
            let parts = found.parts.filter { $0.received > 0 && items[$0.item]?.taxRate == line.rate }
            let onShipping = shippingTax.flatMap { $0.rate == line.rate ? $0 : nil }
            let amount = try parts.map(\.tax).total() + (onShipping?.amount ?? .zero)
            let taxable = try parts.map(\.refund).total() - parts.map(\.tax).total() + (onShipping?.taxable ?? .zero)
            return amount == .zero ? nil : TaxLine(rate: line.rate, taxable: taxable, amount: amount)
        }
    }
}
