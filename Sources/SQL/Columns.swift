/// A record that is read and written by the same columns, each of them named once.
///
///     struct Tag: Record {
///         var id = TagID(0)
///         var name = ""
///         static let columns = Columns<Tag>(.key("id", \.id), .column("name", \.name))
///     }
///
///     "SELECT \(Tag.columns) FROM tags"
///     "INSERT INTO tags \(insert: try tag.values())"
///     "UPDATE tags SET \(set: try tag.values()) WHERE id = \(tag.id)"
public protocol Record: RowDecodable {
    /// The columns, in the order in which they are read.
    static var columns: Columns<Self> { get }
    /// Makes a record of defaults, which reading fills.
    init()
}

extension Record {
    /// Reads the columns into a record of defaults.
    ///
    /// - Throws: `SQLError` of kind `.decoding`, or what a column's own `read` throws.
    public init(row: inout RowReader) throws {
        self.init()
        try Self.columns.read(&row, into: &self)
    }

    /// Returns the columns that are written, with their values.
    ///
    /// - Throws: what a column's own `write` throws.
    public func values() throws -> ColumnValues { try Self.columns.values(of: self) }
}

/// The columns of a record: what a SELECT reads, what INSERT and UPDATE write.
public struct Columns<Record>: Sendable {
    private let columns: [Column]
    /// The names of what is read.
    let names: [StaticString]
    /// Those names as a SELECT of one table lists them.
    let list: Query

    /// Lists the columns in the order in which they are read and written.
    public init(_ columns: Column...) {
        self.columns = columns
        names = columns.filter { $0.read != nil }.flatMap(\.names)
        list = names.map { Query($0) }.joined(by: ", ")
    }

    /// Returns whether a column of this name is read.
    public func has(_ name: StaticString) -> Bool { names.contains { $0.description == name.description } }

    /// Reads the columns into `record` in the order of their names.
    ///
    /// - Throws: `SQLError` of kind `.decoding`, and what a column's own `read` throws.
    func read(_ row: inout RowReader, into record: inout Record) throws {
        for column in columns { try column.read?(&record, &row) }
    }

    func values(of record: Record) throws -> ColumnValues {
        var values = ColumnValues()
        for column in columns {
            guard let written = try column.written?(record) else { continue }
            for (name, value) in zip(column.names, written) { values.append(name, value) }
        }
        return values
    }
}

extension Columns {
    /// A column, or several that make one property, and how they are read and written.
    public struct Column: Sendable {
        let names: [StaticString]
        let read: (@Sendable (inout Record, inout RowReader) throws -> Void)?
        let written: (@Sendable (Record) throws -> [any SQLEncodable])?

        /// Names a column that holds a property.
        public static func column<Value: SQLConvertible>(
            _ name: StaticString, _ path: any WritableKeyPath<Record, Value> & Sendable
        ) -> Column {
            Column(names: [name], read: { $0[keyPath: path] = try $1() }, written: { [$0[keyPath: path]] })
        }

        /// Names a column that holds a property in another form.
        public static func column<Value, Stored: SQLConvertible>(
            _ name: StaticString, _ path: any WritableKeyPath<Record, Value> & Sendable,
            read: @escaping @Sendable (Stored) throws -> Value, write: @escaping @Sendable (Value) throws -> Stored
        ) -> Column {
            Column(
                names: [name], read: { $0[keyPath: path] = try read(try $1()) },
                written: { [try write($0[keyPath: path])] })
        }

        /// Names columns that hold one property together; `write` gives a value for each.
        public static func columns<Value>(
            _ names: [StaticString], _ path: any WritableKeyPath<Record, Value> & Sendable,
            read: @escaping @Sendable (inout RowReader) throws -> Value,
            write: @escaping @Sendable (Value) throws -> [any SQLEncodable]
        ) -> Column {
            Column(
                names: names, read: { $0[keyPath: path] = try read(&$1) }, written: { try write($0[keyPath: path]) })
        }

        /// Names a column that is read alone: the database or the statement decides what it holds.
        public static func key<Value: SQLDecodable>(
            _ name: StaticString, _ path: any WritableKeyPath<Record, Value> & Sendable
        ) -> Column {
            Column(names: [name], read: { $0[keyPath: path] = try $1() }, written: nil)
        }

        /// Names a column that is written alone, for statements to compare with.
        public static func derived(
            _ name: StaticString, _ write: @escaping @Sendable (Record) throws -> any SQLEncodable
        ) -> Column {
            Column(names: [name], read: nil, written: { [try write($0)] })
        }
    }
}

extension Query.Interpolation {
    /// Names the columns that a record is read from.
    public mutating func appendInterpolation<Record>(_ columns: Columns<Record>) {
        appendInterpolation(columns.list)
    }

    /// Names the columns that a record is read from, of the table that the query calls `alias`.
    public mutating func appendInterpolation<Record>(_ columns: Columns<Record>, of alias: StaticString) {
        append(columns.names.map { "\(alias).\($0)" }.joined(separator: ", "), [])
    }
}
