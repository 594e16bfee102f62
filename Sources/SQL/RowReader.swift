/// Reads the columns of a row one after another, in the order in which its SELECT names them.
///
///     id = try row()
///     name = try row()
///     owner = try Owner(row: &row)
///
/// What reads a part of a row leaves the reader behind it, so nobody counts another's columns. It lives as long as its row is
/// read: it cannot be copied, and who is lent one cannot keep it.
public struct RowReader: ~Copyable {
    // Not the array itself: to hold and let go of it at each column cost half of the time of reading.
    @usableFromInline var next: UnsafePointer<SQLValue>
    @usableFromInline let end: UnsafePointer<SQLValue>

    @inlinable init(from start: UnsafePointer<SQLValue>, columns: Int) {
        next = start
        end = start + columns
    }

    /// Reads the next column.
    ///
    /// - Throws: `SQLError` of kind `.decoding` where the column holds another type or the row is at its end.
    @inlinable public mutating func callAsFunction<Value: SQLDecodable>(
        _ type: Value.Type = Value.self
    ) throws(SQLError) -> Value {
        guard next < end else { throw Self.atEnd }
        let column = next
        next = column + 1
        return try Value(sqlValue: column.pointee)
    }

    /// Reads `width` columns that are there together or not at all: nil where the first of them is NULL.
    ///
    /// - Throws: what `read` throws, and `SQLError` of kind `.decoding` where it reads another number of columns.
    public mutating func optional<Value>(
        _ width: Int, _ read: (inout RowReader) throws -> Value
    ) throws -> Value? {
        guard width > 0, width <= end - next else { throw Self.atEnd }
        let behind = next + width
        let value = next.pointee == .null ? nil : try read(&self)
        guard value == nil || next == behind else {
            throw SQLError(.decoding, message: "other columns were read than the \(width) that may be missing")
        }
        next = behind
        return value
    }

    @usableFromInline static var atEnd: SQLError { SQLError(.decoding, message: "the row has no more columns") }

    /// Refuses a row whose columns were not all read.
    func finish() throws(SQLError) {
        guard next != end else { return }
        throw SQLError(.decoding, message: "\(end - next) columns of the row were not read")
    }
}
