import Commerce
import Primitives
import SQL

/// The statements of `mail_suppressions`.
enum SuppressionQueries {
    static func reason(_ email: String, _ connection: Connection) throws -> SuppressionReason? {
        try connection.value("SELECT reason FROM mail_suppressions WHERE email = \(email)")
    }

    static func insert(_ suppression: Suppression, _ tx: Transaction) throws -> SuppressionID {
        SuppressionID(try tx.insert("INSERT INTO mail_suppressions \(insert: try suppression.values())"))
    }

    /// Puts an address on the list that may be there already.
    static func add(
        _ email: String, _ reason: SuppressionReason, _ note: String, at now: Timestamp, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            \(tx.dialect.insertOrIgnore) mail_suppressions (email, reason, note, created_at)
            VALUES (\(email), \(reason), \(note.prefix(scalars: 500)), \(now))
            """)
    }

    /// Takes an address off the list; how many rows there were.
    static func erase(_ email: String, _ tx: Transaction) throws -> Int {
        try tx.execute("DELETE FROM mail_suppressions WHERE email = \(email)")
    }
}
