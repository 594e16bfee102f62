import Primitives
import SQL

/// The id of a row, typed by what it identifies, so that a product's id cannot stand where an order's belongs.
public protocol Identifier: RawRepresentable, Codable, Hashable, Comparable, SQLEncodable, SQLDecodable,
    CustomStringConvertible
where RawValue == Int64 {
    init(_ value: Int64)
    var rawValue: Int64 { get }
}

extension Identifier {
    public init(rawValue: Int64) { self.init(rawValue) }

    public var description: String { String(rawValue) }

    public var sqlValue: SQLValue { .integer(rawValue) }

    public init(sqlValue value: SQLValue) throws(SQLError) {
        self.init(try Int64(sqlValue: value))
    }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(Int64.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
