import Commerce
import Payments
import Primitives
import SQL

/// A gateway's own list against the shop's books. Nothing is changed: what reconciliation would add is told instead.
extension PaymentFlow {
    /// Returns what a gateway lists of a span of time, the last two days where nothing is said, otherwise than the shop knows it. What
    /// a report leaves out is no difference: not every gateway lists refunds with their payments.
    ///
    /// - Throws: `GatewayError`, `SQLError`.
    public func differences(
        from code: GatewayCode, from: Timestamp? = nil, until: Timestamp? = nil
    ) async throws -> [GatewayDifference] {
        let gateway = try await gateway(code)
        let end = until ?? time.now
        var found: [GatewayDifference] = []
        var cursor: String?
        repeat {
            let page = try await gateway.list(from: from ?? end - .days(2), until: end, after: cursor)
            found += try await database.read { connection in
                try page.payments.flatMap { try differences($0, code, connection) }
            }
            cursor = page.next
        } while cursor != nil
        return found
    }

    func differences(
        _ report: GatewayPayment, _ code: GatewayCode, _ connection: Connection
    ) throws -> [GatewayDifference] {
        guard let id = try payments.find(report.names, at: code, in: connection),
            let payment = try payments.find(id, in: connection)
        else { return [GatewayDifference(gateway: code, names: report.names, kind: .unknownPayment)] }
        let refunds = try payments.refunds(of: [id], in: connection)
        let kinds = [payment.difference(from: report)] + report.refunds.map { $0.difference(from: refunds) }
        return kinds.compactMap { $0 }.map { GatewayDifference(gateway: code, names: payment.names, kind: $0) }
    }
}

extension Payment {
    /// Returns how a report tells otherwise of captured money. One that tells of none counts only where it is about the attempt that
    /// moved the money, and no line of a refund.
    fileprivate func difference(from report: GatewayPayment) -> GatewayDifference.Kind? {
        let isOther = report.names.transaction.map { $0 != gatewayTransaction && !gatewayTransaction.isEmpty } ?? false
        if report.captured == .zero, isOther || !report.refunds.isEmpty { return nil }
        return report.captured == facts.captured ? nil : .captured(report.captured, here: facts.captured)
    }
}

extension GatewayRefund {
    /// Returns how this report of a refund tells otherwise than the shop's refunds of the payment.
    fileprivate func difference(from known: [Refund]) -> GatewayDifference.Kind? {
        let own = known.first { $0.gatewayRefund == id } ?? known.first { $0.gatewayRefund.isEmpty && $0.id == refund }
        guard let own else { return status == .failed ? nil : .unknownRefund(id, amount) }
        if own.amount != amount { return .refundAmount(own.id, amount, here: own.amount) }
        let isSame =
            switch status {
            case .completed: own.status == .completed
            case .failed: own.status == .failed
            case .pending: own.status.isCounted
            }
        return isSame ? nil : .refundStatus(own.id, status, here: own.status)
    }
}
