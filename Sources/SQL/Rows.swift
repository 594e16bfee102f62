/// A whole result set: one flat array of values, row after row.
public struct Rows: Sendable, RandomAccessCollection {
    /// The number of values in each row.
    public let columnCount: Int
    let values: [SQLValue]

    /// Creates a result set; `values` holds whole rows, one after the other.
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

    /// Makes a value of each row, of at most `limit`.
    ///
    /// - Throws: what `make` throws, and `SQLError` of kind `.decoding` where it leaves columns unread.
    func read<Value>(limit: Int = .max, _ make: (inout RowReader) throws -> Value) throws -> [Value] {
        var read = [Value]()
        let count = Swift.min(count, limit)
        read.reserveCapacity(count)
        try values.withUnsafeBufferPointer { buffer in
            guard let first = buffer.baseAddress else { return }
            for index in 0..<count {
                var reader = RowReader(from: first + index * columnCount, columns: columnCount)
                read.append(try make(&reader))
                try reader.finish()
            }
        }
        return read
    }
}

/// One row of a result set.
public struct Row: Sendable {
    let rows: Rows
    let start: Int

    /// The number of columns.
    public var count: Int { rows.columnCount }

    /// Returns the value of column `index`, counted from 0, as the database sent it.
    public func raw(_ index: Int) -> SQLValue { rows.values[start + index] }
}

/// A value made of a row, beside the column list that it reads.
///
///     struct Coupon: RowDecodable {
///         static let columns: Query = "id, code, is_active"
///         init(row: inout RowReader) throws { id = try row(); code = try row(); isActive = try row() }
///     }
public protocol RowDecodable: Sendable {
    /// Reads the columns in the order of the type's column list and leaves `row` behind them.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    init(row: inout RowReader) throws
}
