import Commerce
import Primitives
import SQL
import Vendors
import Web

/// The statements of lists of payouts.
enum PayoutListQueries {
    /// The conditions on the payouts of a list; nil leaves one out.
    struct Filter: Sendable {
        var vendor: VendorID?
        var status: PayoutStatus?
        var from: CivilDate?
        var until: CivilDate?
        var search: RowSearch<PayoutID>?

        var condition: Query {
            var conditions: [Query] = ["1 = 1"]
            if let vendor { conditions.append("vendor_id = \(vendor)") }
            if let status { conditions.append("status = \(status)") }
            if let from { conditions.append("period_end >= \(from)") }
            if let until { conditions.append("period_start <= \(until)") }
            if let search { conditions.append(search.holds("id")) }
            return conditions.joined(by: " AND ")
        }

        /// Returns the hint of the index that has the list in the order of `key`, and what the conditions compare.
        func walk(by key: SortKey, _ dialect: Dialect) -> Query {
            if search?.isDone == true { return .empty }
            return switch (key, vendor != nil) {
            case (.createdAt, true): dialect.through("ix_vendor_payouts_vendor_id_created_at")
            case (.createdAt, false): dialect.through("ix_vendor_payouts_newest")
            case (.amount, _): dialect.through("ix_vendor_payouts_amount")
            }
        }
    }

    enum SortKey: String, CaseIterable, SQLName {
        case createdAt = "created_at"
        case amount

        var sqlName: StaticString {
            switch self {
            case .createdAt: "created_at"
            case .amount: "amount"
            }
        }
    }

    /// Returns the search for payouts by a part of their vendor's name, or by the whole reference of the bank or of the message
    /// to it. Vendors are few beside payouts: all their names are looked through.
    static func search(_ text: String) -> RowSearch<PayoutID> {
        RowSearch(
            """
            SELECT id FROM vendor_payouts
            WHERE vendor_id IN (SELECT v.id FROM vendors v WHERE INSTR(LOWER(v.name), \(text.lowercased())) > 0)
            UNION SELECT id FROM vendor_payouts WHERE transaction_reference = \(text)
            UNION SELECT id FROM vendor_payouts WHERE bank_message_id = \(text)
            """)
    }

    static func count(_ filter: Filter, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM vendor_payouts WHERE \(filter.condition)") ?? 0
    }

    /// Returns a page of payouts. What lies before the page is skipped by the index alone.
    static func list(
        _ filter: Filter, by order: Ordering<SortKey>, _ page: PageRequest, _ connection: Connection
    ) throws -> [Payout] {
        try connection.all(
            .page(
                of: "\(Payout.columns)", from: "vendor_payouts",
                through: filter.walk(by: order.key, connection.dialect),
                where: filter.condition, by: "\(order.key) \(order.direction), id \(order.direction)", page.limit))
    }
}
