import Commerce
import Primitives
import SQL

/// The parts of an order that will never leave, before they have a row. Their value is what was to be paid for them.
struct Cancellation: Sendable {
    struct Part: Sendable {
        let item: OrderItemID
        let quantity: Int
        let worth: Money
        /// The tax within `worth`.
        let tax: Money
    }

    let parts: [Part]
    let note: String
    let user: UserID?
    let moment: Timestamp
    /// The share of its value that was paid and has to be refunded.
    let owed: Money

    let worth: Money
}

extension OrderItem {
    /// The units that can still be canceled: those that have not left.
    public var cancellable: Int { status == .pending || status == .processing ? live - shipped : 0 }

    /// Returns the line's status once some of it has been canceled: the rest may have left, or arrived, already.
    fileprivate func status(isUnpaid: Bool) -> OrderStatus {
        if live == 0 || (isUnpaid && isBack) { return .cancelled }
        if delivered == live { return .delivered }
        return shipped == live ? .shipped : status
    }
}

extension Order {
    /// Returns whether `parts` are all that is live of the order, so that it would be canceled with them.
    public func isWhole(_ parts: [Shipment.Part]) -> Bool {
        let wanted = Dictionary(parts.map { ($0.item, $0.quantity) }) { first, _ in first }
        return items.allSatisfy { $0.live == wanted[$0.id] ?? 0 }
    }
}

extension OrderService {
    /// Cancels what has not left of a locked order, or only the parts `wanted` of it. Their value is taken off what is
    /// due; where it was paid it is owed to the customer, and credited against the invoice. `id` names the row that says so.
    ///
    /// - Throws: `OrderError.invalidTransition` where nothing is left to cancel, `ValidationError` on `items` where a
    ///   line has fewer units left, `OutOfRange`, `SQLError`.
    public func cancel(
        _ wanted: [Shipment.Part]?, of order: Order, by actor: OrderActor, note: String, in tx: Transaction
    ) throws -> (order: Order, parts: [Shipment.Part], id: ReturnID) {
        let parts = try order.parts(wanted, for: .cancelled, "have not left") { $0.cancellable }
        let isUnpaid = !order.paymentStatus.isSettled
        var changed = order
        var worth: [Cancellation.Part] = []
        for part in parts {
            try changed.change(part.item) { item in
                worth.append(try item.part(of: part.quantity, isTaxInclusive: order.isTaxInclusive))
                item.cancelled += part.quantity
                item.refunded += part.quantity
                item.status = item.status(isUnpaid: isUnpaid)
            }
        }
        let total = try worth.map(\.worth).total()
        let cancelled = Cancellation(
            parts: worth, note: note, user: actor.user, moment: time.now, owed: isUnpaid ? .zero : total, worth: total)
        let id = try ReturnQueries.insert(cancelled, of: order.id, tx)
        let wasInvoiced = try InvoiceQueries.find(.invoice, of: order.id, tx) != nil
        try write(&changed, from: order, by: actor, note.isEmpty ? "A part was canceled." : note, tx)
        if wasInvoiced, cancelled.worth > .zero {
            try issue(
                .creditNote, of: changed, return: ReturnQueries.find(id, kind: .cancellation, tx),
                at: changed.updatedAt, tx)
        }
        return (changed, parts, id)
    }
}

extension OrderItem {
    fileprivate func part(of count: Int, isTaxInclusive: Bool) throws(OutOfRange) -> Cancellation.Part {
        try Cancellation.Part(
            item: id, quantity: count, worth: refund(for: count, isTaxInclusive: isTaxInclusive),
            tax: taxRefund(for: count))
    }
}
