import Commerce
import Primitives
import SQL
import Web

/// The statements of `email_logs`.
enum EmailLogQueries {
    /// Writes an attempt at a mail: a new row at the first one, and otherwise over the earlier.
    static func record(_ log: EmailLog, _ tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO email_logs \(insert: try log.values())
            \(tx.dialect.onConflict("job_key")) status = \(tx.dialect.excluded("status")),
            error_message = \(tx.dialect.excluded("error_message")), subject = \(tx.dialect.excluded("subject")),
            language = \(tx.dialect.excluded("language")), sent_at = \(tx.dialect.excluded("sent_at")),
            attempts = email_logs.attempts + 1
            """)
    }

    /// Writes how an attempt ended.
    static func end(
        _ key: String, as status: EmailStatus, error: String = "", at sentAt: Timestamp? = nil, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            UPDATE email_logs SET status = \(status), error_message = \(error.prefix(scalars: 1_000)),
            sent_at = \(sentAt) WHERE job_key = \(key)
            """)
    }

    static func find(_ id: EmailLogID, _ connection: Connection) throws -> EmailLog? {
        try connection.first("SELECT \(EmailLog.columns) FROM email_logs WHERE id = \(id)")
    }

    static func find(key: String, _ connection: Connection) throws -> EmailLog? {
        try connection.first("SELECT \(EmailLog.columns) FROM email_logs WHERE job_key = \(key)")
    }

    /// Returns the newest mail that went to an address since a moment, whether or not it came back: what is said of it
    /// twice is about the same one.
    static func newest(
        to email: String, since start: Timestamp, _ connection: Connection
    ) throws -> EmailLog? {
        try connection.first(
            """
            SELECT \(EmailLog.columns) FROM email_logs
            WHERE email = \(email) AND status IN ('sent', 'bounced') AND created_at >= \(start)
            ORDER BY created_at DESC, id DESC LIMIT 1
            """)
    }

    static func markBounced(_ id: EmailLogID, _ reason: String, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE email_logs SET status = 'bounced', error_message = \(reason.prefix(scalars: 1_000)) WHERE id = \(id)
            """)
    }

    /// Notes that a mail was opened, and by a link also that it was clicked: once each, no earlier than `least` after it
    /// was sent, and only of people who allow it now.
    static func note(_ key: String, isClick: Bool, at now: Timestamp, after least: TimeSpan, _ tx: Transaction) throws {
        let click: Query = isClick ? ", clicked_at = COALESCE(clicked_at, \(now))" : .empty
        try tx.execute(
            """
            UPDATE email_logs SET opened_at = COALESCE(opened_at, \(now)) \(click)
            WHERE job_key = \(key) AND sent_at <= \(now - least)
            AND user_id IN (SELECT user_id FROM notification_preferences WHERE allow_tracking = 1)
            """)
    }

    /// Deletes at most `limit` rows that are older than `end` and not pending; how many there were.
    static func purge(before end: Timestamp, limit: Int, _ tx: Transaction) throws -> Int {
        try delete("created_at < \(end) ORDER BY created_at", limit: limit, tx)
    }

    /// Deletes at most `limit` rows about a user; how many there were.
    static func erase(of user: UserID, limit: Int, _ tx: Transaction) throws -> Int {
        try delete("user_id = \(user)", limit: limit, tx)
    }

    /// Deletes at most `limit` rows about mails to somebody without an account while an address was theirs.
    static func erase(to email: String, until: Timestamp, limit: Int, _ tx: Transaction) throws -> Int {
        try delete(
            "email = \(email) AND user_id IS NULL AND created_at <= \(until + .hours(1))", limit: limit, tx)
    }

    /// Deletes at most `limit` rows about mails to somebody without an account that name an order.
    static func erase(to email: String, about order: String, limit: Int, _ tx: Transaction) throws {
        _ = try delete(
            """
            email = \(email) AND user_id IS NULL
            AND (INSTR(subject, \(order)) > 0 OR INSTR(context, \(order)) > 0)
            """, limit: limit, tx)
    }

    private static func delete(_ condition: Query, limit: Int, _ tx: Transaction) throws -> Int {
        let ids = try tx.column("SELECT id FROM email_logs WHERE \(condition) LIMIT \(limit)", as: Int64.self)
        guard !ids.isEmpty else { return 0 }
        return try tx.execute("DELETE FROM email_logs WHERE id IN (\(list: ids))")
    }
}
