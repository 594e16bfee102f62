import Commerce
import Payments
import Primitives
import SQL

/// A gateway's own lists against the shop's books. Nothing is changed: what reconciliation would add is told instead.
extension PaymentFlow {
    /// Returns what a gateway lists of a span of time, the last two days where nothing is said, otherwise than the shop knows it: of
    /// payments that were made in it, and of refunds and disputes that were, whenever their payments were made. What a report leaves out
    /// is no difference: not every gateway lists refunds with their payments. A gateway that refuses a list of refunds or of disputes
    /// is logged, and that list left out.
    ///
    /// - Throws: `GatewayError`, `SQLError`.
    public func differences(
        from code: GatewayCode, from: Timestamp? = nil, until: Timestamp? = nil
    ) async throws -> [GatewayDifference] {
        let gateway = try await gateway(code)
        let end = until ?? time.now
        let start = from ?? end - .days(2)
        var found: [GatewayDifference] = []
        var cursor: String?
        repeat {
            let page = try await gateway.list(from: start, until: end, after: cursor)
            found += try await database.read { try differences(page.payments, code, $0) }
            cursor = page.next
        } while cursor != nil
        for kind in GatewayChangeKind.allCases {
            let failure = try await look(at: kind.rawValue, of: code) {
                try await walk(kind, of: gateway, start, end) { found += try await differences($0, gateway) }
            }
            if let failure { throw failure }
        }
        // Some gateways list refunds and disputes with their payments too.
        var told: Set<GatewayDifference> = []
        return found.filter { told.insert($0).inserted }
    }

    func differences(
        _ reports: [GatewayPayment], _ code: GatewayCode, _ connection: Connection
    ) throws -> [GatewayDifference] {
        let books = try payments.books(of: reports.map(\.names), at: code, in: connection)
        return reports.flatMap { books.differences($0, code) }
    }

    private func differences(
        _ notices: [GatewayNotice], _ gateway: any PaymentGateway
    ) async throws -> [GatewayDifference] {
        let code = gateway.code
        let books = try await database.read { try payments.books(of: notices.map(\.names), at: code, in: $0) }
        var found = notices.flatMap { books.differences($0, code) }
        for case (.ask(let names), _) in books.news(notices) {
            guard let payment = books.payment(names),
                let report = try await gateway.find(payment.names, in: currency(of: payment))
            else { continue }
            found += books.differences(report, code)
        }
        return found
    }
}

extension PaymentBooks {
    fileprivate func differences(_ report: GatewayPayment, _ code: GatewayCode) -> [GatewayDifference] {
        guard let payment = payment(report.names) else {
            return [GatewayDifference(gateway: code, names: report.names, kind: .unknownPayment)]
        }
        let kinds =
            [payment.difference(from: report)]
            + report.refunds.map { $0.difference(from: refunds(of: payment)) }
            + report.disputes.map { $0.difference(from: disputes(of: payment)) }
        return kinds.compactMap { $0 }.map { GatewayDifference(gateway: code, names: payment.names, kind: $0) }
    }

    /// Returns what a notice tells otherwise. One that is about no payment of the shop counts where it carries an id as the shop makes
    /// them, else it is another program's. What has to be asked about tells nothing by itself.
    fileprivate func differences(_ notice: GatewayNotice, _ code: GatewayCode) -> [GatewayDifference] {
        guard let payment = payment(notice.names) else {
            let isOurs = !notice.names.transactionID.isEmpty
            return isOurs ? [GatewayDifference(gateway: code, names: notice.names, kind: .unknownPayment)] : []
        }
        let kind: GatewayDifference.Kind? =
            switch notice {
            case .payment(let report, _): payment.difference(from: report)
            case .refund(let report, _, _): report.difference(from: refunds(of: payment))
            case .dispute(let report, _, _): report.difference(from: disputes(of: payment))
            case .ask: nil
            }
        return kind.map { [GatewayDifference(gateway: code, names: payment.names, kind: $0)] } ?? []
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

extension GatewayDispute {
    /// Returns how this report of a dispute tells otherwise than the shop's disputes of the payment.
    fileprivate func difference(from known: [Dispute]) -> GatewayDifference.Kind? {
        guard let own = known.first(where: { $0.gatewayDispute == id }) else { return .unknownDispute(id, amount) }
        if amount > .zero, own.amount != amount { return .disputeAmount(own.id, amount, here: own.amount) }
        return own.status == status ? nil : .disputeStatus(own.id, status, here: own.status)
    }
}
