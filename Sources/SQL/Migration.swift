/// One numbered change of the schema.
public struct Migration: Sendable {
    /// One change of a migration, applied at most once.
    public enum Step: Sendable {
        /// Creates a table with its indexes.
        case create(Table)
        /// Creates an index of a table that exists.
        case addIndex(Index, table: String)
        /// Adds a column to a table that exists; it needs a default or `.null` where there are rows.
        case addColumn(Column, table: String)
        /// Drops an index; on MySQL another one has to begin with the column of each foreign key that it served.
        case dropIndex(String, table: String)
        /// Runs a statement on both databases; it must be harmless when repeated.
        case run(Query)
        /// Runs a statement on one database alone; it must be harmless when repeated.
        case only(Dialect, Query)
    }

    /// The place in the order of migrations; never changed once released.
    public let number: Int
    /// A few words for the ledger, at most 200 characters.
    public let name: String
    /// The changes, in the order in which they are applied.
    public let steps: [Step]

    /// Creates a migration, by its number, its name and its steps.
    public init(_ number: Int, _ name: String, _ steps: [Step]) {
        self.number = number
        self.name = name
        self.steps = steps
    }
}

/// The reason why a migration was refused or stopped.
public enum MigrationError: Error, Equatable, CustomStringConvertible {
    /// The database has migrations that this program does not know: it was migrated by a newer one.
    case newerDatabase(found: Int, known: Int)
    /// Another process holds the migration lock.
    case locked
    /// After the run a migration is still missing.
    case incomplete(missing: [Int])

    /// A sentence for the log and the command line.
    public var description: String {
        switch self {
        case .newerDatabase(let found, let known):
            "the database is at migration \(found), this program knows \(known): run the newer program"
        case .locked: "another process is migrating this database"
        case .incomplete(let missing): "migrations \(missing) are still missing"
        }
    }
}
