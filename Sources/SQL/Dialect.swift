/// The kind of database, and its way of writing what the two write differently.
public enum Dialect: Sendable, Hashable {
    /// SQLite 3.
    case sqlite
    /// MySQL 8 and MariaDB.
    case mysql

    /// Returns the hint after a table's name that reads a page in the order of `index`; nothing without one.
    ///
    /// MariaDB (10.11) forgets between statements how long a table is: after a query by a list of ids it sorts all
    /// rows, or walks a shorter index and reads each row for the missing columns. SQLite chooses by the index's columns
    /// alone.
    public func forceIndex(_ index: StaticString?) -> Query {
        switch (self, index) {
        case (.mysql, let index?): Query("FORCE INDEX (") + Query(index) + ")"
        default: .empty
        }
    }

    /// Returns the hint after a table's name that finds rows by `index` and no other.
    ///
    /// SQLite without statistics takes any index whose first columns are compared, though its rows grow with the table;
    /// MariaDB and MySQL choose by statistics that lag behind.
    public func through(_ index: StaticString) -> Query {
        switch self {
        case .sqlite: Query("INDEXED BY ") + Query(index)
        case .mysql: forceIndex(index)
        }
    }

    /// The start of an INSERT that does nothing where the row is already there.
    public var insertOrIgnore: Query {
        switch self {
        case .sqlite: "INSERT OR IGNORE INTO"
        case .mysql: "INSERT IGNORE INTO"
        }
    }

    /// Returns the start of "and if `key` is taken, set …" after an INSERT's values.
    public func onConflict(_ key: StaticString) -> Query {
        switch self {
        case .sqlite: Query("ON CONFLICT (") + Query(key) + ") DO UPDATE SET"
        case .mysql: "ON DUPLICATE KEY UPDATE"
        }
    }

    /// Returns the value that the conflicting INSERT had for `column`.
    public func excluded(_ column: StaticString) -> Query {
        switch self {
        case .sqlite: Query("excluded.") + Query(column)
        case .mysql: Query("VALUES(") + Query(column) + ")"
        }
    }

    /// The end of a SELECT that prevents changes to its rows until the transaction ends; empty on SQLite, which has one
    /// writer.
    public var forShare: Query {
        switch self {
        case .sqlite: .empty
        case .mysql: "LOCK IN SHARE MODE"
        }
    }

    /// The end of a SELECT that locks its rows until the transaction ends; empty on SQLite, which has one writer.
    public var forUpdate: Query {
        switch self {
        case .sqlite: .empty
        case .mysql: "FOR UPDATE"
        }
    }
}
