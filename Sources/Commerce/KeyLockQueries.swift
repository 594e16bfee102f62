import Primitives
import SQL

/// Rows that stand for nothing but a key. Locking one puts a count and the INSERT that follows from it in sequence:
/// under READ COMMITTED nobody sees what others have not committed yet.
public enum KeyLockQueries {
    /// Locks these keys until `tx` ends, always in the same order; returns false on SQLite, where there is one writer
    /// anyway.
    ///
    /// Rows that were read before have to be read again where this returns true. In a transaction that locks other rows
    /// too, keys come last.
    ///
    /// - Throws: `SQLError`.
    @discardableResult
    public static func lock(_ keys: [String], at now: Timestamp, _ tx: Transaction) throws -> Bool {
        guard tx.dialect == .mysql else { return false }
        for key in keys.map({ Digest.hex($0) }).sorted() {
            try tx.execute(
                """
                INSERT INTO key_locks (name, held_at) VALUES (\(key), \(now)) \(tx.dialect.onConflict("name"))
                held_at = \(tx.dialect.excluded("held_at"))
                """)
        }
        return true
    }

    /// Deletes at most `limit` keys that nobody has locked since `end` and returns their number; one chunk of a
    /// clean-up job.
    ///
    /// - Throws: `SQLError`.
    @discardableResult
    public static func purge(before end: Timestamp, limit: Int, in tx: Transaction) throws -> Int {
        let names = try tx.column(
            "SELECT name FROM key_locks WHERE held_at < \(end) ORDER BY held_at LIMIT \(limit)", as: String.self)
        guard !names.isEmpty else { return 0 }
        return try tx.execute("DELETE FROM key_locks WHERE name IN (\(list: names)) AND held_at < \(end)")
    }
}
