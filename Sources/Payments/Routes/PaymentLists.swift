import Commerce
import Primitives
import SQL
import Web

/// The pages of staff's lists of payments, with what belongs to each row.
struct PaymentLists: Sendable {
    private let counts = CountCache()

    func payments(
        _ filter: PaymentListQueries.PaymentFilter, _ page: PageRequest, _ connection: Connection
    ) throws -> (rows: PageRows<Payment>, refunds: [Refund]) {
        var filter = filter
        filter.found = try filter.search.map { try PaymentListQueries.named($0, connection) }
        let rows = try PageRows(count: counts.count(PaymentListQueries.counting(filter), connection), page) {
            [filter] in
            try PaymentListQueries.list(filter, page, connection)
        }
        return (rows, try RefundQueries.refunds(of: rows.rows.map(\.id), connection))
    }

    func refunds(
        _ filter: PaymentListQueries.ClaimFilter<RefundStatus>, _ page: PageRequest, _ connection: Connection
    ) throws -> (rows: PageRows<Refund>, numbers: [OrderID: String]) {
        let rows = try PageRows(count: PaymentListQueries.count(refunds: filter, connection), page) {
            try PaymentListQueries.refunds(filter, page, connection)
        }
        return (rows, try PaymentListQueries.orderNumbers(of: rows.rows.map(\.order), connection))
    }

    func disputes(
        _ filter: PaymentListQueries.ClaimFilter<GatewayDispute.Status>, _ page: PageRequest, _ connection: Connection
    ) throws -> (rows: PageRows<Dispute>, numbers: [OrderID: String]) {
        let rows = try PageRows(count: PaymentListQueries.count(disputes: filter, connection), page) {
            try PaymentListQueries.disputes(filter, page, connection)
        }
        return (rows, try PaymentListQueries.orderNumbers(of: rows.rows.map(\.order), connection))
    }

    func events(
        _ filter: PaymentListQueries.EventFilter, _ page: PageRequest, _ connection: Connection
    ) throws -> PageRows<WebhookEvent> {
        try PageRows(count: PaymentListQueries.count(filter, connection), page) {
            try PaymentListQueries.events(filter, page, connection)
        }
    }

    func ledger(
        _ filter: LedgerQueries.Filter, _ page: PageRequest, _ connection: Connection
    ) throws -> (rows: PageRows<LedgerEntry>, numbers: [OrderID: String]) {
        let rows = try PageRows(count: counts.count(LedgerQueries.counting(filter), connection), page) {
            try LedgerQueries.list(filter, page, connection)
        }
        return (rows, try PaymentListQueries.orderNumbers(of: rows.rows.compactMap(\.order), connection))
    }
}
