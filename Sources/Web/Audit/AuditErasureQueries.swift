import Commerce
import Primitives
import SQL

/// Takes a person out of the audit, in parts: that something was done stays, and by whom as a number.
public enum AuditErasureQueries {
    /// The entries of what somebody did that hold their e-mail.
    ///
    /// - Throws: `SQLError`.
    public static func entries(by actor: UserID, _ connection: Connection) throws -> [Int64] {
        try connection.column(
            """
            SELECT id FROM audit_entries \(connection.dialect.forceIndex("ix_audit_entries_actor_id_created_at"))
            WHERE actor_id = \(actor) AND actor_email <> ''
            """, as: Int64.self)
    }

    /// Takes out of these entries the e-mail of who did it.
    ///
    /// - Throws: `SQLError`.
    public static func unname(_ ids: [Int64], in tx: Transaction) throws {
        guard !ids.isEmpty else { return }
        try tx.execute("UPDATE audit_entries SET actor_email = '' WHERE id IN (\(list: ids))")
    }

    /// The entries under these beginnings of paths.
    ///
    /// - Throws: `SQLError`.
    public static func entries(under paths: [String], _ connection: Connection) throws -> [Int64] {
        // `~` comes after every character of a path that is usual.
        try paths.flatMap { path in
            try connection.column(
                "SELECT id FROM audit_entries WHERE path >= \(path) AND path < \(path + "~")", as: Int64.self)
        }
    }

    /// Those of `limit` entries after an id that hold one of these e-mails as a whole value of JSON, from when it was theirs, and
    /// the last that was looked at; nil where that was the end.
    ///
    /// - Throws: `SQLError`.
    public static func entries(
        naming addresses: [(email: String, until: Timestamp)], after id: Int64, limit: Int, _ connection: Connection
    ) throws -> (found: [Int64], last: Int64?) {
        guard !addresses.isEmpty else { return ([], nil) }
        let last: Int64? = try connection.value(
            "SELECT id FROM audit_entries WHERE id > \(id) ORDER BY id LIMIT 1 OFFSET \(limit - 1)")
        let end: Query = last.map { "AND id <= \($0)" } ?? .empty
        let names = addresses.map { email, until -> Query in
            let text = "\"\(email.lowercased())\""
            return """
                (created_at <= \(until)
                AND (INSTR(LOWER(before_json), \(text)) > 0 OR INSTR(LOWER(after_json), \(text)) > 0))
                """
        }
        let found = try connection.column(
            "SELECT id FROM audit_entries WHERE id > \(id) \(end) AND (\(names.joined(by: " OR ")))", as: Int64.self)
        return (found, last)
    }

    /// Takes out of these entries what was before and after.
    ///
    /// - Throws: `SQLError`.
    public static func redact(_ ids: [Int64], in tx: Transaction) throws {
        guard !ids.isEmpty else { return }
        try tx.execute("UPDATE audit_entries SET before_json = '', after_json = '' WHERE id IN (\(list: ids))")
    }
}
