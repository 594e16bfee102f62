import Commerce
import SQL

/// The statements by which other rooms name accounts to staff.
public enum AccountNameQueries {
    /// Returns the e-mail addresses of those of `users` that are not deleted.
    ///
    /// - Throws: `SQLError`.
    @Sendable public static func emails(of users: [UserID], _ connection: Connection) throws -> [UserID: String] {
        guard !users.isEmpty else { return [:] }
        let found: [(UserID, String)] = try connection.tuples(
            "SELECT id, email FROM users WHERE id IN (\(list: users)) AND deleted_at IS NULL")
        return Dictionary(found) { first, _ in first }
    }
}
