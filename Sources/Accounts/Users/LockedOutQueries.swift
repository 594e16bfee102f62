import Commerce
import SQL

/// Statements that look through all users for those who cannot log in.
enum LockedOutQueries {
    struct User: RowDecodable, Sendable {
        let id: UserID
        let email: String
        let passwordHash: String
        let socialAccounts: Int

        init(row: inout RowReader) throws {
            id = try row()
            email = try row()
            passwordHash = try row()
            socialAccounts = try row()
        }
    }

    static func users(after start: UserID, limit: Int, _ connection: Connection) throws -> [User] {
        try connection.all(
            """
            SELECT u.id, u.email, u.password_hash,
                (SELECT COUNT(*) FROM social_accounts s WHERE s.user_id = u.id)
            FROM users u WHERE u.id > \(start) AND u.deleted_at IS NULL ORDER BY u.id LIMIT \(limit)
            """)
    }
}
