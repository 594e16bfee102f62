/// One numbered change of the schema.
public struct Migration: Sendable {
    public enum Step: Sendable {
        case create(Table)
        case addIndex(Index, table: String)
        case addColumn(Column, table: String)
        /// Takes an index away; on MySQL another one has to begin with the column of each foreign key that it served.
        case dropIndex(String, table: String)
        /// A statement for both databases; one that may be repeated without harm.
        case run(Query)
        /// A statement for one database alone; one that may be repeated without harm.
        case only(Dialect, Query)
    }

    public let number: Int
    public let name: String
    public let steps: [Step]

    public init(_ number: Int, _ name: String, _ steps: [Step]) {
        self.number = number
        self.name = name
        self.steps = steps
    }
}

/// Why a migration was refused or stopped.
public enum MigrationError: Error, Equatable, CustomStringConvertible {
    /// The database has migrations that this program does not know: it was migrated by a newer one.
    case newerDatabase(found: Int, known: Int)
    /// Another process holds the migration lock.
    case locked
    /// After the run a migration is still missing.
    case incomplete(missing: [Int])

    public var description: String {
        switch self {
        case .newerDatabase(let found, let known):
            "the database is at migration \(found), this program knows \(known): run the newer program"
        case .locked: "another process is migrating this database"
        case .incomplete(let missing): "migrations \(missing) are still missing"
        }
    }
}
