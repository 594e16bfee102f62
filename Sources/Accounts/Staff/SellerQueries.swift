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

    static func names(
        of users: [UserID], _ connection: Connection
    ) throws -> [UserID: (username: String, first: String, last: String)] {
        guard !users.isEmpty else { return [:] }
        let rows = try connection.all(
            "SELECT id, username, first_name, last_name FROM users WHERE id IN (\(list: users))"
        ) { row in
            (
                id: try row(UserID.self), username: try row(String.self), first: try row(String.self),
                last: try row(String.self)
            )
        }
        return Dictionary(rows.map { ($0.id, ($0.username, $0.first, $0.last)) }) { first, _ in first }
    }
}
