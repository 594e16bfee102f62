import Commerce
import SQL

/// The statements that say who may be written to.
public enum RecipientQueries {
    /// Returns the e-mail addresses of those of `users` whose accounts are in use, neither deactivated, suspended nor
    /// deleted. They stay so until the transaction ends, so that nothing is sent to somebody who is erased meanwhile.
    ///
    /// - Throws: `SQLError`.
    @Sendable public static func addresses(of users: [UserID], in tx: Transaction) throws -> [UserID: String] {
        guard !users.isEmpty else { return [:] }
        let found: [(UserID, String)] = try tx.tuples(
            """
            SELECT id, email FROM users WHERE id IN (\(list: users)) AND deleted_at IS NULL AND is_active = 1
            AND is_suspended = 0 ORDER BY id \(tx.dialect.forShare)
            """)
        return Dictionary(found) { first, _ in first }
    }
}
