import Commerce
import Messages
import Primitives
import SQL

/// Orders as rows and states. Stock, carts and payments belong to other apps: a caller that combines them with orders
/// takes the order's lock first.
public struct OrderService: Sendable {
    let time: TimeSource
    let random: RandomSource
    let zone: TimeZoneRules
    let currency: Currency
    let issuer: DocumentIssuer
    let onIssue: IssueHook
    let onChange: OrderChangeHook
    let events: EventPublisher

    /// Creates a service that prints `issuer` on documents as they are issued and begins the years by which invoices
    /// are numbered at midnight of `zone`; `onIssue` is told of each numbered document, `onChange` of each change of an
    /// order, `events` of what becomes of orders and returns.
    public init(
        issuer: DocumentIssuer, currency: Currency, time: TimeSource = .machine, random: RandomSource = .system,
        zone: TimeZoneRules = .utc, onIssue: @escaping IssueHook = { _, _ in },
        onChange: @escaping OrderChangeHook = { _, _, _ in }, events: EventPublisher = .silent
    ) {
        self.issuer = issuer
        self.currency = currency
        self.time = time
        self.random = random
        self.zone = zone
        self.onIssue = onIssue
        self.events = events
        self.onChange = onChange
    }

    /// Writes a new order with its lines and the first entry of its history; one whose total is zero starts as paid.
    ///
    /// - Throws: `SQLError`, of kind `.unique` where the cart has made an order before; `OutOfRange`.
    public func place(_ draft: OrderDraft, in tx: Transaction) throws -> Order {
        let now = time.now
        let isFree = draft.totals.total == .zero
        let status: OrderStatus = isFree ? .processing : .pending
        let payment: PaymentStatus = isFree ? .paid : .pending
        let (id, number) = try insert(draft, status, payment, at: now, tx)
        let items = try OrderQueries.insertItems(of: draft, for: id, status, tx)
        let event = OrderEvent(
            status: status, paymentStatus: payment, actor: .customer(draft.user), note: "", createdAt: now)
        try OrderQueries.insert(event, for: id, tx)
        let order = Order(draft, id, number, items: items, event)
        try publish(placed: order, tx)
        return order
    }

    /// Returns the order with items, history and parcels, or nil where there is none.
    ///
    /// - Throws: `SQLError`.
    public func find(_ reference: OrderReference, in connection: Connection) throws -> Order? {
        try OrderQueries.find(reference, connection)
    }

    /// Locks the order until the transaction ends and returns it with items, history and parcels.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    public func lock(_ reference: OrderReference, in tx: Transaction) throws -> Order {
        guard let order = try OrderQueries.lock(reference, tx) else { throw NotFound() }
        return order
    }

    /// Returns the return, or nil where there is none of this kind; what was canceled is a row of kind `.cancellation`.
    ///
    /// - Throws: `SQLError`.
    func find(
        returning id: ReturnID, kind: Return.Kind = .goods, in connection: Connection
    ) throws -> Return? {
        try ReturnQueries.find(id, kind: kind, connection)
    }

    /// Locks the order to which a return belongs until the transaction ends, and returns it.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    public func lock(returning id: ReturnID, in tx: Transaction) throws -> Order {
        guard let order = try ReturnQueries.order(of: id, tx) else { throw NotFound() }
        return try lock(.id(order), in: tx)
    }

    /// Returns the number of the order that a cart became; nil where it became none.
    ///
    /// - Throws: `SQLError`.
    public func number(ofCart cart: CartID, in connection: Connection) throws -> String? {
        try OrderQueries.number(of: OrderDraft.origin(cart), connection)
    }

    /// Moves every part of a locked order that allows it to `processing` or `cancelled`; the order's own status follows
    /// from its parts. Parcels are recorded by ``ship(_:_:by:in:)`` and ``deliver(_:_:by:note:in:)``.
    ///
    /// An order that has left `pending` or is canceled waits for no payment.
    ///
    /// - Throws: `OrderError.invalidTransition` where no part allows it, `OutOfRange`, `SQLError`.
    public func move(
        _ order: Order, to status: OrderStatus, by actor: OrderActor, note: String = "", in tx: Transaction
    ) throws -> Order {
        guard order.allowed.contains(status), [.processing, .cancelled].contains(status) else {
            throw OrderError.invalidTransition(from: order.status, to: status, allowed: order.allowed)
        }
        var moved = order
        for index in moved.items.indices where moved.items[index].status.mayBecome(status) {
            moved.items[index].status = status
        }
        try write(&moved, from: order, by: actor, note, tx)
        return moved
    }

    /// Writes the new state of a locked order, with an entry in its history. Cash is paid on delivery, unless it is a
    /// vendor who says so: then staff note it when they have it. What becomes paid gets its invoice.
    func write(
        _ moved: inout Order, from order: Order, by actor: OrderActor, _ note: String, _ tx: Transaction
    ) throws {
        let now = time.now
        moved.status = .derived(from: moved.items.map(\.status))
        let isPaidOnDelivery = order.paymentMethod == .cashOnDelivery && actor.kind != .vendor
        if moved.status == .delivered, isPaidOnDelivery, order.paymentStatus.isUnpaid {
            moved.paymentStatus = .paid
        }
        if moved.status != .pending || moved.paymentStatus == .authorized { moved.expiresAt = nil }
        moved.updatedAt = now
        let changed = zip(order.items, moved.items).filter { $0 != $1 }.map(\.1)
        try OrderQueries.update(changed, tx)
        guard try OrderQueries.update(moved, from: order, tx) else { throw Self.concurrentUpdate }
        let event = OrderEvent(
            status: moved.status, paymentStatus: moved.paymentStatus, actor: actor, note: note, createdAt: now)
        try OrderQueries.insert(event, for: order.id, tx)
        moved.events.append(event)
        try issueDocuments(for: moved, from: order, tx)
        try onChange(order, moved, tx)
        try publish(moved, from: order, tx)
    }

    /// Draws numbers until one is free.
    private func insert(
        _ draft: OrderDraft, _ status: OrderStatus, _ payment: PaymentStatus, at now: Timestamp, _ tx: Transaction
    ) throws -> (OrderID, String) {
        for _ in 0..<3 {
            let number = OrderNumber.make(random)
            do {
                return (try OrderQueries.insert(draft, number: number, status, payment, at: now, tx), number)
            } catch let error as SQLError where error.kind == .unique {
                if try OrderQueries.number(of: draft.origin, tx) != nil { throw error }
            }
        }
        throw SQLError(.unique, message: "no free order number was drawn")
    }

    /// The error that has the transaction run again: another one changed the same order between reading and writing.
    static let concurrentUpdate = SQLError(.conflict, message: "the order was changed by another transaction")
}

extension OrderDraft {
    var accessTokenHash: String { accessToken.map { Digest.hex($0) } ?? "" }
}

extension Order {
    /// Creates the order that `draft` has become.
    init(_ draft: OrderDraft, _ id: OrderID, _ number: String, items ids: [OrderItemID], _ event: OrderEvent) {
        let totals = draft.totals
        self.init(
            id: id, number: number, user: draft.user, email: draft.email, accessTokenHash: draft.accessTokenHash,
            status: event.status, paymentStatus: event.paymentStatus, paymentMethod: draft.paymentMethod,
            currency: draft.currency.code, subtotal: totals.subtotal, discount: totals.discount,
            shipping: totals.shipping, tax: totals.tax, total: totals.total, isTaxInclusive: totals.isTaxInclusive,
            taxLines: totals.taxLines, couponCode: draft.couponCode, shippingMethod: draft.shippingMethod,
            shippingAddress: draft.shippingAddress, billingAddress: draft.billingAddress, notes: draft.notes,
            trackingNumber: "", expiresAt: draft.expiresAt, createdAt: event.createdAt, updatedAt: event.createdAt,
            items: zip(ids, zip(draft.lines, totals.charges)).map { id, line in
                OrderItem(id, line.0, line.1, event.status)
            },
            events: [event])
    }
}

extension OrderItem {
    init(_ id: OrderItemID, _ line: OrderDraft.Line, _ charge: OrderTotals.Charge, _ status: OrderStatus) {
        let offer = line.offer
        self.init(
            id: id, sellable: offer.id, name: offer.name, sku: offer.sku, options: offer.options, vendor: offer.vendor,
            taxClass: offer.taxClass, quantity: line.quantity, price: offer.price, subtotal: charge.subtotal,
            discount: charge.discount, tax: charge.tax, status: status, trackingNumber: "", taxRate: charge.rate)
    }
}
