import Primitives

/// A value as it travels between Swift and a database.
public enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

/// A type that a query can bind.
public protocol SQLEncodable: Sendable {
    var sqlValue: SQLValue { get }
}

/// A type that a row's column can be read as.
public protocol SQLDecodable: Sendable {
    /// - Throws: `SQLError` of kind `.decoding` where `value` is of another type or out of range.
    init(sqlValue value: SQLValue) throws(SQLError)
}

public typealias SQLConvertible = SQLDecodable & SQLEncodable

extension Int64: SQLConvertible {
    public var sqlValue: SQLValue { .integer(self) }

    public init(sqlValue value: SQLValue) throws(SQLError) {
        guard case .integer(let number) = value else { throw .decoding(value, as: "integer") }
        self = number
    }
}

extension Int: SQLConvertible {
    public var sqlValue: SQLValue { .integer(Int64(self)) }

    public init(sqlValue value: SQLValue) throws(SQLError) {
        self = Int(try Int64(sqlValue: value))
    }
}

extension Bool: SQLConvertible {
    public var sqlValue: SQLValue { .integer(self ? 1 : 0) }

    public init(sqlValue value: SQLValue) throws(SQLError) {
        self = try Int64(sqlValue: value) != 0
    }
}

extension Double: SQLConvertible {
    public var sqlValue: SQLValue { .real(self) }

    public init(sqlValue value: SQLValue) throws(SQLError) {
        switch value {
        case .real(let number): self = number
        case .integer(let number): self = Double(number)
        default: throw .decoding(value, as: "real")
        }
    }
}

extension String: SQLConvertible {
    public var sqlValue: SQLValue { .text(self) }

    public init(sqlValue value: SQLValue) throws(SQLError) {
        guard case .text(let text) = value else { throw .decoding(value, as: "text") }
        self = text
    }
}

extension [UInt8]: SQLConvertible {
    public var sqlValue: SQLValue { .blob(self) }

    public init(sqlValue value: SQLValue) throws(SQLError) {
        switch value {
        case .blob(let bytes): self = bytes
        case .text(let text): self = Array(text.utf8)
        default: throw .decoding(value, as: "blob")
        }
    }
}

extension Timestamp: SQLConvertible {
    public var sqlValue: SQLValue { .integer(microseconds) }

    public init(sqlValue value: SQLValue) throws(SQLError) {
        self.init(microseconds: try Int64(sqlValue: value))
    }
}

extension CivilDate: SQLConvertible {
    /// Stored as `YYYY-MM-DD` text.
    public var sqlValue: SQLValue { .text(description) }

    public init(sqlValue value: SQLValue) throws(SQLError) {
        guard case .text(let text) = value, let day = CivilDate(text) else { throw .decoding(value, as: "date") }
        self = day
    }
}

extension Optional: SQLEncodable where Wrapped: SQLEncodable {
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }
}

extension Optional: SQLDecodable where Wrapped: SQLDecodable {
    public init(sqlValue value: SQLValue) throws(SQLError) {
        self = value == .null ? nil : try Wrapped(sqlValue: value)
    }
}

extension SQLEncodable where Self: RawRepresentable, RawValue: SQLEncodable {
    public var sqlValue: SQLValue { rawValue.sqlValue }
}

extension SQLDecodable where Self: RawRepresentable, RawValue: SQLDecodable {
    public init(sqlValue value: SQLValue) throws(SQLError) {
        guard let known = Self(rawValue: try RawValue(sqlValue: value)) else {
            throw .decoding(value, as: "\(Self.self)")
        }
        self = known
    }
}
