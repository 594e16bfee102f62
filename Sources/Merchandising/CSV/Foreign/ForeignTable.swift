import Commerce
import Primitives

/// An export of another shop system in the form of the shop's own table of products.
struct ForeignTable: Sendable {
    let format: TableFormat
    let header: [String]
    let rows: [SheetTable.Row]
    /// The columns of the export that hold something and are not taken over, as they are spelled there.
    let leftOut: [String]
}

/// A shop system's export of products.
///
/// Implemented by ``ShopifyExport``, ``WooCommerceExport`` and ``MagentoExport``.
protocol ForeignExport {
    static var format: TableFormat { get }
    /// Sets of columns, in lower case; the first row of an export has all columns of one of them.
    static var marks: [[String]] { get }

    /// Returns the rows of the shop's table that the export comes to, each product before its variants.
    static func rows(_ source: ForeignSource) -> [ForeignRow]

    /// Returns the name by which the other functions know a column, both in lower case: exports are in the language of
    /// their shop.
    static func name(of column: String) -> String

    /// Returns whether a column is taken over.
    static func takes(_ column: String) -> Bool
}

extension ForeignExport {
    static func name(of column: String) -> String { column }
}

/// An export as it came: cells by the names of their columns in lower case.
struct ForeignSource: Sendable {
    struct Row: Sendable {
        let line: Int
        fileprivate let cells: [String: String]

        /// The cell of the first of these columns that the export has; empty where it has none of them.
        subscript(names: String...) -> String { names.lazy.compactMap { cells[$0] }.first ?? "" }
    }

    let names: [String]
    let rows: [Row]

    init(_ table: SheetTable, naming name: (String) -> String = { $0 }) {
        let names = table.header.map { name($0.words.joined(separator: " ").lowercased()) }
        self.names = names
        rows = table.rows.map { row in
            Row(line: row.line, cells: Dictionary(zip(names, row.cells)) { first, _ in first })
        }
    }

    /// Returns whether the export has any of these columns.
    func has(_ columns: String...) -> Bool { columns.contains { names.contains($0) } }
}

/// A row of the shop's table that an export comes to.
struct ForeignRow: Sendable {
    let line: Int
    /// The cells by column; a column that is not there is blank, and none of the table where no row has it.
    var cells: [String: String] = [:]
    /// The reason why it is not taken; nil where it is.
    var refusal: String?

    init(_ line: Int, refusal: String? = nil) {
        self.line = line
        self.refusal = refusal
    }
}

/// The exports that are recognized.
enum ForeignExports {
    private static var all: [any ForeignExport.Type] {
        [ShopifyExport.self, WooCommerceExport.self, MagentoExport.self]
    }

    /// Returns the table of products that an export comes to; nil where the file is a table of this shop.
    ///
    /// - Throws: `ValidationError` on `format` where the file is no such export, on `file` where it is one of products and
    ///   another table is meant.
    static func translated(
        _ table: SheetTable, of kind: SheetKind, as format: TableFormat
    ) throws(ValidationError) -> ForeignTable? {
        guard format != .kontor else { return nil }
        let written = ForeignSource(table).names
        let found = all.first { export in
            (format == .auto || export.format == format)
                && export.marks.contains { $0.allSatisfy { written.contains($0) } }
        }
        guard let found else {
            if format == .auto { return nil }
            throw ValidationError(
                "format", "The first row of this file is not that of \(format.title)'s export of products.")
        }
        guard kind == .products else {
            throw SheetTable.refusal("This is \(found.format.title)'s export of products: take it in as products.")
        }
        let source = ForeignSource(table, naming: found.name)
        let rows = found.rows(source)
        let header = (ProductSheet.names + ProductSheet.extraNames).filter { column in
            rows.contains { $0.cells[column] != nil }
        }
        return ForeignTable(
            format: found.format, header: header,
            rows: rows.map { row in
                SheetTable.Row(line: row.line, cells: header.map { row.cells[$0] ?? "" }, refusal: row.refusal)
            },
            leftOut: leftOut(table, source.names, by: found))
    }

    private static func leftOut(
        _ table: SheetTable, _ names: [String], by export: any ForeignExport.Type
    ) -> [String] {
        names.indices.filter { index in
            !export.takes(names[index])
                && table.rows.contains { $0.cells.indices.contains(index) && !$0.cells[index].isEmpty }
        }.map { table.header[$0] }
    }
}
