import Commerce
import Primitives
import SQL

/// What the shop has of the payments that a gateway's list names.
extension PaymentService {
    /// Returns what the shop has of the payments of these names, by three statements however many they are.
    ///
    /// - Throws: `SQLError`.
    public func books(
        of names: [GatewayLookup], at gateway: GatewayCode, in connection: Connection
    ) throws -> PaymentBooks {
        let found = try PaymentQueries.named(names, at: gateway, connection)
        let ids = Array(Set(found.map(\.id)))
        return PaymentBooks(
            found, refunds: try RefundQueries.refunds(of: ids, connection),
            disputes: try RefundQueries.disputes(of: ids, connection))
    }

    /// Returns the disputes of these payments, oldest first.
    ///
    /// - Throws: `SQLError`.
    public func disputes(of payments: [PaymentID], in connection: Connection) throws -> [Dispute] {
        try RefundQueries.disputes(of: payments, connection)
    }

    /// Returns the moment at which the oldest payment was begun of which a dispute is not ended, in UTC; nil where none is. No such
    /// dispute was made before: when it became known to the shop would not tell that.
    ///
    /// - Throws: `SQLError`.
    public func oldestDisputed(at gateway: GatewayCode, in connection: Connection) throws -> Timestamp? {
        try RefundQueries.oldestDisputed(at: gateway, connection)
    }
}

/// Payments with their refunds and disputes, as the shop has them, found by the names that gateways call them by.
public struct PaymentBooks: Sendable {
    private let byOwn: [String: Payment]
    private let byReference: [String: Payment]
    private let byTransaction: [String: Payment]
    private let refunds: [PaymentID: [Refund]]
    private let disputes: [PaymentID: [Dispute]]

    init(_ payments: [Payment], refunds: [Refund], disputes: [Dispute]) {
        func names(_ name: KeyPath<Payment, String>) -> [String: Payment] {
            Dictionary(payments.map { ($0[keyPath: name], $0) }) { first, _ in first }
        }
        byOwn = names(\.transactionID)
        byReference = names(\.reference)
        byTransaction = names(\.gatewayTransaction)
        self.refunds = Dictionary(grouping: refunds, by: \.payment)
        self.disputes = Dictionary(grouping: disputes, by: \.payment)
    }

    /// Returns the payment that a gateway names: by our own id, else by one of the gateway's; nil where the shop has none.
    public func payment(_ names: GatewayLookup) -> Payment? {
        let known = names.transactionID.isEmpty ? nil : byOwn[names.transactionID]
        return known ?? names.reference.flatMap { byReference[$0] } ?? names.transaction.flatMap { byTransaction[$0] }
    }

    /// Returns the refunds of a payment, oldest first.
    public func refunds(of payment: Payment) -> [Refund] { refunds[payment.id] ?? [] }

    /// Returns the disputes of a payment, oldest first.
    public func disputes(of payment: Payment) -> [Dispute] { disputes[payment.id] ?? [] }

    /// Returns those notices that are about payments of the shop and tell something new, each with its payment. What has to be asked
    /// about is asked once for each payment.
    public func news(_ notices: [GatewayNotice]) -> [(notice: GatewayNotice, payment: PaymentID)] {
        var asked: Set<PaymentID> = []
        return notices.compactMap { notice in
            guard let payment = payment(notice.names), isNew(notice, of: payment) else { return nil }
            if case .ask = notice, !asked.insert(payment.id).inserted { return nil }
            return (notice, payment.id)
        }
    }

    private func isNew(_ notice: GatewayNotice, of payment: Payment) -> Bool {
        switch notice {
        case .payment, .ask: return true
        case .refund(let report, _, _):
            guard let known = refunds(of: payment).first(where: { $0.isMeant(by: report) }) else { return true }
            var after = known
            after.take(report, at: known.updatedAt)
            return after != known
        case .dispute(let report, _, _):
            guard let known = disputes(of: payment).first(where: { $0.gatewayDispute == report.id }) else {
                return true
            }
            var after = known
            after.take(report)
            return after != known
        }
    }
}
