/// A table, written once and rendered for each database.
///
///     Table("carts") {
///         Column.id
///         Column("user_id", .integer, .null, .references("users", onDelete: .cascade))
///         Column("session_key", .text(64), .null, .unique)
///         Column("created_at", .timestamp)
///     }
public struct Table: Sendable {
    /// The identifier in both databases.
    public let name: String
    /// Columns, indexes and constraints, in the order of the declaration.
    public let parts: [any TablePart]

    /// Creates a table of these parts; the primary key is one of them.
    public init(_ name: String, @TableBuilder _ parts: () -> [any TablePart]) {
        self.name = name
        self.parts = parts()
    }

    var columns: [Column] { parts.compactMap { $0 as? Column } }
    var indexes: [Index] { parts.compactMap { $0 as? Index } }
    var constraints: [Constraint] { parts.compactMap { $0 as? Constraint } }
}

/// A part of a table: a `Column`, an `Index` or a `Constraint`.
public protocol TablePart: Sendable {}

/// Collects the parts of a `Table`.
@resultBuilder
public enum TableBuilder {
    /// Returns the parts as they stand in the braces.
    public static func buildBlock(_ parts: any TablePart...) -> [any TablePart] { parts }
}

/// A column with its type and rules.
public struct Column: TablePart {
    /// The type of a column's values.
    public enum Kind: Sendable {
        /// A primary key: a 64-bit number that the database draws and never gives twice.
        case id
        /// A 64-bit integer.
        case integer
        /// Minor units of the shop's currency.
        case money
        /// UTC microseconds since 1970.
        case timestamp
        /// 0 or 1.
        case boolean
        /// A double-precision number.
        case real
        /// A text of at most this many characters, compared byte by byte.
        case text(Int)
        /// A text of any length, without an index.
        case longText
        /// JSON text; the databases do not check it.
        case json
        /// Bytes of any length.
        case blob
        /// A day as `YYYY-MM-DD`.
        case date
    }

    /// A rule on a column's values. Without `.null` a column allows none.
    public enum Rule: Sendable {
        /// `NULL` is allowed.
        case null
        /// No two rows have the same value.
        case unique
        /// The column is the table's primary key.
        case primaryKey
        /// The number that an INSERT without the column stores.
        case defaultInteger(Int64)
        /// The text that an INSERT without the column stores.
        case defaultText(StaticString)
        /// A foreign key to the `id` of the named table.
        case references(String, onDelete: Deletion)
        /// Computed from other columns of the row; nobody writes it. Without a text of its own for MySQL the SQL is one
        /// that both databases read.
        case computed(StaticString, mysql: StaticString? = nil)
    }

    /// The effect on this row of deleting the row that it refers to.
    public enum Deletion: String, Sendable {
        /// The deletion is refused.
        case restrict = "RESTRICT"
        /// This row is deleted as well.
        case cascade = "CASCADE"
        /// The column becomes `NULL`.
        case setNull = "SET NULL"
    }

    /// The identifier in both databases.
    public let name: String
    let kind: Kind
    let rules: [Rule]

    /// Creates a column; it allows no `NULL` unless a rule says so.
    public init(_ name: String, _ kind: Kind, _ rules: Rule...) {
        self.name = name
        self.kind = kind
        self.rules = rules
    }

    /// The primary key named `id`.
    public static let id = Column("id", .id)
}

/// An index over columns, named by its table and columns unless a name is given.
public struct Index: TablePart {
    let columns: [String]
    let unique: Bool
    let name: String?

    /// Creates an index; its columns stand in the order of the key.
    public init(_ columns: String..., unique: Bool = false, name: String? = nil) {
        self.columns = columns
        self.unique = unique
        self.name = name
    }

    func name(on table: String) -> String {
        name ?? ((unique ? "uq_" : "ix_") + table + "_" + columns.joined(separator: "_"))
    }
}

/// A rule over several columns.
public enum Constraint: TablePart {
    /// The primary key, over several columns.
    case primaryKey([String])
    /// A condition that each row must meet, in SQL that both databases read.
    case check(String, StaticString)
}
