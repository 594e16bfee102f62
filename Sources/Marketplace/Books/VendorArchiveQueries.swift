import Commerce
import Modules
import SQL

/// What of vendors' money goes into the archive of whoever manages the vendor. Payouts and accounts are books: they stay.
enum VendorArchiveQueries {
    static let archive: [ArchivePart] = [
        ArchivePart(
            "vendor_payouts",
            [
                "id", "vendor_name", "amount", "currency", "period_start", "period_end", "status", "payout_method",
                "transaction_reference", "failure_reason", "created_at", "processed_at",
            ]
        ) { "vendor_payouts WHERE vendor_id IN \(vendors(of: $0.id)) ORDER BY id" },
        ArchivePart(
            "vendor_ledger_entries",
            ["id", "entry_type", "amount", "currency", "order_id", "payout_id", "reason", "available_at", "created_at"]
        ) { "vendor_ledger_entries WHERE vendor_id IN \(vendors(of: $0.id)) ORDER BY id" },
    ]

    /// Returns the paths under which staff wrote of the payouts to a user's vendor.
    @Sendable static func paths(of user: UserID, _ connection: Connection) throws -> [String] {
        let ids: [PayoutID] = try connection.column(
            "SELECT id FROM vendor_payouts WHERE vendor_id IN \(vendors(of: user)) ORDER BY id")
        return ids.map { "/api/admin/payouts/\($0)/" }
    }

    private static func vendors(of user: UserID) -> Query { "(SELECT id FROM vendors WHERE user_id = \(user))" }
}
