import Commerce
import Primitives
import SQL

/// One of the tables that are imported and exported as CSV; its rows are what staff would write by hand.
///
/// Implemented by ``CategorySheet``, ``ProductSheet`` and ``StockSheet``.
protocol Sheet: Sendable {
    var kind: SheetKind { get }
    /// All columns, in the order in which an export has them.
    var columns: [String] { get }
    /// The columns that a file may have besides and an export never has.
    var extraColumns: [String] { get }
    /// The columns without which a row does not say what it is about.
    var keyColumns: [String] { get }
    /// The columns of numbers, which spreadsheets write in many ways.
    var numbers: Set<String> { get }
    /// The columns of yes and no.
    var flags: Set<String> { get }

    /// Returns what a row is about: rows with the same key change the same thing.
    func key(of row: SheetRow) -> String

    /// Returns the keys of what a row builds upon, which the file may hold too.
    func neededKeys(of row: SheetRow) -> [String]

    /// Makes the shop agree with a row. A column that the file does not have is left alone; a blank cell clears.
    ///
    /// - Throws: `ValidationError`, `BusinessError`, `SQLError`.
    func apply(_ row: SheetRow, from origin: RowOrigin, in tx: Transaction) throws -> RowEffect

    /// Passes every row to `line`, in an order in which an empty shop can import them.
    func export(_ connection: Connection, line: ([CSVText.Cell]) throws -> Void) throws
}

/// Which table.
public enum SheetKind: String, WireEnum {
    case categories
    case products
    case stock
}

/// The cells of a row by their columns.
struct SheetRow: Sendable {
    let cells: [String: String]

    /// The cell; nil where the file has no such column or it is blank.
    subscript(column: String) -> String? {
        cells[column].flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// The import that a row comes from.
struct RowOrigin: Sendable {
    let importID: ImportID
    /// The user who sent the file; nil for the command line.
    let user: UserID?
    /// What the rows of its step know of categories.
    let categories = CategoryNames()
}

/// The effect of a row.
enum RowEffect: String, Sendable, Hashable {
    case created
    case updated
    case unchanged
}

/// The three tables of one shop.
public struct Sheets: Sendable {
    let all: [any Sheet]

    /// Returns the table of `kind`.
    func callAsFunction(_ kind: SheetKind) -> any Sheet {
        all.first { $0.kind == kind } ?? all[0]
    }
}
