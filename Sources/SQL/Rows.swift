/// A whole result set: one flat array of values, row after row.
public struct Rows: Sendable, RandomAccessCollection {
    public let columnCount: Int
    let values: [SQLValue]

    public init(columnCount: Int, values: [SQLValue]) {
        self.columnCount = columnCount
        self.values = values
    }

    public static let none = Rows(columnCount: 0, values: [])

    public var startIndex: Int { 0 }
    public var endIndex: Int { columnCount == 0 ? 0 : values.count / columnCount }
    public subscript(position: Int) -> Row { Row(rows: self, start: position * columnCount) }
}

/// One row of a result set, read by position.
public struct Row: Sendable {
    let rows: Rows
    let start: Int

    public var count: Int { rows.columnCount }

    /// The value of column `index`, counted from 0.
    ///
    /// - Throws: `SQLError` of kind `.decoding` where the column holds another type.
    public subscript<Value: SQLDecodable>(index: Int) -> Value {
        get throws { try Value(sqlValue: rows.values[start + index]) }
    }

    /// The value of column `index` as it came.
    public func raw(_ index: Int) -> SQLValue { rows.values[start + index] }
}

/// A value made of a row, beside the column list that it reads.
///
///     struct Coupon: RowDecodable {
///         static let columns: Query = "id, code, is_active"
///         init(row: Row) throws { id = try row[0]; code = try row[1]; isActive = try row[2] }
///     }
public protocol RowDecodable: Sendable {
    /// - Throws: `SQLError` of kind `.decoding`.
    init(row: Row) throws
}
