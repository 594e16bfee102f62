import Commerce
import Primitives
import SQL
import Web

/// The statements behind ``SellerAccounts``.
enum SellerQueries {
    static func promote(_ user: UserID, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE users SET role = \(Role.vendor.rawValue), version = version + 1, updated_at = \(now)
            WHERE id = \(user) AND role = \(Role.customer.rawValue)
            """)
    }
}
