import Commerce
import Primitives
import SQL

/// What of an order will never leave, before it has a row. It is worth what was to be paid for it.
struct Cancellation: Sendable {
    struct Part: Sendable {
        let item: OrderItemID
        let quantity: Int
        let worth: Money
        /// Of the worth.
        let tax: Money
    }

    let parts: [Part]
    let note: String
    let user: UserID?
    let moment: Timestamp
    /// What of its worth was paid and has to be given back.
    let owed: Money

    let worth: Money
}

extension OrderItem {
    /// How many could still be cancelled: those that have not left.
    var cancellable: Int { status == .pending || status == .processing ? live - shipped : 0 }

    /// Where it stands once some of it has been cancelled: the rest may have left, or arrived, already.
    fileprivate func status(isUnpaid: Bool) -> OrderStatus {
        if live == 0 || (isUnpaid && isBack) { return .cancelled }
        if delivered == live { return .delivered }
        return shipped == live ? .shipped : status
    }
}

extension Order {
    /// Whether these parts are all that is live of it, so that it would be cancelled with them.
    public func isWhole(_ parts: [Shipment.Part]) -> Bool {
        let wanted = Dictionary(parts.map { ($0.item, $0.quantity) }) { first, _ in first }
        return items.allSatisfy { $0.live == wanted[$0.id] ?? 0 }
    }
}

extension OrderService {
    /// Cancels what has not left of a locked order, or these parts of it. What is cancelled is taken off what is due; where it
    /// was paid it is owed, and credited against the invoice.
    ///
    /// - Throws: `OrderError.invalidTransition` where nothing is left to cancel, `ValidationError` on `items` where a line has
    ///   not so many left, `SQLError`.
    public func cancel(
        _ wanted: [Shipment.Part]?, of order: Order, by actor: OrderActor, note: String, in tx: Transaction
    ) throws -> (order: Order, parts: [Shipment.Part]) {
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
        try write(&changed, from: order, by: actor, note.isEmpty ? "A part was cancelled." : note, tx)
        if wasInvoiced, cancelled.worth > .zero {
            try issue(
                .creditNote, of: changed, return: ReturnQueries.find(id, kind: .cancellation, tx),
                at: changed.updatedAt, tx)
        }
        return (changed, parts)
    }
}

extension OrderItem {
    fileprivate func part(of count: Int, isTaxInclusive: Bool) throws(OutOfRange) -> Cancellation.Part {
        try Cancellation.Part(
            item: id, quantity: count, worth: refund(for: count, isTaxInclusive: isTaxInclusive),
            tax: taxRefund(for: count))
    }
}
