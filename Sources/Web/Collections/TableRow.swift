import Commerce
import SQL

/// A row of a table, as an `AdminResource` lists, finds and deletes it.
public protocol TableRow: Record {
    /// The type of the primary key.
    associatedtype ID: Identifier & SQLConvertible
    /// The table's name, with the alias that its filters and orders use.
    static var table: StaticString { get }
    /// The primary key.
    var id: ID { get }
    /// The number that is raised with each change, for `If-Match`.
    var version: Int { get }
}

/// The filters of a list of rows.
public protocol RowFilter: Sendable {
    /// The condition after `WHERE`.
    var condition: Query { get }
    /// Returns the index that a page walks in the order of `column`; nil where the database finds it by itself.
    func index(by column: String) -> StaticString?
}

extension RowFilter {
    /// None: tables that staff keep by hand are small.
    public func index(by column: String) -> StaticString? { nil }
}
