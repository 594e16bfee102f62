import Commerce
import Primitives
import SQL

/// Statements on `password_reset_tokens`.
enum ResetQueries {
    static func insert(
        _ hash: String, for user: UserID, until end: Timestamp, at now: Timestamp, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO password_reset_tokens (user_id, token_hash, created_at, expires_at)
            VALUES (\(user), \(hash), \(now), \(end))
            """)
    }

    /// Returns the user that a token is for; nil where it is not good any more.
    static func owner(_ hash: String, at now: Timestamp, _ connection: Connection) throws -> UserID? {
        try connection.value(
            """
            SELECT user_id FROM password_reset_tokens
            WHERE token_hash = \(hash) AND is_used = 0 AND expires_at > \(now)
            """)
    }

    /// Marks every token of a user as used; how many were good.
    @discardableResult
    static func spendAll(of user: UserID, _ tx: Transaction) throws -> Int {
        try tx.execute("UPDATE password_reset_tokens SET is_used = 1 WHERE user_id = \(user) AND is_used = 0")
    }

    /// Marks a token as used; false where it was not good any more.
    static func spend(_ hash: String, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE password_reset_tokens SET is_used = 1
            WHERE token_hash = \(hash) AND is_used = 0 AND expires_at > \(now)
            """) == 1
    }
}
