import Primitives
import SQL

/// The statements of `guest_mails`.
public enum GuestMailQueries {
    static func isCounted(_ job: String, _ connection: Connection) throws -> Bool {
        try connection.value("SELECT 1 FROM guest_mails WHERE job_key = \(job)", as: Int.self) != nil
    }

    static func count(to recipient: String, after start: Timestamp, _ connection: Connection) throws -> Int {
        try connection.value(
            "SELECT COUNT(*) FROM guest_mails WHERE recipient_key = \(recipient) AND created_at > \(start)") ?? 0
    }

    static func insert(_ job: String, to recipient: String, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO guest_mails (job_key, recipient_key, created_at) VALUES (\(job), \(recipient), \(now))
            """)
    }

    /// Deletes at most `limit` rows that are older than `end`, as one chunk of an upkeep job.
    ///
    /// - Returns: the number deleted.
    /// - Throws: `SQLError`.
    @discardableResult
    public static func purge(before end: Timestamp, limit: Int, in tx: Transaction) throws -> Int {
        let keys = try tx.column(
            "SELECT job_key FROM guest_mails WHERE created_at < \(end) ORDER BY created_at LIMIT \(limit)",
            as: String.self)
        guard !keys.isEmpty else { return 0 }
        return try tx.execute("DELETE FROM guest_mails WHERE job_key IN (\(list: keys))")
    }
}
