import Commerce
import HTTPTypes
import Orders
import SQL
import Web

/// The endpoints that place, cancel, move and pay orders.
public struct CheckoutRoutes: Sendable {
    static let permission = "orders.edit"
    static let access = Access.staff(permission)

    let database: any Database
    let checkout: CheckoutService
    let guests: GuestLimits

    /// Creates the endpoints; `guests` limits the orders of one address.
    public init(database: any Database, checkout: CheckoutService, guests: GuestLimits) {
        self.database = database
        self.checkout = checkout
        self.guests = guests
    }

    /// The endpoints that place, pay and cancel orders.
    public var group: EndpointGroup {
        EndpointGroup(
            "Checkout", "From a cart to an order: quotes, placing, paying, canceling.",
            [
                Endpoint(
                    .post, "/api/orders/", "Orders what is in the caller's cart.", access: .optionalUser,
                    status: .created, in: database, use: place
                ).refusing(.conflict, .tooManyRequests),
                Endpoint(
                    .put, "/api/orders/{order}/cancel/", "Cancels an order that has not shipped.",
                    access: OrderAccess.asked, in: database, use: cancel
                ).refusing(.notFound, .conflict),
                Endpoint(
                    .post, "/api/admin/orders/{order}/cancel-rest/",
                    "Cancels what of an order has not left, or these parts of it: its stock comes back and less is due.",
                    access: Self.access, in: database, use: cancelRest
                ).refusing(.notFound, .conflict),
                Endpoint(
                    .put, "/api/admin/orders/{order}/status/", "Moves an order to its next status.",
                    access: Self.access, in: database, use: move
                ).refusing(.notFound, .conflict),
                Endpoint(
                    .post, "/api/admin/orders/{order}/payment/",
                    "Notes that an order has been paid outside of the gateways: by transfer, in cash, at a terminal.",
                    access: Self.access, in: database, use: recordPayment
                ).refusing(.notFound, .conflict),
            ])
    }

    private func place(_ call: APIRequest, _ input: PlaceInput, _ tx: Transaction) throws -> OrderBody {
        try guests.check(.order, by: call)
        let placed = try checkout.place(Purchase(input, by: call), in: tx)
        try guests.take(.order, by: call)
        return OrderBody(placed.order, currency: currency, accessToken: placed.accessToken)
    }

    private func cancel(_ call: APIRequest, _ input: CancelInput, _ tx: Transaction) throws -> OrderBody {
        let order = try checkout.orders.lock(OrderReference(call.text("order")), in: tx)
        let access = try OrderAccess(call, to: order, staff: Self.permission)
        try checkout.recordBefore(order, call)
        let cancelled = try checkout.cancel(order, by: access.actor(call), note: input.reason, in: tx)
        return OrderBody(cancelled, currency: currency, forStaff: access == .staff)
    }

    private func cancelRest(_ call: APIRequest, _ input: CancelRestInput, _ tx: Transaction) throws -> OrderBody {
        let order = try locked(call, tx)
        let left = try checkout.cancel(
            input.parts, of: order, by: .staff(call.caller().userID), note: input.reason, in: tx)
        return OrderBody(left, currency: currency, forStaff: true)
    }

    private func move(_ call: APIRequest, _ input: StatusInput, _ tx: Transaction) throws -> OrderBody {
        let order = try locked(call, tx)
        let moved = try checkout.move(order, input, by: call.caller().userID, in: tx)
        return OrderBody(moved, currency: currency, forStaff: true)
    }

    private func recordPayment(_ call: APIRequest, _ input: PaymentInput, _ tx: Transaction) throws -> OrderBody {
        let order = try locked(call, tx)
        let paid = try checkout.recordPayment(
            amount: input.amount, of: order, by: .staff(call.caller().userID), note: input.words, in: tx)
        return OrderBody(paid, currency: currency, forStaff: true)
    }

    /// Locks the order that staff are about to change.
    private func locked(_ call: APIRequest, _ tx: Transaction) throws -> Order {
        let order = try checkout.orders.lock(OrderReference(call.text("order")), in: tx)
        try checkout.recordBefore(order, call)
        return order
    }

    private var currency: Currency { checkout.settings.currency }
}

extension CheckoutService {
    /// Records an order in the audit as it is before staff change it.
    func recordBefore(_ order: Order, _ call: APIRequest) throws {
        guard call.audit != nil else { return }
        try call.recordBefore(OrderBody(order, currency: settings.currency, forStaff: true))
    }
}
