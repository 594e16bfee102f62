import Commerce
import SQL

/// A row of a table that a `AdminResource` lists, finds and deletes as it stands.
public protocol TableRow: Record {
    associatedtype ID: Identifier & SQLConvertible
    /// The table's name, with the alias that its filters and orders use.
    static var table: StaticString { get }
    var id: ID { get }
    var version: Int { get }
}

/// Which rows a list shows.
public protocol RowFilter: Sendable {
    /// What follows `WHERE`.
    var condition: Query { get }
}
