import Commerce
import HTTPTypes
import Orders
import SQL
import Web

/// The endpoints that place, cancel, move and pay orders.
public struct CheckoutRoutes: Sendable {
    static let permission = "orders.edit"

    let database: any Database
    let checkout: CheckoutService
    let guests: GuestLimits

    /// Creates the endpoints; `guests` limits the orders of one address.
    public init(database: any Database, checkout: CheckoutService, guests: GuestLimits) {
        self.database = database
        self.checkout = checkout
        self.guests = guests
    }

    public var group: EndpointGroup {
        EndpointGroup(
            "Checkout", "From a cart to an order: quotes, placing, paying, cancelling.",
            [place, cancel, cancelRest, status, pay])
    }

    private var place: Endpoint {
        Endpoint(
            .post, "/api/orders/", "Orders what is in the caller's cart.", access: .anyoneKnown, status: .created,
            in: database
        ) { (call: APIRequest, input: PlaceInput, tx) -> OrderBody in
            try guests.check(.order, by: call)
            let placed = try checkout.place(Purchase(input, by: call), in: tx)
            try guests.take(.order, by: call)
            return OrderBody(placed.order, currency: checkout.settings.currency, accessToken: placed.accessToken)
        }
        .refusing(.conflict, .tooManyRequests)
    }

    private var cancel: Endpoint {
        Endpoint(
            .put, "/api/orders/{order}/cancel/", "Cancels an order that has not shipped.", access: .anyoneKnown,
            in: database
        ) { (call: APIRequest, input: CancelInput, tx) -> OrderBody in
            let order = try checkout.orders.lock(OrderReference(call.text("order")), in: tx)
            let access = try OrderAccess(call, to: order, staff: Self.permission)
            try checkout.noteBefore(order, call)
            let cancelled = try checkout.cancel(order, by: access.actor(call), note: input.reason, in: tx)
            return OrderBody(cancelled, currency: checkout.settings.currency, forStaff: access == .staff)
        }
        .refusing(.notFound, .conflict)
    }

    private var cancelRest: Endpoint {
        Endpoint(
            .post, "/api/admin/orders/{order}/cancel-rest/",
            "Cancels what of an order has not left, or these parts of it: its stock comes back and less is due.",
            access: .staff(Self.permission), in: database
        ) { (call: APIRequest, input: CancelRestInput, tx) -> OrderBody in
            let order = try checkout.orders.lock(OrderReference(call.text("order")), in: tx)
            try checkout.noteBefore(order, call)
            let left = try checkout.cancel(
                input.parts, of: order, by: .staff(call.caller().userID), note: input.reason, in: tx)
            return OrderBody(left, currency: checkout.settings.currency, forStaff: true)
        }
        .refusing(.notFound, .conflict)
    }

    private var status: Endpoint {
        Endpoint(
            .put, "/api/admin/orders/{order}/status/", "Moves an order to its next status.",
            access: .staff(Self.permission), in: database
        ) { (call: APIRequest, input: StatusInput, tx) -> OrderBody in
            let order = try checkout.orders.lock(OrderReference(call.text("order")), in: tx)
            try checkout.noteBefore(order, call)
            let moved = try checkout.move(order, input, by: call.caller().userID, in: tx)
            return OrderBody(moved, currency: checkout.settings.currency, forStaff: true)
        }
        .refusing(.notFound, .conflict)
    }

    private var pay: Endpoint {
        Endpoint(
            .post, "/api/admin/orders/{order}/payment/",
            "Notes that an order has been paid outside of the gateways: by transfer, in cash, at a terminal.",
            access: .staff(Self.permission), in: database
        ) { (call: APIRequest, input: PaymentInput, tx) -> OrderBody in
            let order = try checkout.orders.lock(OrderReference(call.text("order")), in: tx)
            let currency = checkout.settings.currency
            try checkout.noteBefore(order, call)
            let left = try checkout.orders.due(order, tx)
            let due = order.status == .cancelled && left == .zero ? order.total : left
            guard input.amount == order.total || input.amount == due else {
                throw ValidationError("amount", "The order comes to \(currency.price(due)).")
            }
            let paid = try checkout.settle(
                order, inFull: input.amount == order.total, by: .staff(call.caller().userID), note: input.words, in: tx)
            return OrderBody(paid, currency: currency, forStaff: true)
        }
        .refusing(.notFound, .conflict)
    }
}

extension CheckoutService {
    /// Records an order in the audit as it is before staff change it.
    func noteBefore(_ order: Order, _ call: APIRequest) throws {
        guard call.audit != nil else { return }
        try call.noteBefore(OrderBody(order, currency: settings.currency, forStaff: true))
    }
}
