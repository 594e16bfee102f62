/// The columns of a record, each named once: they render what a SELECT reads, an INSERT or UPDATE writes, and read it.
///
///     static let columns = Columns<TaxRule>(
///         .key("id", \.id), .column("name", \.name), .column("rate", \.rate), .key("version", \.version))
///
///     "SELECT \(TaxRule.columns.list) FROM tax_rates"
///     "UPDATE tax_rates SET \(set: TaxRule.columns.values(of: rule)) WHERE id = \(rule.id)"
public struct Columns<Record>: Sendable {
    /// One column and the property that it is kept in.
    public struct Column: Sendable {
        let name: StaticString
        let read: @Sendable (inout Record, inout RowReader) throws -> Void
        let value: (@Sendable (Record) throws -> any SQLEncodable)?

        /// A column that records are written to and read from.
        public static func column<Value: SQLConvertible>(
            _ name: StaticString, _ path: any WritableKeyPath<Record, Value> & Sendable
        ) -> Column {
            Column(name: name, read: { $0[keyPath: path] = try $1() }, value: { $0[keyPath: path] })
        }

        /// A column whose text or number stands for a value: `read` makes the value of it, `write` the other way round.
        public static func column<Value, Stored: SQLConvertible>(
            _ name: StaticString, _ path: any WritableKeyPath<Record, Value> & Sendable,
            read: @escaping @Sendable (Stored) throws -> Value, write: @escaping @Sendable (Value) throws -> Stored
        ) -> Column {
            Column(
                name: name, read: { $0[keyPath: path] = try read(try $1()) }, value: { try write($0[keyPath: path]) })
        }

        /// A column that is read alone: the database or the statement decides what it holds.
        public static func key<Value: SQLDecodable>(
            _ name: StaticString, _ path: any WritableKeyPath<Record, Value> & Sendable
        ) -> Column {
            Column(name: name, read: { $0[keyPath: path] = try $1() }, value: nil)
        }
    }

    private let columns: [Column]
    /// The names, separated by commas, as a SELECT of one table lists them.
    public let list: Query

    public init(_ columns: Column...) {
        self.columns = columns
        list = columns.map { Query($0.name) }.joined(by: ", ")
    }

    /// Reads the columns into `record` in the order of `list`.
    ///
    /// - Throws: `SQLError` of kind `.decoding`, and what a column's own `read` throws.
    public func read(_ row: inout RowReader, into record: inout Record) throws {
        for column in columns { try column.read(&record, &row) }
    }

    /// The columns that are written, with the values of `record`.
    ///
    /// - Throws: what a column's own `write` throws.
    public func values(of record: Record) throws -> ColumnValues {
        var values = ColumnValues()
        for column in columns {
            if let value = column.value { values.append(column.name, try value(record)) }
        }
        return values
    }
}
