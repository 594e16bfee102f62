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
