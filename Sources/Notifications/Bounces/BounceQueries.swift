import Commerce
import Primitives
import SQL

/// The statements of `mail_bounces`.
enum BounceQueries {
    static func insert(_ bounce: Bounce, log: EmailLogID?, at now: Timestamp, _ tx: Transaction) throws {
        try tx.insert(
            """
            INSERT INTO mail_bounces (email, bounce_type, reason, log_id, created_at)
            VALUES (\(bounce.email), \(bounce.kind), \(bounce.reason.prefix(scalars: 500)), \(log), \(now))
            """)
    }

    /// Returns whether the same mail came back before in the same way; nil is one that the log does not have.
    static func isKnown(_ bounce: Bounce, log: EmailLogID?, _ connection: Connection) throws -> Bool {
        try connection.value(
            """
            SELECT 1 FROM mail_bounces
            WHERE email = \(bounce.email) AND bounce_type = \(bounce.kind) AND \(isAbout(log)) LIMIT 1
            """, as: Int.self) != nil
    }

    private static func isAbout(_ log: EmailLogID?) -> Query {
        guard let log else { return "log_id IS NULL" }
        return "log_id = \(log)"
    }

    static func softCount(_ email: String, since start: Timestamp, _ connection: Connection) throws -> Int {
        try connection.value(
            """
            SELECT COUNT(*) FROM mail_bounces
            WHERE email = \(email) AND created_at >= \(start) AND bounce_type = 'soft'
            """) ?? 0
    }

    static func erase(_ email: String, limit: Int, _ tx: Transaction) throws -> Int {
        try delete("email = \(email)", limit: limit, tx)
    }

    static func purge(before end: Timestamp, limit: Int, _ tx: Transaction) throws -> Int {
        try delete("created_at < \(end) ORDER BY created_at", limit: limit, tx)
    }

    private static func delete(_ condition: Query, limit: Int, _ tx: Transaction) throws -> Int {
        let ids = try tx.column("SELECT id FROM mail_bounces WHERE \(condition) LIMIT \(limit)", as: Int64.self)
        guard !ids.isEmpty else { return 0 }
        return try tx.execute("DELETE FROM mail_bounces WHERE id IN (\(list: ids))")
    }
}
