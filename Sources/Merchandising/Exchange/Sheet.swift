import Commerce
import Primitives
import SQL

/// One of the tables that go into and out of the shop as CSV; its rows are what staff would write by hand.
///
/// Implemented by ``CategorySheet``, ``ProductSheet`` and ``StockSheet``.
protocol Sheet: Sendable {
    var kind: SheetKind { get }
    /// Every column, in the order in which a file of ours has them.
    var columns: [String] { get }
    /// The columns without which nobody knows what a row is about.
    var keyColumns: [String] { get }

    /// What a row is about: rows with the same key change the same thing.
    func key(of row: SheetRow) -> String

    /// The keys of what a row builds upon, if the file holds it.
    func neededKeys(of row: SheetRow) -> [String]

    /// Has the shop agree with a row. A column that the file does not have is left alone; a blank cell clears.
    ///
    /// - Throws: `ValidationError`, `BusinessError`, `SQLError`.
    func apply(_ row: SheetRow, from origin: RowOrigin, in tx: Transaction) throws -> RowEffect

    /// Gives every row to `line`, in an order in which an empty shop can take them.
    func export(_ connection: Connection, line: ([CSVText.Cell]) throws -> Void) throws
}

/// Which table.
public enum SheetKind: String, Sendable, Hashable, Codable, CaseIterable, SQLConvertible {
    case categories
    case products
    case stock
}

/// The cells of a row by their columns.
struct SheetRow: Sendable {
    let cells: [String: String]

    /// The cell, nil where the file has no such column or it is blank.
    subscript(column: String) -> String? {
        cells[column].flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// Where a row comes from.
struct RowOrigin: Sendable {
    let importID: ImportID
    /// Who sent the file; nil from the command line.
    let user: UserID?
}

/// What a row did.
enum RowEffect: String, Sendable, Hashable {
    case created
    case updated
    case unchanged
}

/// The three tables over one shop.
public struct Sheets: Sendable {
    let all: [any Sheet]

    /// The table of `kind`.
    func callAsFunction(_ kind: SheetKind) -> any Sheet {
        all.first { $0.kind == kind } ?? all[0]
    }
}
