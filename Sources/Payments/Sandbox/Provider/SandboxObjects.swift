import Commerce
import Primitives
import SQL

/// The provider's objects as it sends them in answers and webhooks: amounts in whole minor units, moments in seconds.
extension SandboxProvider {
    /// Returns a payment as it is now, with its refunds and disputes.
    ///
    /// - Throws: `SQLError`.
    func object(of payment: SandboxPayment, _ connection: Connection) throws -> JSONValue {
        try objects(of: [payment], connection)[0]
    }

    /// Returns payments as they are now, with their refunds and disputes.
    ///
    /// - Throws: `SQLError`.
    func objects(of payments: [SandboxPayment], _ connection: Connection) throws -> [JSONValue] {
        let ids = payments.map(\.id)
        let refunds = Dictionary(
            grouping: try SandboxRefundQueries.refunds(of: ids, connection), by: \.paymentID)
        let disputes = Dictionary(
            grouping: try SandboxRefundQueries.disputes(of: ids, connection), by: \.paymentID)
        return payments.map { payment in
            var members = members(of: payment)
            members["refunds"] = .array((refunds[payment.id] ?? []).map { object(of: $0, of: payment) })
            members["disputes"] = .array((disputes[payment.id] ?? []).map { object(of: $0, of: payment) })
            return .object(members)
        }
    }

    func object(of refund: SandboxRefund, of payment: SandboxPayment) -> JSONValue {
        .object([
            "id": .string(refund.reference), "object": .string("refund"), "payment": .string(payment.reference),
            "refund_id": .whole(refund.shopRefund), "amount": .whole(refund.amount.minorUnits),
            "currency": .string(payment.currency), "status": .string(refund.status.rawValue),
            "failure_reason": .string(refund.failureReason), "created": .whole(refund.createdAt.seconds),
        ])
    }

    func object(of dispute: SandboxDispute, of payment: SandboxPayment) -> JSONValue {
        .object([
            "id": .string(dispute.reference), "object": .string("dispute"), "payment": .string(payment.reference),
            "amount": .whole(dispute.amount.minorUnits), "currency": .string(payment.currency),
            "status": .string(dispute.status.rawValue), "reason": .string(dispute.reason),
            "due_by": .whole(dispute.dueBy.seconds), "created": .whole(dispute.createdAt.seconds),
        ])
    }

    /// Returns refunds, each beside its payment, as events have them.
    ///
    /// - Throws: `SQLError`.
    func objects(of refunds: [SandboxRefund], _ connection: Connection) throws -> [JSONValue] {
        try beside("refund", refunds, \.paymentID, connection) { object(of: $0, of: $1) }
    }

    /// Returns disputes, each beside its payment, as events have them.
    ///
    /// - Throws: `SQLError`.
    func objects(of disputes: [SandboxDispute], _ connection: Connection) throws -> [JSONValue] {
        try beside("dispute", disputes, \.paymentID, connection) { object(of: $0, of: $1) }
    }

    private func beside<Claim>(
        _ name: String, _ claims: [Claim], _ payment: KeyPath<Claim, Int64>, _ connection: Connection,
        _ object: (Claim, SandboxPayment) -> JSONValue
    ) throws -> [JSONValue] {
        let found = try SandboxPaymentQueries.payments(claims.map { $0[keyPath: payment] }, connection)
        let payments = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
        return claims.compactMap { claim in
            payments[claim[keyPath: payment]].map {
                .object([name: object(claim, $0), "payment": .object(members(of: $0))])
            }
        }
    }

    private func members(of payment: SandboxPayment) -> [String: JSONValue] {
        [
            "id": .string(payment.reference), "object": .string("payment"),
            "transaction_id": .string(payment.transactionID), "order_number": .string(payment.orderNumber),
            "amount": .whole(payment.amount.minorUnits), "currency": .string(payment.currency),
            "capture_method": .string(payment.isManual ? "manual" : "automatic"),
            "status": .string(payment.status.rawValue), "authorized": .whole(payment.authorized.minorUnits),
            "captured": .whole(payment.captured.minorUnits), "fee": payment.fee.map { .whole($0.minorUnits) } ?? .null,
            "method": .string(payment.method), "failure_code": .string(payment.failureCode),
            "failure_reason": .string(payment.failureReason), "customer": payment.customer.map { .string($0) } ?? .null,
            "saved_method": payment.savedMethod.map { .string($0) } ?? .null,
            "next_action_url": payment.isPayable ? .string(page(of: payment)) : .null,
            "created": .whole(payment.createdAt.seconds),
        ]
    }
}

extension JSONValue {
    /// Returns the number.
    static func whole(_ number: Int64) -> JSONValue { .number(String(number)) }
}
