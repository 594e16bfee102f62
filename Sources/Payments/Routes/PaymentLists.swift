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
        filter.search = try filter.search?.done(connection)
        let rows = try PageRows(count: counts.count(PaymentListQueries.counting(filter), connection), page) {
            [filter] in
            try PaymentListQueries.list(filter, page, connection)
        }
        return (rows, try RefundQueries.refunds(of: rows.rows.map(\.id), connection))
    }

    func refunds(
        _ filter: RefundListQueries.Filter, by order: Ordering<RefundListQueries.SortKey>, _ page: PageRequest,
        _ connection: Connection
    ) throws -> (rows: PageRows<Refund>, numbers: [OrderID: String]) {
        var filter = filter
        filter.search = try filter.search?.done(connection)
        let rows = try PageRows(count: RefundListQueries.count(filter, connection), page) {
            try RefundListQueries.list(filter, by: order, page, connection)
        }
        return (rows, try PaymentListQueries.orderNumbers(of: rows.rows.map(\.order), connection))
    }

    func disputes(
        _ filter: PaymentListQueries.DisputeFilter, _ page: PageRequest, _ connection: Connection
    ) throws -> (rows: PageRows<Dispute>, numbers: [OrderID: String]) {
        let rows = try PageRows(count: PaymentListQueries.count(filter, connection), page) {
            try PaymentListQueries.disputes(filter, page, connection)
        }
        return (rows, try PaymentListQueries.orderNumbers(of: rows.rows.map(\.order), connection))
    }

    func events(
        _ filter: EventListQueries.Filter, by order: Ordering<EventListQueries.SortKey>, _ page: PageRequest,
        _ connection: Connection
    ) throws -> PageRows<WebhookEvent> {
        var filter = filter
        filter.search = try filter.search?.done(connection)
        return try PageRows(count: EventListQueries.count(filter, connection), page) {
            try EventListQueries.list(filter, by: order, page, connection)
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
