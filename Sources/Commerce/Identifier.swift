import Primitives
import SQL

/// The id of a row, typed by what it identifies, so that a product's id cannot stand where an order's belongs.
public protocol Identifier: RawRepresentable, Codable, Hashable, Comparable, SQLEncodable, SQLDecodable,
    CustomStringConvertible
where RawValue == Int64 {
    /// Wraps a row's primary key, without a look at the database.
    init(_ value: Int64)
    /// The row's primary key.
    var rawValue: Int64 { get }
}

extension Identifier {
    /// Wraps a row's primary key, without a look at the database.
    public init(rawValue: Int64) { self.init(rawValue) }

    /// The key in decimal digits.
    public var description: String { String(rawValue) }

    /// The key as a 64-bit integer.
    public var sqlValue: SQLValue { .integer(rawValue) }

    /// Reads the key from an integer column.
    ///
    /// - Throws: `SQLError` where the value is no integer.
    public init(sqlValue value: SQLValue) throws(SQLError) {
        self.init(try Int64(sqlValue: value))
    }

    /// Compares by number: ascending order is the order in which rows are locked.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// Reads a JSON number.
    ///
    /// - Throws: `DecodingError` where the value is no whole number.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(Int64.self))
    }

    /// Writes a JSON number.
    ///
    /// - Throws: `EncodingError` where the encoder takes no single value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
