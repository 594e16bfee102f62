/// A table, written once and rendered for each database.
///
///     Table("carts") {
///         Column.id
///         Column("user_id", .integer, .null, .references("users", onDelete: .cascade))
///         Column("session_key", .text(64), .null, .unique)
///         Column("created_at", .timestamp)
///     }
public struct Table: Sendable {
    public let name: String
    public let parts: [any TablePart]

    public init(_ name: String, @TableBuilder _ parts: () -> [any TablePart]) {
        self.name = name
        self.parts = parts()
    }

    var columns: [Column] { parts.compactMap { $0 as? Column } }
    var indexes: [Index] { parts.compactMap { $0 as? Index } }
    var constraints: [Constraint] { parts.compactMap { $0 as? Constraint } }
}

/// What a table is made of: a `Column`, an `Index` or a `Constraint`.
public protocol TablePart: Sendable {}

@resultBuilder
public enum TableBuilder {
    public static func buildBlock(_ parts: any TablePart...) -> [any TablePart] { parts }
}

/// A column and what it may hold.
public struct Column: TablePart {
    public enum Kind: Sendable {
        /// The primary key: a 64-bit number that the database draws and never gives twice.
        case id
        case integer
        /// Minor units of the shop's currency.
        case money
        /// UTC microseconds since 1970.
        case timestamp
        case boolean
        case real
        /// At most so many characters, compared byte by byte.
        case text(Int)
        case longText
        case json
        case blob
        /// `YYYY-MM-DD`.
        case date
    }

    public enum Rule: Sendable {
        case null
        case unique
        case primaryKey
        case defaultInteger(Int64)
        case defaultText(StaticString)
        case references(String, onDelete: Deletion)
        /// Computed from other columns of the row, in SQL that both databases read; nobody writes it.
        case computed(StaticString)
    }

    /// What happens to this row when the row that it refers to is deleted.
    public enum Deletion: String, Sendable {
        case restrict = "RESTRICT"
        case cascade = "CASCADE"
        case setNull = "SET NULL"
    }

    public let name: String
    let kind: Kind
    let rules: [Rule]

    public init(_ name: String, _ kind: Kind, _ rules: Rule...) {
        self.name = name
        self.kind = kind
        self.rules = rules
    }

    public static let id = Column("id", .id)
}

/// An index over columns, named by its table and columns unless a name is given.
public struct Index: TablePart {
    let columns: [String]
    let unique: Bool
    let name: String?

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
    case primaryKey([String])
    /// A condition that each row must meet, in SQL that both databases read.
    case check(String, StaticString)
}
