import Commerce
import Primitives
import SQL

/// The progress of a return: `rejected` and `received` are final.
public enum ReturnStatus: String, WireEnum {
    case requested
    case approved
    case rejected
    case received

    static let transitions: [ReturnStatus: Set<ReturnStatus>] = [
        .requested: [.approved, .rejected], .approved: [.received, .rejected], .rejected: [], .received: [],
    ]

    func mayBecome(_ next: ReturnStatus) -> Bool { Self.transitions[self]?.contains(next) == true }
}

/// Goods that a customer returns, or units that are canceled before they leave: both have the value of what was to be
/// paid for them.
public struct Return: Sendable {
    /// The two ways in which units are taken off an order.
    public enum Kind: String, Sendable, SQLConvertible {
        case goods = "return"
        case cancellation
    }

    /// A number of units of one line.
    public struct Part: Sendable {
        /// The id of the part, by which arrivals are counted.
        public internal(set) var id: Int64
        /// The line of the order.
        public let item: OrderItemID
        /// The product's name when the order was placed.
        public let name: String
        /// The SKU when the order was placed.
        public let sku: String
        /// The units announced.
        public let quantity: Int
        /// The customer's reason; may be empty.
        public let reason: String
        /// The units that arrived, at most ``quantity``.
        public internal(set) var received = 0
        /// The units that went back into stock.
        public internal(set) var restocked = 0
        /// The value of the units received, in minor units, with tax.
        public internal(set) var refund = Money.zero
        /// The tax contained in ``refund``, in minor units.
        public internal(set) var tax = Money.zero
    }

    /// The primary key.
    public let id: ReturnID
    /// The order to which it belongs.
    public let order: OrderID
    /// The number of that order.
    public let orderNumber: String
    /// The way in which the units are taken off the order.
    public let kind: Kind
    /// The progress; cancellations are `received` from the start.
    public internal(set) var status: ReturnStatus
    /// The customer's remark, or the reason of a cancellation.
    public let note: String
    /// The remark of staff who decided or received it.
    public internal(set) var staffNote: String
    /// The value of what was received, in minor units, for which the credit note is issued.
    public internal(set) var refund: Money
    /// The share of ``refund`` that was paid and has to be refunded, in minor units; payments pay it out. The value of
    /// goods that came back before they were paid for is taken off what is still due.
    public internal(set) var owed: Money
    /// Whether shipping is refunded with this return; one return of an order at most does so.
    public internal(set) var refundsShipping: Bool
    /// The share of ``refund`` that is for shipping, in minor units, with tax.
    public internal(set) var shippingRefund: Money
    /// The moment of the request, in UTC.
    public let createdAt: Timestamp
    /// The moment of the last change, in UTC.
    public internal(set) var updatedAt: Timestamp
    /// The parts, one for each line.
    public internal(set) var parts: [Part]
}

/// A return to request, before it has a row.
public struct ReturnDraft: Sendable {
    /// A number of units of one line to return.
    public struct Part: Sendable {
        /// The line of the order.
        public let item: OrderItemID
        /// The number of units.
        public let quantity: Int
        /// The customer's reason; may be empty.
        public let reason: String

        /// Asks to return `quantity` units of `item`.
        public init(_ item: OrderItemID, quantity: Int, reason: String) {
            self.item = item
            self.quantity = quantity
            self.reason = reason
        }
    }

    /// The parts to return.
    public let parts: [Part]
    /// The customer's remark; may be empty.
    public let note: String

    /// Asks to return `parts`.
    public init(parts: [Part], note: String) {
        self.parts = parts
        self.note = note
    }
}

/// The count of what arrived for one part of a return.
public struct ReturnArrival: Sendable {
    /// The id of the return's part.
    public let part: Int64
    /// The units that arrived.
    public let quantity: Int
    /// Whether these units go back into stock.
    public let isRestocked: Bool

    /// Counts `quantity` units of `part`.
    public init(part: Int64, quantity: Int, isRestocked: Bool) {
        self.part = part
        self.quantity = quantity
        self.isRestocked = isRestocked
    }
}

extension OrderItem {
    /// The units that can still be sent back.
    var returnable: Int { shipped - returned }

    /// The units that can be refunded without a return: those canceled and those that came back, or are announced, are credited
    /// as that.
    public var refundable: Int { max(0, live - returned) }

    /// Whether none of it is with the customer or on its way there.
    var isBack: Bool { status == .cancelled || refunded == quantity }

    /// Returns the refund for `count` more units after those already credited, in minor units: the refunds of a line,
    /// however it is cut, add up to what was paid for it.
    func refund(for count: Int, isTaxInclusive: Bool) throws(OutOfRange) -> Money {
        try part(of: subtotal - discount + (isTaxInclusive ? .zero : tax), for: count)
    }

    /// Returns what so many units of the line were to be paid, with tax and less their discount, in minor units.
    ///
    /// - Throws: `OutOfRange`.
    public func worth(of count: Int, isTaxInclusive: Bool) throws(OutOfRange) -> Money {
        try (subtotal - discount + (isTaxInclusive ? .zero : tax)).portion(Int64(count), of: Int64(quantity))
    }

    /// Returns the tax contained in the refund for `count` more units.
    func taxRefund(for count: Int) throws(OutOfRange) -> Money { try part(of: tax, for: count) }

    private func part(of whole: Money, for count: Int) throws(OutOfRange) -> Money {
        let after = try whole.portion(Int64(refunded.plus(count)), of: Int64(quantity))
        return try after - whole.portion(Int64(refunded), of: Int64(quantity))
    }
}

extension Order {
    /// Returns the tax on shipping: the part of its rate's line that no item pays; nil where shipping is not taxed.
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

    /// Returns what a return gives back of each tax, in the order of the order's own lines.
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
