import Commerce
import Primitives
import SQL

/// The effects of a payment on an order, in time or late. Documents follow from it: an order that is live and paid has
/// an invoice, and one that is canceled after that a credit note.
extension OrderService {
    /// Returns the amount still to pay for a locked order, in minor units: its total less the value of what was
    /// returned or canceled before; zero once it is paid.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    public func due(_ order: Order, _ connection: Connection) throws -> Money {
        order.paymentStatus.isSettled ? .zero : try order.total - ReturnQueries.credited(order.id, connection)
    }

    /// Records that a locked order has been paid: its pending lines move to `processing`. Where it was paid `inFull`
    /// although a part was returned or canceled before, that part becomes owed to the customer.
    ///
    /// - Throws: `OrderError.alreadyPaid`, `OrderError.invalidTransition` where it is canceled, `OutOfRange`,
    ///   `SQLError`.
    public func pay(
        _ order: Order, inFull: Bool = true, by actor: OrderActor, note: String, in tx: Transaction
    ) throws -> Order {
        guard !order.paymentStatus.isSettled else { throw OrderError.alreadyPaid }
        guard order.status != .cancelled else {
            throw OrderError.invalidTransition(from: order.status, to: .processing, allowed: order.allowed)
        }
        if inFull { try ReturnQueries.owe(order.id, tx) }
        return try take(order, on: [.pending], by: actor, note, tx)
    }

    /// Reinstates a canceled order as paid; the caller reserves its goods again. Where the money has just come
    /// `inFull` although a part had been canceled, that part becomes owed to the customer.
    ///
    /// - Throws: `OrderError.invalidTransition` where the order is live, or has been credited, `OutOfRange`,
    ///   `SQLError`.
    public func reinstate(
        _ order: Order, inFull: Bool, by actor: OrderActor, note: String, in tx: Transaction
    ) throws -> Order {
        guard order.mayBeTakenOn else {
            throw OrderError.invalidTransition(from: order.status, to: .processing, allowed: order.allowed)
        }
        if inFull { try ReturnQueries.owe(order.id, tx) }
        return try take(order, on: [.cancelled], by: actor, note, tx)
    }

    /// Records that money has come for a canceled order, which stays canceled until staff refund it or take the order
    /// on.
    ///
    /// - Throws: `OrderError.alreadyPaid`, `OutOfRange`, `SQLError`.
    public func putOnHold(
        _ order: Order, inFull: Bool = true, by actor: OrderActor, note: String, in tx: Transaction
    ) throws -> Order {
        guard !order.paymentStatus.isSettled else { throw OrderError.alreadyPaid }
        if inFull { try ReturnQueries.owe(order.id, tx) }
        var held = order
        held.paymentStatus = .paid
        try write(&held, from: order, by: actor, note, tx)
        return held
    }

    /// Records that the money for a locked order is authorized at a gateway: it waits for no payment any more, and staff capture.
    ///
    /// - Throws: `OrderError.alreadyPaid`, `OrderError.invalidTransition` where it is canceled, `OutOfRange`, `SQLError`.
    public func authorize(_ order: Order, by actor: OrderActor, note: String, in tx: Transaction) throws -> Order {
        guard !order.paymentStatus.isSettled else { throw OrderError.alreadyPaid }
        guard order.status != .cancelled else {
            throw OrderError.invalidTransition(from: order.status, to: .processing, allowed: order.allowed)
        }
        return try change(order, .authorized, by: actor, note, tx)
    }

    /// Records that a part of what is due for a locked order came: it waits for the rest, without a deadline.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    public func awaitRest(_ order: Order, by actor: OrderActor, note: String, in tx: Transaction) throws -> Order {
        guard !order.paymentStatus.isSettled, order.paymentStatus == .authorized || order.expiresAt != nil else {
            return order
        }
        var changed = order
        changed.expiresAt = nil
        return try change(changed, .pending, from: order, by: actor, note, tx)
    }

    /// Records that an attempt to pay a locked order has failed, or that its authorization is gone: with `deadline` it waits for
    /// another payment until then. An order that is paid stays as it is.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    public func failPayment(
        _ order: Order, deadline: Timestamp? = nil, by actor: OrderActor, note: String, in tx: Transaction
    ) throws -> Order {
        guard !order.paymentStatus.isSettled else { return order }
        var changed = order
        changed.expiresAt = deadline ?? order.expiresAt
        return try change(changed, .failed, from: order, by: actor, note, tx)
    }

    /// Records how much of a locked, paid order's money has been refunded.
    ///
    /// - Throws: `OrderError.invalidTransition` where it was never paid, `OutOfRange`, `SQLError`.
    public func recordRefunds(
        _ status: PaymentStatus, of order: Order, by actor: OrderActor, note: String, in tx: Transaction
    ) throws -> Order {
        guard order.paymentStatus.isSettled, status.isSettled, status != order.paymentStatus else { return order }
        return try change(order, status, by: actor, note, tx)
    }

    private func change(
        _ order: Order, _ status: PaymentStatus, from before: Order? = nil, by actor: OrderActor, _ note: String,
        _ tx: Transaction
    ) throws -> Order {
        var changed = order
        changed.paymentStatus = status
        try write(&changed, from: before ?? order, by: actor, note, tx)
        return changed
    }

    /// Returns the value of what was returned or canceled of an order, in minor units.
    ///
    /// - Throws: `SQLError`.
    public func credited(_ id: OrderID, in connection: Connection) throws -> Money {
        try ReturnQueries.credited(id, connection)
    }

    private func take(
        _ order: Order, on statuses: Set<OrderStatus>, by actor: OrderActor, _ note: String, _ tx: Transaction
    ) throws -> Order {
        var paid = order
        paid.paymentStatus = .paid
        for index in paid.items.indices where statuses.contains(paid.items[index].status) && paid.items[index].live > 0
        {
            paid.items[index].status = .processing
        }
        try write(&paid, from: order, by: actor, note, tx)
        return paid
    }
}

extension Order {
    /// Whether it is live and paid.
    var isPaidAndLive: Bool { status != .cancelled && paymentStatus.isSettled }

    /// Whether it is canceled although money has come for it, and may be taken on again because nothing of it has
    /// left.
    public var isOnHold: Bool { mayBeTakenOn && paymentStatus == .paid }

    /// Whether a payment can make it live again: it was canceled unpaid, nothing of it has left, and its
    /// customer was not erased.
    var mayBeTakenOn: Bool { wasCancelledUnpaid && !email.isEmpty && items.allSatisfy { $0.shipped == 0 } }

    /// Whether the system, and nobody else, canceled it because it was not paid in time.
    public var hasExpired: Bool { wasCancelledUnpaid && cancellation?.actor == .system }

    /// The moment at which it was canceled as a whole, in UTC; nil where it is not.
    public var cancelledAt: Timestamp? { status == .cancelled ? cancellation?.createdAt : nil }

    /// Whether it is canceled and was not paid before that, so that nothing of it was credited.
    var wasCancelledUnpaid: Bool { status == .cancelled && cancellation?.paymentStatus.isSettled == false }

    /// The entry of its history that canceled it last.
    private var cancellation: OrderEvent? {
        let start = events.lastIndex { $0.status != .cancelled }.map { $0 + 1 } ?? 0
        return start < events.count ? events[start] : nil
    }
}
