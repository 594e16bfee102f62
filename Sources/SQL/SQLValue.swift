import Primitives

/// A value in the form in which it is exchanged with a database.
public enum SQLValue: Sendable, Hashable {
    /// SQL's `NULL`.
    case null
    /// A 64-bit integer.
    case integer(Int64)
    /// A double-precision number.
    case real(Double)
    /// UTF-8 text.
    case text(String)
    /// Bytes as they are.
    case blob([UInt8])
}

/// A type that a query can bind.
public protocol SQLEncodable: Sendable {
    /// The value to bind.
    var sqlValue: SQLValue { get }
}

extension SQLValue: SQLEncodable {
    /// The value itself.
    public var sqlValue: SQLValue { self }
}

extension [SQLValue] {
    /// Makes a row for `\(rows:)` of values of any types.
    public static func row<each Value: SQLEncodable>(_ values: repeat each Value) -> [SQLValue] {
        var row: [SQLValue] = []
        for value in repeat each values { row.append(value.sqlValue) }
        return row
    }
}

/// A type that a row's column can be read as.
public protocol SQLDecodable: Sendable {
    /// Reads a column's value.
    ///
    /// - Throws: `SQLError` of kind `.decoding` where `value` is of another type or out of range.
    init(sqlValue value: SQLValue) throws(SQLError)
}

/// A type that can be bound and read.
public typealias SQLConvertible = SQLDecodable & SQLEncodable

extension Int64: SQLConvertible {
    /// The number itself.
    public var sqlValue: SQLValue { .integer(self) }

    /// Reads an integer.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(sqlValue value: SQLValue) throws(SQLError) {
        guard case .integer(let number) = value else { throw .decoding(value, as: "integer") }
        self = number
    }
}

extension Int: SQLConvertible {
    /// The number in 64 bits.
    public var sqlValue: SQLValue { .integer(Int64(self)) }

    /// Reads an integer.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(sqlValue value: SQLValue) throws(SQLError) {
        self = Int(try Int64(sqlValue: value))
    }
}

extension Bool: SQLConvertible {
    /// 1 for true, 0 for false.
    public var sqlValue: SQLValue { .integer(self ? 1 : 0) }

    /// Reads an integer; any but 0 is true.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(sqlValue value: SQLValue) throws(SQLError) {
        self = try Int64(sqlValue: value) != 0
    }
}

extension Double: SQLConvertible {
    /// The number itself.
    public var sqlValue: SQLValue { .real(self) }

    /// Reads a real, or an integer as the nearest one.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(sqlValue value: SQLValue) throws(SQLError) {
        switch value {
        case .real(let number): self = number
        case .integer(let number): self = Double(number)
        default: throw .decoding(value, as: "real")
        }
    }
}

extension String: SQLConvertible {
    /// The text in UTF-8.
    public var sqlValue: SQLValue { .text(self) }

    /// Reads a text; bytes are refused.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(sqlValue value: SQLValue) throws(SQLError) {
        guard case .text(let text) = value else { throw .decoding(value, as: "text") }
        self = text
    }
}

extension [UInt8]: SQLConvertible {
    /// The bytes as a blob.
    public var sqlValue: SQLValue { .blob(self) }

    /// Reads a blob, or a text as its UTF-8.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(sqlValue value: SQLValue) throws(SQLError) {
        switch value {
        case .blob(let bytes): self = bytes
        case .text(let text): self = Array(text.utf8)
        default: throw .decoding(value, as: "blob")
        }
    }
}

extension Timestamp: SQLConvertible {
    /// UTC microseconds since 1970, as an integer.
    public var sqlValue: SQLValue { .integer(microseconds) }

    /// Reads UTC microseconds since 1970.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(sqlValue value: SQLValue) throws(SQLError) {
        self.init(microseconds: try Int64(sqlValue: value))
    }
}

extension CivilDate: SQLConvertible {
    /// The day as `YYYY-MM-DD` text.
    public var sqlValue: SQLValue { .text(description) }

    /// Reads `YYYY-MM-DD` text.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(sqlValue value: SQLValue) throws(SQLError) {
        guard case .text(let text) = value, let day = CivilDate(text) else { throw .decoding(value, as: "date") }
        self = day
    }
}

extension Optional: SQLEncodable where Wrapped: SQLEncodable {
    /// The wrapped value, or `NULL` for nil.
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }
}

extension Optional: SQLDecodable where Wrapped: SQLDecodable {
    /// Reads `NULL` as nil.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(sqlValue value: SQLValue) throws(SQLError) {
        self = value == .null ? nil : try Wrapped(sqlValue: value)
    }
}

extension SQLEncodable where Self: RawRepresentable, RawValue: SQLEncodable {
    /// The raw value.
    public var sqlValue: SQLValue { rawValue.sqlValue }
}

extension SQLDecodable where Self: RawRepresentable, RawValue: SQLDecodable {
    /// Reads a raw value that the type knows.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(sqlValue value: SQLValue) throws(SQLError) {
        guard let known = Self(rawValue: try RawValue(sqlValue: value)) else {
            throw .decoding(value, as: "\(Self.self)")
        }
        self = known
    }
}
