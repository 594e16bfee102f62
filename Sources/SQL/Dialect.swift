/// The two databases' ways of saying the same thing.
public enum Dialect: Sendable, Hashable {
    case sqlite
    case mysql

    /// What a page in the order of `column`, which is never below 0, adds to its condition.
    ///
    /// After a query by a list of ids, MariaDB (10.11) believes a table to be as short as that list: with nothing said
    /// about the column it sorts every row instead of walking its index.
    public func walk(_ column: some SQLName) -> Query {
        switch self {
        case .sqlite: .empty
        case .mysql: "AND \(column) >= 0"
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
