import Commerce
import Primitives
import SQL

/// Statements on `email_verification_tokens`.
enum VerificationQueries {
    /// Whose e-mail a token verifies.
    struct Owner: RowDecodable {
        static let columns: Query = "user_id, email"

        let user: UserID
        let email: String

        init(row: inout RowReader) throws {
            user = try row()
            email = try row()
        }
    }

    static func insert(
        _ hash: String, for user: UserID, _ email: String, until end: Timestamp, at now: Timestamp, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO email_verification_tokens (user_id, token_hash, email, created_at, expires_at)
            VALUES (\(user), \(hash), \(email), \(now), \(end))
            """)
    }

    /// Marks a token as used; false where there is none that is good.
    static func spend(_ hash: String, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE email_verification_tokens SET is_used = 1
            WHERE token_hash = \(hash) AND is_used = 0 AND expires_at > \(now)
            """) == 1
    }

    static func owner(_ hash: String, _ connection: Connection) throws -> Owner? {
        try connection.first("SELECT \(Owner.columns) FROM email_verification_tokens WHERE token_hash = \(hash)")
    }
}
