import Commerce
import Coupons
import HTTPTypes
import Inventory
import Jobs
import Messages
import Orders
import SQL
import Web

/// The endpoints of returns: requested by customers, decided and received by staff.
public struct ReturnRoutes: Sendable {
    let database: any Database
    let checkout: CheckoutService

    /// Creates the endpoints over `checkout`.
    public init(database: any Database, checkout: CheckoutService) {
        self.database = database
        self.checkout = checkout
    }

    /// The endpoints under the tag `Returns`.
    public var group: EndpointGroup {
        EndpointGroup(
            "Returns", "What comes back of an order.", [request, decide(.approved), decide(.rejected), receive])
    }

    private var request: Endpoint {
        Endpoint(
            .post, "/api/orders/{order}/returns/", "Asks to send something of an order back.", access: .anyoneKnown,
            status: .created, in: database
        ) { (call: APIRequest, input: ReturnInput, tx) -> ReturnBody in
            let order = try checkout.orders.lock(OrderReference(call.text("order")), in: tx)
            let access = try OrderAccess(call, to: order, staff: CheckoutRoutes.permission)
            let actor = try access.actor(call)
            return body(
                try checkout.orders.requestReturn(
                    input.draft, of: order, within: checkout.settings.returns, by: actor, in: tx))
        }
        .refusing(.notFound, .conflict)
    }

    private func decide(_ status: ReturnStatus) -> Endpoint {
        let (verb, summary) = status == .approved ? ("approve", "Approves a return.") : ("reject", "Rejects a return.")
        return Endpoint(
            .post, "/api/admin/returns/{id}/\(verb)/", summary, access: .staff(CheckoutRoutes.permission), in: database
        ) { (call: APIRequest, input: DecisionInput, tx) -> ReturnBody in
            let id = try call.id("id", as: ReturnID.self)
            let order = try checkout.orders.lock(returning: id, in: tx)
            try checkout.noteBefore(order, call)
            return body(
                try checkout.orders.decide(
                    id, as: status, of: order, by: call.caller().userID, note: input.note, in: tx))
        }
        .refusing(.notFound, .conflict)
    }

    private var receive: Endpoint {
        Endpoint(
            .post, "/api/admin/returns/{id}/receive/", "Counts what arrived of a return, and what is owed for it.",
            access: .staff(CheckoutRoutes.permission), in: database
        ) { (call: APIRequest, input: ArrivalInput, tx) -> ReturnBody in
            let id = try call.id("id", as: ReturnID.self)
            let order = try checkout.orders.lock(returning: id, in: tx)
            try checkout.noteBefore(order, call)
            return body(try checkout.receive(id, input, of: order, by: call.caller().userID, in: tx))
        }
        .refusing(.notFound, .conflict)
    }

    private func body(_ found: Return) -> ReturnBody { ReturnBody(found, currency: checkout.settings.currency) }
}

extension CheckoutService {
    /// Counts what arrived, and puts undamaged units back into stock.
    ///
    /// - Throws:, `SQLError`, what ``OrderService/receive(_:_:refundsShipping:of:by:note:in:)`` throws,
    ///   `ValidationError` where the warehouse would hold too much.
    func receive(
        _ id: ReturnID, _ input: ArrivalInput, of order: Order, by user: UserID, in tx: Transaction
    ) throws -> Return {
        let (received, left) = try orders.receive(
            id, input.arrivals, refundsShipping: input.refundsShipping, of: order, by: user, note: input.note, in: tx)
        let lines = received.parts.filter { $0.restocked > 0 }.compactMap { part in
            order.items.first { $0.id == part.item }.map { StockLine($0.sellable, quantity: part.restocked) }
        }
        try stock.takeBack(lines, of: order.id, by: user, in: tx)
        if left.status == .cancelled {
            try tell(MailJob.cancellation(of: left, reason: "Everything of it came back."), tx)
            if !order.couponCode.isEmpty { try pricing.coupons.release(order.id, in: tx) }
        }
        if !lines.isEmpty { try RevisionQueries.move(in: tx) }
        return received
    }
}

extension OrderAccess {
    /// Returns the actor to write into an order's history.
    func actor(_ call: APIRequest) throws -> OrderActor {
        guard self == .staff else { return .customer(call.identity?.userID) }
        call.audit?.want()
        return .staff(try call.caller().userID)
    }
}

/// The parts of an order to return.
struct ReturnInput: Input {
    /// A number of units of one line, with the reason.
    struct Part: Input {
        let part: ReturnDraft.Part

        init(_ fields: Fields) {
            part = ReturnDraft.Part(
                fields.id("order_item_id"), quantity: fields.integer("quantity", in: 1...1_000_000),
                reason: fields.string("reason", .optional(""), length: 0...500))
        }
    }

    let draft: ReturnDraft

    init(_ fields: Fields) {
        let parts = fields.list("items", of: Part.self, limit: 200).map(\.part)
        if parts.isEmpty, !fields.hasFailed("items") { fields.fail("items", "This list may not be empty.") }
        if Set(parts.map(\.item)).count < parts.count { fields.fail("items", "Each line may stand only once.") }
        draft = ReturnDraft(parts: parts, note: fields.string("note", .optional(""), length: 0...1_000))
    }
}

/// The remark of staff on a decision about a return.
struct DecisionInput: Input {
    let note: String

    init(_ fields: Fields) {
        note = fields.string("note", .optional(""), length: 0...1_000)
    }
}

/// The counts of what arrived of a return.
struct ArrivalInput: Input {
    /// A number of units of one part.
    struct Part: Input {
        let arrival: ReturnArrival

        init(_ fields: Fields) {
            arrival = ReturnArrival(
                part: Int64(fields.integer("return_item_id", in: 1...Int(Int64.max))),
                quantity: fields.integer("quantity", in: 0...1_000_000),
                isRestocked: fields.boolean("restock", .optional(true)))
        }
    }

    let arrivals: [ReturnArrival]
    let refundsShipping: Bool
    let note: String

    init(_ fields: Fields) {
        arrivals = fields.list("items", of: Part.self, limit: 200).map(\.arrival)
        refundsShipping = fields.boolean("refund_shipping", .optional(false))
        note = fields.string("note", .optional(""), length: 0...1_000)
    }
}
