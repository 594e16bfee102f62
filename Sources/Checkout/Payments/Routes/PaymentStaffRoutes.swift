import Commerce
import HTTPTypes
import Orders
import Payments
import Primitives
import SQL
import Web

/// The endpoints by which staff capture, cancel and refund payments, decide refunds, and have webhooks worked on again.
struct PaymentStaffRoutes: Sendable {
    static let edit = Access.staff("payments.edit")
    static let refund = Access.staff(PaymentRoutes.refundPermission)

    let flow: PaymentFlow

    var group: EndpointGroup {
        EndpointGroup(
            "Payments",
            [
                Endpoint(
                    .post, "/api/admin/payments/{id}/capture/",
                    "Captures an authorized payment, or a part of it; the rest is given back.", access: Self.edit,
                    use: capture
                ).leased().refusing(.notFound, .conflict, .serviceUnavailable),
                Endpoint(
                    .post, "/api/admin/payments/{id}/cancel/",
                    "Cancels a payment that is not captured: no money can come of it any more.", access: Self.edit,
                    use: cancel
                ).leased().refusing(.notFound, .conflict, .serviceUnavailable),
                Endpoint(
                    .post, "/api/admin/payments/{id}/refund/", "Refunds a payment, or a part of it, at once.",
                    access: Self.refund, status: .created, use: refund
                ).leased().refusing(.notFound, .conflict, .serviceUnavailable),
                Endpoint(
                    .post, "/api/admin/refunds/{id}/approve/", "Approves a refund that was asked for, and makes it.",
                    access: Self.refund, use: approve
                ).leased().refusing(.notFound, .conflict, .serviceUnavailable),
                Endpoint(
                    .post, "/api/admin/refunds/{id}/reject/", "Rejects a refund that was asked for.",
                    access: Self.refund, in: flow.database, use: reject
                ).refusing(.notFound, .conflict),
                Endpoint(
                    .post, "/api/admin/webhook-events/{id}/replay/", "Has a webhook worked on again.",
                    access: Self.edit, in: flow.database, use: replay
                ).refusing(.notFound),
            ])
    }

    private func capture(_ call: APIRequest, _ input: CaptureInput) async throws -> StaffPaymentBody {
        try await body(flow.capture(call.id("id"), amount: input.amount, call))
    }

    private func cancel(_ call: APIRequest, _: NoInput) async throws -> StaffPaymentBody {
        try await body(flow.void(call.id("id"), call))
    }

    private func refund(_ call: APIRequest, _ input: RefundInput) async throws -> RefundBody {
        try await call.confirmPresence(password: input.presence.password, code: input.presence.code)
        return try await flow.body(of: flow.refund(call.id("id"), input.wish, by: call.caller().userID, call))
    }

    private func approve(_ call: APIRequest, _ input: ApproveInput) async throws -> RefundBody {
        try await call.confirmPresence(password: input.presence.password, code: input.presence.code)
        return try await flow.body(
            of: flow.approve(call.id("id"), amount: input.amount, by: call.caller().userID, call))
    }

    private func reject(_ call: APIRequest, _ input: RejectInput, _ tx: Transaction) throws -> RefundBody {
        let refund = try flow.reject(call.id("id"), reason: input.reason, by: call.caller().userID, in: tx)
        return try flow.body(of: refund, in: tx)
    }

    private func replay(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> WebhookEventBody {
        WebhookEventBody(try flow.replay(call.id("id"), in: tx))
    }

    private func body(_ payment: Payment) async throws -> StaffPaymentBody {
        let refunds = try await flow.database.read { try flow.payments.refunds(of: [payment.id], in: $0) }
        return StaffPaymentBody(payment, refunds, currency: flow.currency)
    }
}

/// How much of a payment to capture.
struct CaptureInput: Input {
    let amount: Money?

    init(_ fields: Fields) {
        amount = fields.optionalMoney("amount", in: Money(minorUnits: 1) ... .maximum)
    }
}

/// The approval of a refund.
struct ApproveInput: Input {
    let amount: Money?
    let presence: PresenceInput

    init(_ fields: Fields) {
        amount = fields.optionalMoney("amount", in: Money(minorUnits: 1) ... .maximum)
        presence = PresenceInput(fields)
    }
}

/// The rejection of a refund.
struct RejectInput: Input {
    let reason: String

    init(_ fields: Fields) {
        reason = fields.string("reason", length: 1...500)
    }
}
