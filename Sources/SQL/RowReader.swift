/// Reads the columns of a row one after another, in the order in which its SELECT names them.
///
///     id = try row()
///     name = try row()
///     owner = try Owner(row: &row)
///
/// A type that reads a part of a row leaves the reader behind its columns, so nobody counts another's.
public struct RowReader {
    private let values: [SQLValue]
    private var position: Int
    private let end: Int

    init(_ values: [SQLValue], from start: Int, to end: Int) {
        self.values = values
        position = start
        self.end = end
    }

    /// Reads the next column.
    ///
    /// - Throws: `SQLError` of kind `.decoding` where the column holds another type or the row is at its end.
    public mutating func callAsFunction<Value: SQLDecodable>(_ type: Value.Type = Value.self) throws(SQLError) -> Value
    {
        guard position < end else { throw Self.atEnd }
        defer { position += 1 }
        return try Value(sqlValue: values[position])
    }

    /// Reads `width` columns that are there together or not at all: nil where the first of them is NULL.
    ///
    /// - Throws: what `read` throws, and `SQLError` of kind `.decoding` where it reads another number of columns.
    public mutating func optional<Value>(
        _ width: Int, _ read: (inout RowReader) throws -> Value
    ) throws -> Value? {
        let next = position + width
        guard next <= end else { throw Self.atEnd }
        let value = values[position] == .null ? nil : try read(&self)
        guard value == nil || position == next else {
            throw SQLError(.decoding, message: "other columns were read than the \(width) that may be missing")
        }
        position = next
        return value
    }

    private static var atEnd: SQLError { SQLError(.decoding, message: "the row has no more columns") }

    /// Refuses a row whose columns were not all read.
    func finish() throws(SQLError) {
        guard position != end else { return }
        throw SQLError(.decoding, message: "\(end - position) columns of the row were not read")
    }
}
