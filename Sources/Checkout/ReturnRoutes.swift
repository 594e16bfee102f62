import Commerce
import HTTPTypes
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
            "Returns", "What comes back of an order.",
            [
                Endpoint(
                    .post, "/api/orders/{order}/returns/", "Asks to send something of an order back.",
                    access: OrderAccess.asked, status: .created, in: database, use: request
                ).refusing(.notFound, .conflict),
                Endpoint(
                    .post, "/api/admin/orders/{order}/returns/",
                    "Notes that something of an order comes back, for a customer who asked elsewhere.",
                    access: CheckoutRoutes.access, status: .created, in: database, use: note
                ).refusing(.notFound, .conflict),
                Endpoint(
                    .post, "/api/admin/returns/{id}/approve/", "Approves a return.", access: CheckoutRoutes.access,
                    in: database, use: approve
                ).refusing(.notFound, .conflict),
                Endpoint(
                    .post, "/api/admin/returns/{id}/reject/", "Rejects a return.", access: CheckoutRoutes.access,
                    in: database, use: reject
                ).refusing(.notFound, .conflict),
                Endpoint(
                    .post, "/api/admin/returns/{id}/receive/",
                    "Counts what arrived of a return, and what is owed for it.", access: CheckoutRoutes.access,
                    in: database, use: receive
                ).refusing(.notFound, .conflict),
            ])
    }

    private func request(_ call: APIRequest, _ input: ReturnInput, _ tx: Transaction) throws -> ReturnBody {
        let order = try checkout.orders.lock(OrderReference(call.text("order")), in: tx)
        let actor = try OrderAccess(call, to: order, staff: CheckoutRoutes.permission).actor(call)
        let found = try checkout.orders.requestReturn(
            input.draft, of: order, within: checkout.settings.returns, by: actor, in: tx)
        try checkout.tell(MailJob.change(of: found, in: order, note: ""), tx)
        return body(found)
    }

    private func note(_ call: APIRequest, _ input: ReturnInput, _ tx: Transaction) throws -> ReturnBody {
        let order = try checkout.orders.lock(OrderReference(call.text("order")), in: tx)
        try checkout.recordBefore(order, call)
        let found = try checkout.orders.requestReturn(
            input.draft, of: order, within: checkout.settings.returns, by: .staff(call.caller().userID), in: tx)
        try checkout.tell(MailJob.change(of: found, in: order, note: ""), tx)
        return body(found)
    }

    private func approve(_ call: APIRequest, _ input: DecisionInput, _ tx: Transaction) throws -> ReturnBody {
        try decide(.approved, call, input, tx)
    }

    private func reject(_ call: APIRequest, _ input: DecisionInput, _ tx: Transaction) throws -> ReturnBody {
        try decide(.rejected, call, input, tx)
    }

    private func decide(
        _ status: ReturnStatus, _ call: APIRequest, _ input: DecisionInput, _ tx: Transaction
    ) throws -> ReturnBody {
        let (id, order) = try locked(call, tx)
        let found = try checkout.orders.decide(
            id, as: status, of: order, by: call.caller().userID, note: input.note, in: tx)
        try checkout.tell(MailJob.change(of: found, in: order, note: input.note), tx)
        return body(found)
    }

    private func receive(_ call: APIRequest, _ input: ArrivalInput, _ tx: Transaction) throws -> ReturnBody {
        let (id, order) = try locked(call, tx)
        return body(
            try checkout.receive(
                id, input.arrivals, refundsShipping: input.refundsShipping, of: order, by: call.caller().userID,
                note: input.note, in: tx))
    }

    /// Locks the order of a return that staff are about to change, and returns both.
    private func locked(_ call: APIRequest, _ tx: Transaction) throws -> (ReturnID, Order) {
        let id = try call.id("id", as: ReturnID.self)
        let order = try checkout.orders.lock(returning: id, in: tx)
        try checkout.recordBefore(order, call)
        return (id, order)
    }

    private func body(_ found: Return) -> ReturnBody { ReturnBody(found, currency: checkout.settings.currency) }
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
