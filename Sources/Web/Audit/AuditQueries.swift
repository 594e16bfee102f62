import Commerce
import Primitives
import SQL

/// Statements on `audit_entries`: rows are added and never changed, except by an erasure.
public enum AuditQueries {
    /// The filters of a list of entries.
    struct Filter: Sendable {
        var actor: UserID?
        var method: String?
        /// The beginning of a path.
        var path: String?
        /// The row that entries are about.
        var about: String?
        var from: Timestamp?
        var until: Timestamp?
        var search: RowSearch<Int64>?
        var sorting = Ordering<AgeSortKey>.newestFirst

        var condition: Query {
            var conditions: [Query] = []
            if let actor { conditions.append("actor_id = \(actor)") }
            if let method { conditions.append("method = \(method)") }
            // `~` comes after every character of a path that is usual.
            if let path { conditions.append("path >= \(path) AND path < \(path + "~")") }
            if let about { conditions.append("about = \(about)") }
            if let from { conditions.append("created_at >= \(from)") }
            if let until { conditions.append("created_at < \(until)") }
            if let search { conditions.append(search.holds("id")) }
            return conditions.isEmpty ? "1 = 1" : conditions.joined(by: " AND ")
        }

        /// The hint after the table's name: what is about one row or by one person is found by that alone, in its order, and
        /// anything else along an index that has what the conditions compare.
        func walk(_ dialect: Dialect) -> Query {
            if search?.isDone == true { return .empty }
            if about != nil { return dialect.through("ix_audit_entries_about_created_at") }
            if actor != nil { return dialect.through("ix_audit_entries_actor_id_created_at") }
            return dialect.through("ix_audit_entries_newest")
        }
    }

    static func insert(
        _ origin: AuditEntry.Origin, about: String, before: String, after: String, at now: Timestamp, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO audit_entries (actor_id, actor_email, method, template, path, about, before_json, after_json,
                ip_address, request_id, created_at)
            VALUES (\(origin.actor), \(origin.email), \(origin.method), \(origin.template), \(origin.path), \(about),
                \(before), \(after), \(origin.address), \(origin.requestID), \(now))
            """)
    }

    /// Deletes up to `limit` entries older than `moment`.
    ///
    /// - Returns: the number of deleted entries.
    /// - Throws: `SQLError`.
    public static func purge(before moment: Timestamp, limit: Int, in tx: Transaction) throws -> Int {
        let ids = try tx.column(
            "SELECT id FROM audit_entries WHERE created_at < \(moment) ORDER BY created_at LIMIT \(limit)",
            as: Int64.self)
        guard !ids.isEmpty else { return 0 }
        return try tx.execute("DELETE FROM audit_entries WHERE id IN (\(list: ids))")
    }

    /// Returns the search for entries by the beginning of the e-mail of who did it, of the path, or of the row that they are
    /// about; paths may leave out how all of them begin.
    static func search(_ text: String) -> RowSearch<Int64> {
        let name = text.after("/") ?? text[...]
        let starts = text.begins(with: "/api/") ? [text] : ["/api/\(name)", "/api/admin/\(name)"]
        var found: [Query] = [prefixed("actor_email", EmailAddress(text)?.text ?? text.lowercased())]
        for start in starts { found += [prefixed("path", start), prefixed("about", start)] }
        return RowSearch(found.joined(by: " UNION "))
    }

    private static func prefixed(_ column: Query, _ start: String) -> Query {
        "SELECT id FROM audit_entries WHERE \(Query.begins(column, with: start))"
    }

    static func count(_ filter: Filter, _ connection: Connection) throws -> Int {
        try connection.value(
            "SELECT COUNT(*) FROM audit_entries \(filter.walk(connection.dialect)) WHERE \(filter.condition)") ?? 0
    }

    static func find(_ id: Int64, _ connection: Connection) throws -> AuditEntry? {
        try connection.first("SELECT \(AuditEntry.columns) FROM audit_entries WHERE id = \(id)")
    }

    /// Returns a page of entries. What lies before the page is skipped by the index alone: rows are wide.
    static func list(_ filter: Filter, _ page: PageRequest, _ connection: Connection) throws -> [AuditEntry] {
        try connection.all(
            .page(
                of: AuditEntry.columns, from: "audit_entries", through: filter.walk(connection.dialect),
                where: filter.condition, by: "created_at \(filter.sorting.direction), id \(filter.sorting.direction)",
                page.limit))
    }
}
