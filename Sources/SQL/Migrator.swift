import Primitives

/// Applies numbered migrations in order, once each.
///
/// SQLite applies each migration and its mark in one transaction. MySQL commits at every DDL statement, so there each
/// step is marked when it is done, is skipped when it is found done, and a run that was killed goes on where it
/// stopped.
public struct Migrator: Sendable {
    let database: any Database
    let migrations: [Migration]
    let time: TimeSource

    /// Creates a migrator of `database`; `migrations` may be in any order, their numbers must differ.
    public init(_ database: any Database, _ migrations: [Migration], time: TimeSource = .machine) {
        self.database = database
        self.migrations = migrations.sorted { $0.number < $1.number }
        self.time = time
    }

    /// Returns the numbers of the migrations that are not applied yet, in order.
    ///
    /// - Throws: `MigrationError.newerDatabase`, `SQLError`.
    public func pending() async throws -> [Int] {
        let known = migrations
        return try await database.read { try Self.pending(of: known, $0) }
    }

    /// Returns the same as ``pending()``, given up after two seconds where the database does not answer.
    ///
    /// - Throws: `MigrationError.newerDatabase`, `SQLError`.
    public func probe() async throws -> [Int] {
        let known = migrations
        return try await database.probe { try Self.pending(of: known, $0) }
    }

    private static func pending(of known: [Migration], _ connection: Connection) throws -> [Int] {
        guard try MigrationQueries.hasLedger(connection) else { return known.map(\.number) }
        let applied = try MigrationQueries.applied(connection)
        try refuseNewer(applied, known)
        return known.map(\.number).filter { !applied.contains($0) }
    }

    /// Applies what is pending and returns the numbers of what this run has applied: of several runs at once each does
    /// a part. `progress` is told how many are applied, of how many; on MySQL only before the first and after the last.
    ///
    /// - Throws: `MigrationError`, `SQLError` from a statement that fails; what was applied before it stays.
    @discardableResult
    public func migrate(
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> [Int] {
        try await database.maintain { try MigrationQueries.createLedger($0) }
        let before = try await pending()
        if before.isEmpty { return [] }
        progress(0, before.count)
        let applied =
            switch database.dialect {
            case .sqlite: try await applyOneByOne(before, progress)
            case .mysql: try await applyUnderLock()
            }
        let missing = try await pending()
        guard missing.isEmpty else { throw MigrationError.incomplete(missing: missing) }
        progress(before.count, before.count)
        return applied
    }

    private func applyOneByOne(
        _ pending: [Int], _ progress: @Sendable (Int, Int) -> Void
    ) async throws -> [Int] {
        var applied: [Int] = []
        for (index, number) in pending.enumerated() {
            guard let migration = migrations.first(where: { $0.number == number }) else { continue }
            if try await applyAtomically(migration) { applied.append(number) }
            progress(index + 1, pending.count)
        }
        return applied
    }

    /// Applies a migration in one transaction; returns false where another process has applied it.
    private func applyAtomically(_ migration: Migration) async throws -> Bool {
        let time = time
        return try await database.maintain { tx in
            guard try !MigrationQueries.applied(tx).contains(migration.number) else { return false }
            for step in migration.steps {
                for query in step.queries(in: tx.dialect) { try tx.execute(query) }
            }
            try MigrationQueries.finish(migration, at: time.now, tx)
            return true
        }
    }

    private func applyUnderLock() async throws -> [Int] {
        let (migrations, time) = (migrations, time)
        return try await database.maintain { tx in
            guard try MigrationQueries.lock(tx) else { throw MigrationError.locked }
            defer { _ = try? MigrationQueries.unlock(tx) }
            let applied = try MigrationQueries.applied(tx)
            let pending = migrations.filter { !applied.contains($0.number) }
            for migration in pending {
                for (index, step) in migration.steps.enumerated()
                where try index >= MigrationQueries.stepsDone(migration, tx) {
                    if try !step.isDone(tx) {
                        for query in step.queries(in: tx.dialect) { try tx.execute(query) }
                    }
                    try MigrationQueries.mark(migration, stepsDone: index + 1, at: time.now, tx)
                }
                try MigrationQueries.finish(migration, at: time.now, tx)
            }
            return pending.map(\.number)
        }
    }

    private static func refuseNewer(_ applied: Set<Int>, _ known: [Migration]) throws {
        let newest = known.last?.number ?? 0
        if let found = applied.max(), found > newest {
            throw MigrationError.newerDatabase(found: found, known: newest)
        }
    }
}

extension Migration.Step {
    func queries(in dialect: Dialect) -> [Query] {
        switch self {
        case .create(let table): table.creation(in: dialect)
        case .addIndex(let index, let table):
            [dialect == .sqlite ? index.creation(table: table) : index.addition(table: table)]
        case .addColumn(let column, let table):
            [Query(rendered: "ALTER TABLE \(table) ADD COLUMN " + column.definition(in: dialect, table: table))]
        case .dropIndex(let name, let table):
            [
                Query(
                    rendered: dialect == .sqlite
                        ? "DROP INDEX IF EXISTS \(name)" : "ALTER TABLE \(table) DROP INDEX \(name)")
            ]
        case .run(let query): [query]
        case .only(let wanted, let query): wanted == dialect ? [query] : []
        }
    }

    /// Returns whether a run that was killed has already made this step's change on MySQL.
    func isDone(_ connection: Connection) throws -> Bool {
        switch self {
        case .addIndex(let index, let table):
            try MigrationQueries.hasIndex(index.name(on: table), on: table, connection)
        case .addColumn(let column, let table): try MigrationQueries.hasColumn(column.name, on: table, connection)
        case .dropIndex(let name, let table): try !MigrationQueries.hasIndex(name, on: table, connection)
        case .create, .run, .only: false
        }
    }
}
