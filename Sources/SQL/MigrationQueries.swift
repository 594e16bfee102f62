import Primitives

/// The ledger of applied migrations: `schema_migrations`.
enum MigrationQueries {
    static func createLedger(_ tx: Transaction) throws {
        let ledger = Table("schema_migrations") {
            Column("number", .integer, .primaryKey)
            Column("name", .text(200))
            Column("steps_done", .integer)
            Column("finished_at", .timestamp, .null)
        }
        for query in ledger.creation(in: tx.dialect) { try tx.execute(query) }
    }

    static func hasLedger(_ connection: Connection) throws -> Bool {
        let query: Query =
            switch connection.dialect {
            case .sqlite: "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'"
            case .mysql:
                """
                SELECT COUNT(*) FROM information_schema.tables
                WHERE table_schema = DATABASE() AND table_name = 'schema_migrations'
                """
            }
        return try connection.value(query, as: Int.self) ?? 0 > 0
    }

    static func applied(_ connection: Connection) throws -> Set<Int> {
        Set(try connection.column("SELECT number FROM schema_migrations WHERE finished_at IS NOT NULL", as: Int.self))
    }

    static func stepsDone(_ migration: Migration, _ connection: Connection) throws -> Int {
        try connection.value("SELECT steps_done FROM schema_migrations WHERE number = \(migration.number)") ?? 0
    }

    static func mark(_ migration: Migration, stepsDone: Int, at now: Timestamp, _ tx: Transaction) throws {
        try save(migration, stepsDone: stepsDone, finishedAt: nil, tx)
    }

    static func finish(_ migration: Migration, at now: Timestamp, _ tx: Transaction) throws {
        try save(migration, stepsDone: migration.steps.count, finishedAt: now, tx)
    }

    private static func save(
        _ migration: Migration, stepsDone: Int, finishedAt: Timestamp?, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO schema_migrations (number, name, steps_done, finished_at)
            VALUES (\(migration.number), \(migration.name), \(stepsDone), \(finishedAt))
            \(tx.dialect.onConflict("number")) steps_done = \(tx.dialect.excluded("steps_done")),
            finished_at = \(tx.dialect.excluded("finished_at"))
            """)
    }

    static func lock(_ tx: Transaction) throws -> Bool {
        try tx.value("SELECT GET_LOCK(CONCAT('kontor.migrate.', DATABASE()), 60)", as: Int?.self) == 1
    }

    static func unlock(_ tx: Transaction) throws {
        _ = try tx.rows("SELECT RELEASE_LOCK(CONCAT('kontor.migrate.', DATABASE()))")
    }

    static func hasIndex(_ name: String, on table: String, _ connection: Connection) throws -> Bool {
        try connection.value(
            """
            SELECT COUNT(*) FROM information_schema.statistics
            WHERE table_schema = DATABASE() AND table_name = \(table) AND index_name = \(name)
            """, as: Int.self) ?? 0 > 0
    }

    static func hasColumn(_ name: String, on table: String, _ connection: Connection) throws -> Bool {
        try connection.value(
            """
            SELECT COUNT(*) FROM information_schema.columns
            WHERE table_schema = DATABASE() AND table_name = \(table) AND column_name = \(name)
            """, as: Int.self) ?? 0 > 0
    }
}
