import Commerce
import Primitives
import SQL
import Web

/// The statements of the ledger: it is only ever added to.
enum LedgerQueries {
    static func insert(_ posting: LedgerPosting, at now: Timestamp, _ tx: Transaction) throws {
        let entries = try posting.entries()
        guard !entries.isEmpty else { return }
        let id = try tx.insert(
            """
            INSERT INTO ledger_transactions (kind, order_id, payment_id, refund_id, created_at)
            VALUES (\(posting.kind), \(posting.order), \(posting.payment), \(posting.refund), \(now))
            """)
        let rows = entries.map { entry -> [SQLValue] in
            .row(
                id, entry.account, entry.debit, entry.credit, posting.currency, posting.order, posting.payment, now)
        }
        try tx.execute(
            """
            INSERT INTO ledger_entries (transaction_id, account, debit, credit, currency, order_id, payment_id,
            created_at) VALUES \(rows: rows)
            """)
    }

    /// The conditions on the entries of a list; nil leaves one out.
    struct Filter: Sendable {
        var account: String?
        var order: OrderID?
        var payment: PaymentID?
        var from: Timestamp?
        var until: Timestamp?
        var sorting = Ordering<AgeSortKey>.newestFirst

        var condition: Query {
            var conditions: [Query] = ["1 = 1"]
            if let account { conditions.append("account = \(account)") }
            if let order { conditions.append("order_id = \(order)") }
            if let payment {
                // By its order, which has an index.
                conditions.append(
                    "order_id = (SELECT order_id FROM payments WHERE id = \(payment)) AND payment_id = \(payment)")
            }
            if let from { conditions.append("created_at >= \(from)") }
            if let until { conditions.append("created_at < \(until)") }
            return conditions.joined(by: " AND ")
        }
    }

    /// Returns a query that counts the entries of a list.
    static func counting(_ filter: Filter) -> Query {
        "SELECT COUNT(*) FROM ledger_entries WHERE \(filter.condition)"
    }

    /// Returns a page of entries. What lies before the page is skipped by the index alone.
    static func list(_ filter: Filter, _ page: PageRequest, _ connection: Connection) throws -> [LedgerEntry] {
        try connection.all(
            .page(
                of: LedgerEntry.columns, from: "ledger_entries", where: filter.condition,
                by: "created_at \(filter.sorting.direction), id \(filter.sorting.direction)", page.limit))
    }
}

/// An entry of the ledger.
public struct LedgerEntry: RowDecodable, Sendable, Hashable {
    static let columns: Query =
        "id, transaction_id, account, debit, credit, currency, order_id, payment_id, created_at"

    let id: Int64
    let transaction: Int64
    let account: LedgerAccount
    let debit: Money
    let credit: Money
    let currency: String
    let order: OrderID?
    let payment: PaymentID?
    let createdAt: Timestamp

    /// Decodes the columns of `columns`, in their order.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        id = try row()
        transaction = try row()
        account = try row()
        debit = try row()
        credit = try row()
        currency = try row()
        order = try row()
        payment = try row()
        createdAt = try row()
    }
}
