import Commerce
import Messages
import Primitives
import SQL

/// Returns of goods. All of it locks the order's row, so that no line comes back more often than it left.
extension OrderService {
    /// Records a customer's wish to return parts of a locked order, within `window` of its last parcel's arrival.
    ///
    /// - Throws: `ValidationError` on `items` where more would come back than left, `OrderError.returnWindowClosed`,
    ///   `SQLError`.
    public func requestReturn(
        _ draft: ReturnDraft, of order: Order, within window: TimeSpan, by actor: OrderActor, in tx: Transaction
    ) throws -> Return {
        let errors = draft.parts.map { part -> FieldErrors in
            guard let item = order.items.first(where: { $0.id == part.item }) else {
                return .members(["order_item_id": .messages(["Invalid pk \"\(part.item)\" - object does not exist."])])
            }
            if part.quantity <= item.returnable { return .members([:]) }
            return .members(["quantity": .messages(["Only \(max(0, item.returnable)) can be sent back."])])
        }
        guard errors.allSatisfy(\.isEmpty) else { throw ValidationError(.members(["items": .elements(errors)])) }
        let latest = order.shipments.map { $0.deliveredAt ?? $0.createdAt }.max() ?? order.updatedAt
        guard time.now < latest + window else { throw OrderError.returnWindowClosed }
        let id = try ReturnQueries.insert(draft, of: order.id, by: actor.user, at: time.now, tx)
        var changed = order
        for part in draft.parts { changed.change(part.item) { $0.returned += part.quantity } }
        try write(&changed, from: order, by: actor, "Return \(id) was requested.", tx)
        let back = try require(id, tx)
        try publish(.returnRequested, back, of: changed, tx)
        return back
    }

    /// Approves or rejects a return; units of a rejected one may be returned again.
    ///
    /// - Throws: `OrderError.invalidReturn` where its status does not allow it, `NotFound`, `SQLError`.
    public func decide(
        _ id: ReturnID, as status: ReturnStatus, of order: Order, by user: UserID, note: String, in tx: Transaction
    ) throws -> Return {
        var change = try require(id, tx)
        let before = change.status
        guard status != .received, before.mayBecome(status) else {
            throw OrderError.invalidReturn(from: before, to: status)
        }
        change.status = status
        change.staffNote = note
        change.updatedAt = time.now
        guard try ReturnQueries.update(change, from: before, by: user, tx) else { throw Self.concurrentUpdate }
        var changed = order
        if status == .rejected {
            for part in change.parts { changed.change(part.item) { $0.returned -= part.quantity } }
        }
        try write(&changed, from: order, by: .staff(user), "Return \(id) was \(status.rawValue).", tx)
        if status == .approved { try publish(.returnApproved, change, of: changed, tx) }
        return change
    }

    /// Counts what arrived of an approved return, and its value by the line's own price, discount and tax.
    ///
    /// That value is owed to the customer where it was paid. A line that came back whole before it was paid is taken
    /// off the order, as is the order with its last line. Units that were announced and did not arrive may be announced
    /// again.
    ///
    /// - Throws: `OrderError.invalidReturn`, `OrderError.shippingRefunded`, `ValidationError` on `items`, `NotFound`,
    ///   `OutOfRange`, `SQLError`.
    public func receive(
        _ id: ReturnID, _ arrivals: [ReturnArrival], refundsShipping: Bool, of order: Order, by user: UserID,
        note: String, in tx: Transaction
    ) throws -> (received: Return, order: Order) {
        var change = try require(id, tx)
        guard change.status.mayBecome(.received) else {
            throw OrderError.invalidReturn(from: change.status, to: .received)
        }
        try change.take(arrivals)
        if refundsShipping, try ReturnQueries.hasRefundedShipping(order.id, tx) { throw OrderError.shippingRefunded }
        var changed = order
        for index in change.parts.indices {
            let part = change.parts[index]
            try changed.change(part.item) { item in
                change.parts[index].refund = try item.refund(for: part.received, isTaxInclusive: order.isTaxInclusive)
                change.parts[index].tax = try item.taxRefund(for: part.received)
                item.refunded += part.received
                item.returned -= part.quantity - part.received
            }
        }
        change.status = .received
        change.staffNote = note
        change.refundsShipping = refundsShipping
        change.shippingRefund = refundsShipping ? try order.shippingPaid : .zero
        change.refund = try change.parts.map(\.refund).total() + change.shippingRefund
        change.owed = order.paymentStatus.isSettled ? change.refund : .zero
        change.updatedAt = time.now
        try ReturnQueries.update(change.parts, tx)
        guard try ReturnQueries.update(change, from: .approved, by: user, tx) else { throw Self.concurrentUpdate }
        if !order.paymentStatus.isSettled {
            for index in changed.items.indices where changed.items[index].isBack {
                changed.items[index].status = .cancelled
            }
        }
        // Where this return is what makes the order paid, its documents are drawn with that.
        let wasInvoiced = try InvoiceQueries.find(.invoice, of: order.id, tx) != nil
        try write(&changed, from: order, by: .staff(user), "Return \(id) was received.", tx)
        if change.refund > .zero, wasInvoiced {
            try issue(.creditNote, of: changed, return: change, at: changed.updatedAt, tx)
        }
        try publish(.returnReceived, change, of: changed, tx)
        return (change, changed)
    }

    private func require(_ id: ReturnID, _ connection: Connection) throws -> Return {
        guard let found = try ReturnQueries.find(id, connection) else { throw NotFound() }
        return found
    }
}

extension Return {
    /// Applies the counts of what arrived, one for every part.
    fileprivate mutating func take(_ arrivals: [ReturnArrival]) throws {
        for index in parts.indices {
            guard let arrival = arrivals.first(where: { $0.part == parts[index].id }) else {
                throw ValidationError("items", "Say of every part how many arrived: \(parts[index].id) is missing.")
            }
            guard arrival.quantity <= parts[index].quantity else {
                throw ValidationError(
                    "items", "Only \(parts[index].quantity) of part \(parts[index].id) were announced.")
            }
            parts[index].received = arrival.quantity
            parts[index].restocked = arrival.isRestocked ? arrival.quantity : 0
        }
    }
}

extension Order {
    mutating func change(_ id: OrderItemID, _ change: (inout OrderItem) throws -> Void) rethrows {
        guard let index = items.firstIndex(where: { $0.id == id }) else { return }
        try change(&items[index])
    }

    /// The price of shipping with the tax on it.
    var shippingPaid: Money {
        get throws(OutOfRange) { isTaxInclusive ? shipping : try shipping + tax - items.map(\.tax).total() }
    }
}
