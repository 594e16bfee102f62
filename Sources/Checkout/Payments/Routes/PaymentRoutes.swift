import Commerce
import HTTPTypes
import Orders
import Payments
import Primitives
import SQL
import Web

/// The endpoints by which payers pay, and ask for refunds.
struct PaymentRoutes: Sendable {
    /// What staff need to refund.
    static let refundPermission = "orders.refund"
    /// What staff need to see somebody else's payment.
    static let viewPermission = "payments.view"

    let flow: PaymentFlow

    var group: EndpointGroup {
        EndpointGroup(
            "Payments",
            [
                Endpoint(
                    .post, "/api/payments/initiate/",
                    "Begins to pay an order with a gateway, or shows the payment that is open with it already.",
                    access: OrderAccess.asked, status: .created, use: initiate
                ).answering(.ok).leased().refusing(.notFound, .conflict, .serviceUnavailable),
                Endpoint(
                    .get, "/api/payments/{id}/status/",
                    "Shows a payment; its gateway is asked where it is open, once in three seconds at most.",
                    access: OrderAccess.asked, use: status
                ).refusing(.notFound),
                Endpoint(
                    .post, "/api/payments/{id}/confirm/",
                    "Takes what the browser brings back from the gateway's page, and asks the gateway.",
                    access: OrderAccess.asked, use: confirm
                ).refusing(.notFound, .conflict, .serviceUnavailable),
                Endpoint(
                    .post, "/api/payments/{id}/refund/",
                    "Asks for a refund, which staff decide; staff refund at once, with a fresh factor.",
                    access: OrderAccess.asked, status: .created, use: refund
                ).leased().refusing(.notFound, .forbidden, .conflict, .serviceUnavailable),
            ])
    }

    private func initiate(_ call: APIRequest, _ input: InitiateInput) async throws -> Reply<PaymentBody> {
        let wish = PaymentFlow.Wish(
            gateway: input.gateway, method: input.method, savedMethod: input.savedMethod,
            savesMethod: input.savesMethod, returnURL: try flow.settings.returnURL(input.returnURL),
            user: call.identity?.userID)
        let (payment, isNew) = try await flow.initiate(.id(input.order), wish) { order, tx in
            try call.confirmSession(in: tx)
            guard try OrderAccess(call, to: order, staff: Self.viewPermission) == .customer else { throw NotFound() }
        }
        return Reply(try await body(payment), status: isNew ? .created : .ok)
    }

    private func status(_ call: APIRequest, _: NoInput) async throws -> PaymentBody {
        let (id, _) = try await authorized(call)
        return try await body(flow.look(at: id))
    }

    private func confirm(_ call: APIRequest, _ input: ConfirmInput) async throws -> PaymentBody {
        let (id, _) = try await authorized(call)
        return try await body(flow.confirm(id, input.evidence))
    }

    private func refund(_ call: APIRequest, _ input: RefundInput) async throws -> RefundBody {
        let (id, access) = try await authorized(call, staff: Self.refundPermission)
        guard access == .staff, let user = call.identity?.userID else {
            return try await flow.body(of: flow.requestRefund(id, input.wish, call))
        }
        try await call.confirmPresence(password: input.presence.password, code: input.presence.code)
        call.audit?.want()
        return try await flow.body(of: flow.refund(id, input.wish, by: user, call))
    }

    /// Returns the payment that the path names and in which capacity the caller comes to it, by its order.
    private func authorized(
        _ call: APIRequest, staff permission: String = viewPermission
    ) async throws -> (PaymentID, OrderAccess) {
        let id = try call.id("id", as: PaymentID.self)
        let access = try await flow.database.read { connection in
            let order = try flow.payments.order(of: id, in: connection)
            return try flow.orders.access(to: order, by: call, staff: permission, in: connection)
        }
        return (id, access)
    }

    private func body(_ payment: Payment) async throws -> PaymentBody {
        let refunds = try await flow.database.read { try flow.payments.refunds(of: [payment.id], in: $0) }
        return PaymentBody(payment, refunds, flow.payments.nextAction(of: payment), currency: flow.currency)
    }
}

/// What a payer chooses.
struct InitiateInput: Input {
    let order: OrderID
    let gateway: GatewayCode
    let method: String?
    let savedMethod: SavedMethodID?
    let savesMethod: Bool
    let returnURL: String?

    init(_ fields: Fields) {
        order = fields.id("order_id")
        gateway = fields.choice("gateway")
        method = fields.optionalString("payment_method", length: 1...40)
        savedMethod = fields.optionalID("payment_method_id")
        savesMethod = fields.boolean("save_payment_method", .optional(false))
        returnURL = fields.optionalString("return_url", length: 1...500)
    }
}

/// What a browser brings back from its gateway's page; which of it matters is the gateway's to say.
struct ConfirmInput: Input {
    private static let names = ["razorpay_payment_id", "razorpay_order_id", "razorpay_signature"]

    let evidence: [String: String]

    init(_ fields: Fields) {
        evidence = Self.names.reduce(into: [:]) { $0[$1] = fields.optionalString($1, length: 1...200) }
    }
}

/// A refund that somebody asks for.
struct RefundInput: Input {
    /// A number of units of one line.
    struct Part: Input {
        let item: Refund.Item

        init(_ fields: Fields) {
            item = Refund.Item(fields.id("order_item_id"), quantity: fields.integer("quantity", in: 1...1_000_000))
        }
    }

    let wish: RefundWish
    let presence: PresenceInput

    init(_ fields: Fields) {
        let items = fields.list("items", of: Part.self, limit: 200).map(\.item)
        if Set(items.map(\.orderItemID)).count < items.count { fields.fail("items", "Each line may stand only once.") }
        let restock = fields.boolean("restock", .optional(false))
        if restock, items.isEmpty { fields.fail("items", "Say what goes back into stock.") }
        wish = RefundWish(
            amount: fields.optionalMoney("amount", in: Money(minorUnits: 1) ... .maximum),
            reason: fields.string("reason", length: 1...500), items: items, restock: restock)
        presence = PresenceInput(fields)
    }
}
