import Commerce
import Primitives
import SQL
import Web

/// The statements of `imports` and `import_rows`.
enum ImportQueries {
    static func insert(
        _ kind: SheetKind, fileName: String, isDryRun: Bool, _ file: SheetFile, by user: UserID?, at now: Timestamp,
        _ tx: Transaction
    ) throws -> ImportID {
        ImportID(
            try tx.insert(
                """
                INSERT INTO imports (kind, file_name, is_dry_run, format, left_out, status, header, created_by, created_at)
                VALUES (\(kind), \(fileName), \(isDryRun), \(file.format), \(file.leftOutLine),
                \(ImportStatus.receiving), \(try CellText.text(file.header)), \(user), \(now))
                """))
    }

    static func insert(_ rows: [ImportRow], of id: ImportID, _ tx: Transaction) throws {
        let values = try rows.map { row -> [SQLValue] in
            .row(
                id, row.number, row.line, row.key,
                try CellText.text(row.cells), row.outcome, row.errors
            )
        }
        try tx.execute(
            "INSERT INTO import_rows (import_id, number, line, row_key, cells, outcome, errors) VALUES \(rows: values)")
    }

    /// Starts an import whose rows are complete; returns false where it was ended while they came.
    static func start(_ id: ImportID, rows: Int, failed: Int, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE imports SET status = \(ImportStatus.running), row_count = \(rows), failed_count = \(failed)
            WHERE id = \(id) AND status = \(ImportStatus.receiving)
            """) == 1
    }

    /// Ends an import that is under way; returns false where it is not.
    static func end(
        _ id: ImportID, as status: ImportStatus, failure: String = "", at now: Timestamp, _ tx: Transaction
    ) throws -> Bool {
        try tx.execute(
            """
            UPDATE imports SET status = \(status), failure = \(failure), finished_at = \(now)
            WHERE id = \(id) AND status IN (\(ImportStatus.receiving), \(ImportStatus.running))
            """) == 1
    }

    /// Returns the imports of a table under way that are older than `id`, in the order in which they are locked; for a
    /// dry run only dry runs.
    static func older(than id: ImportID, _ kind: SheetKind, isDryRun: Bool, _ connection: Connection) throws
        -> [ImportID]
    {
        let scope: Query = isDryRun ? "AND is_dry_run = 1" : .empty
        return try connection.column(
            """
            SELECT id FROM imports WHERE kind = \(kind) AND id < \(id)
            AND status IN (\(ImportStatus.receiving), \(ImportStatus.running)) \(scope) ORDER BY id
            """)
    }

    static func find(_ id: ImportID, _ connection: Connection) throws -> SheetImport? {
        try connection.first("SELECT \(SheetImport.columns) FROM imports WHERE id = \(id)")
    }

    /// Locks the import until the transaction ends.
    static func lock(_ id: ImportID, _ tx: Transaction) throws -> SheetImport? {
        try tx.first("SELECT \(SheetImport.columns) FROM imports WHERE id = \(id) \(tx.dialect.forUpdate)")
    }

    /// Returns the next rows that have not been processed, in the order of the file.
    static func waiting(of id: ImportID, limit: Int, _ connection: Connection) throws -> [ImportRow] {
        try connection.all(waitingQuery(of: id, limit: limit, connection.dialect))
    }

    static func waitingQuery(of id: ImportID, limit: Int, _ dialect: Dialect) -> Query {
        """
        SELECT \(ImportRow.columns) FROM import_rows \(dialect.through("ix_import_rows_outcome"))
        WHERE import_id = \(id) AND outcome = '' ORDER BY number LIMIT \(limit)
        """
    }

    /// Returns the rows about `key` that have been processed and changed something.
    static func effective(of id: ImportID, about key: String, _ connection: Connection) throws -> [ImportRow] {
        try connection.all(effectiveQuery(of: id, about: key, connection.dialect))
    }

    static func effectiveQuery(of id: ImportID, about key: String, _ dialect: Dialect) -> Query {
        """
        SELECT \(ImportRow.columns) FROM import_rows \(dialect.through("ix_import_rows_key"))
        WHERE import_id = \(id) AND row_key = \(key) AND outcome IN ('created', 'updated') ORDER BY number
        """
    }

    /// Returns the next refused rows behind `number`.
    static func failures(
        of id: ImportID, after number: Int, limit: Int, _ connection: Connection
    ) throws -> [ImportRow] {
        try connection.all(
            """
            SELECT \(ImportRow.columns) FROM import_rows
            WHERE import_id = \(id) AND outcome = 'failed' AND number > \(number) ORDER BY number LIMIT \(limit)
            """)
    }

    static func recordOutcome(_ number: Int, of id: ImportID, _ outcome: RowOutcome, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE import_rows SET outcome = \(outcome.name), errors = \(try outcome.errors())
            WHERE import_id = \(id) AND number = \(number)
            """)
    }

    static func recordProgress(_ counts: ImportCounts, finishedAt: Timestamp?, of id: ImportID, _ tx: Transaction)
        throws
    {
        let status = finishedAt == nil ? ImportStatus.running : .finished
        try tx.execute(
            """
            UPDATE imports SET status = \(status), created_count = \(counts.created), updated_count = \(counts.updated),
            unchanged_count = \(counts.unchanged), failed_count = \(counts.failed), finished_at = \(finishedAt)
            WHERE id = \(id)
            """)
    }

    static func count(_ kind: SheetKind, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM imports WHERE kind = \(kind)") ?? 0
    }

    /// Returns a page of the imports of a table, with the addresses of those who sent the files.
    static func list(_ kind: SheetKind, _ page: PageRequest, _ connection: Connection) throws -> [SheetImport] {
        try connection.all(
            """
            SELECT \(SheetImport.columns), (SELECT u.email FROM users u WHERE u.id = imports.created_by)
            FROM imports WHERE kind = \(kind) ORDER BY created_at DESC, id DESC \(page.limit)
            """
        ) { row in
            var found = try SheetImport(row: &row)
            found.creator = try row()
            return found
        }
    }

    static func countRows(of id: ImportID, outcome: String?, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM import_rows WHERE \(condition(id, outcome))") ?? 0
    }

    static func rows(
        of id: ImportID, outcome: String?, _ page: PageRequest, _ connection: Connection
    ) throws -> [ImportRow] {
        try connection.all(
            """
            SELECT \(ImportRow.columns) FROM import_rows WHERE \(condition(id, outcome)) ORDER BY number \(page.limit)
            """)
    }

    private static func condition(_ id: ImportID, _ outcome: String?) -> Query {
        let filter: Query = outcome.map { "AND outcome = \($0)" } ?? .empty
        return "import_id = \(id) \(filter)"
    }

    /// Returns an import that is no longer needed: created before `old`, or whose upload broke off before `begun`.
    static func outdated(old: Timestamp, begun: Timestamp, _ connection: Connection) throws -> ImportID? {
        try connection.value(
            """
            SELECT id FROM imports WHERE created_at < \(old)
            OR (status = \(ImportStatus.receiving) AND created_at < \(begun)) ORDER BY created_at LIMIT 1
            """)
    }

    /// Deletes up to `limit` rows and, where none is left, the import.
    static func delete(_ id: ImportID, limit: Int, _ tx: Transaction) throws {
        let last: Int? = try tx.value(
            "SELECT number FROM import_rows WHERE import_id = \(id) ORDER BY number LIMIT 1 OFFSET \(limit)")
        if let last {
            try tx.execute("DELETE FROM import_rows WHERE import_id = \(id) AND number < \(last)")
        } else {
            try tx.execute("DELETE FROM import_rows WHERE import_id = \(id)")
            try tx.execute("DELETE FROM imports WHERE id = \(id)")
        }
    }
}
