/// The two databases' ways of saying the same thing.
public enum Dialect: Sendable, Hashable {
    case sqlite
    case mysql

    /// What follows a table's name where a page is read in the order of an index.
    ///
    /// MariaDB (10.11) forgets between statements how long a table is: after a query by a list of ids it sorts all rows, or
    /// walks a shorter index and reads each row for what that lacks. SQLite chooses by the index's columns alone.
    public func walking(_ index: StaticString?) -> Query {
        switch (self, index) {
        case (.mysql, let index?): Query("FORCE INDEX (") + Query(index) + ")"
        default: .empty
        }
    }

    /// What follows a table's name where rows are found by `index` and no other.
    ///
    /// SQLite without statistics takes any index whose first columns are compared, though its rows grow with the table; MariaDB
    /// and MySQL choose by statistics that lag behind.
    public func through(_ index: StaticString) -> Query {
        switch self {
        case .sqlite: Query("INDEXED BY ") + Query(index)
        case .mysql: walking(index)
        }
    }

    /// What an INSERT does when the row is already there: nothing.
    public var insertOrIgnore: Query {
        switch self {
        case .sqlite: "INSERT OR IGNORE INTO"
        case .mysql: "INSERT IGNORE INTO"
        }
    }

    /// The start of "and if `key` is taken, set …" after an INSERT's values.
    public func onConflict(_ key: StaticString) -> Query {
        switch self {
        case .sqlite: Query("ON CONFLICT (") + Query(key) + ") DO UPDATE SET"
        case .mysql: "ON DUPLICATE KEY UPDATE"
        }
    }

    /// The value that the conflicting INSERT brought for `column`.
    public func excluded(_ column: StaticString) -> Query {
        switch self {
        case .sqlite: Query("excluded.") + Query(column)
        case .mysql: Query("VALUES(") + Query(column) + ")"
        }
    }

    /// What keeps the rows of a SELECT from being changed until the transaction ends; on SQLite the one writer needs none.
    public var forShare: Query {
        switch self {
        case .sqlite: .empty
        case .mysql: "LOCK IN SHARE MODE"
        }
    }

    /// What locks the rows of a SELECT until the transaction ends; on SQLite the one writer needs none.
    public var forUpdate: Query {
        switch self {
        case .sqlite: .empty
        case .mysql: "FOR UPDATE"
        }
    }
}
