import Commerce
import Primitives
import SQL

/// Erases a person from the audit, in chunks: that something was done stays, and the number of who did it.
public enum AuditErasureQueries {
    /// Returns the ids of the entries about what a user did that hold their e-mail address.
    ///
    /// - Throws: `SQLError`.
    public static func entries(by actor: UserID, _ connection: Connection) throws -> [Int64] {
        try connection.column(
            """
            SELECT id FROM audit_entries \(connection.dialect.forceIndex("ix_audit_entries_actor_id_created_at"))
            WHERE actor_id = \(actor) AND actor_email <> ''
            """, as: Int64.self)
    }

    /// Removes the actor's e-mail address from these entries.
    ///
    /// - Throws: `SQLError`.
    public static func unname(_ ids: [Int64], in tx: Transaction) throws {
        guard !ids.isEmpty else { return }
        try tx.execute("UPDATE audit_entries SET actor_email = '' WHERE id IN (\(list: ids))")
    }

    /// Returns the ids of the entries whose paths have these prefixes.
    ///
    /// - Throws: `SQLError`.
    public static func entries(under paths: [String], _ connection: Connection) throws -> [Int64] {
        // `~` comes after every character of a path that is usual.
        try paths.flatMap { path in
            try connection.column(
                "SELECT id FROM audit_entries WHERE path >= \(path) AND path < \(path + "~")", as: Int64.self)
        }
    }

    /// Searches `limit` entries after an id for these e-mail addresses as whole values of JSON, each up to the moment
    /// until which it was theirs; returns the ids found, and the last id searched or nil at the end of the table.
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

    /// Removes the states before and after from these entries.
    ///
    /// - Throws: `SQLError`.
    public static func redact(_ ids: [Int64], in tx: Transaction) throws {
        guard !ids.isEmpty else { return }
        try tx.execute("UPDATE audit_entries SET before_json = '', after_json = '' WHERE id IN (\(list: ids))")
    }
}
