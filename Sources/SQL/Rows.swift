/// A whole result set: one flat array of values, row after row.
public struct Rows: Sendable, RandomAccessCollection {
    /// The number of values in each row.
    public let columnCount: Int
    let values: [SQLValue]

    /// A result set; `values` holds whole rows, one after the other.
    public init(columnCount: Int, values: [SQLValue]) {
        self.columnCount = columnCount
        self.values = values
    }

    /// No rows and no columns.
    public static let none = Rows(columnCount: 0, values: [])

    /// Always 0.
    public var startIndex: Int { 0 }
    /// The number of rows.
    public var endIndex: Int { columnCount == 0 ? 0 : values.count / columnCount }
    /// Returns the row at `position`, counted from 0; it shares the values of the result set.
    public subscript(position: Int) -> Row { Row(rows: self, start: position * columnCount) }

    /// Makes a value of the row at `position`.
    ///
    /// - Throws: what `read` throws, and `SQLError` of kind `.decoding` where it leaves columns unread.
    func value<Value>(at position: Int, _ read: (inout RowReader) throws -> Value) throws -> Value {
        var reader = self[position].reader
        let value = try read(&reader)
        try reader.finish()
        return value
    }
}

/// One row of a result set.
public struct Row: Sendable {
    let rows: Rows
    let start: Int

    /// The number of columns.
    public var count: Int { rows.columnCount }

    /// A reader that stands before the first column.
    public var reader: RowReader { RowReader(rows.values, from: start, to: start + rows.columnCount) }

    /// Returns the value of column `index`, counted from 0, as it came.
    public func raw(_ index: Int) -> SQLValue { rows.values[start + index] }
}

/// A value made of a row, beside the column list that it reads.
///
///     struct Coupon: RowDecodable {
///         static let columns: Query = "id, code, is_active"
///         init(row: inout RowReader) throws { id = try row(); code = try row(); isActive = try row() }
///     }
public protocol RowDecodable: Sendable {
    /// Reads the value's columns and leaves `row` behind them.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    init(row: inout RowReader) throws
}
