import CMariaDB
import SQL

/// The way in which the values of a result's column are read.
enum ColumnKind: Equatable {
    case integer
    /// A 64-bit number without a sign; one above `Int64.max` is refused as out of range.
    case unsigned
    case real
    /// A decimal without places, such as the SUM of a column of integers: an integer, refused as out of range where it
    /// has more than 64 bits, as SQLite's sum would be.
    case wholeDecimal
    /// A decimal with places, such as an AVG: a real.
    case decimal
    case text
    case blob
    /// The type of `SELECT NULL`.
    case null

    init(_ field: UnsafePointer<MYSQL_FIELD>) {
        switch field.pointee.type {
        case MYSQL_TYPE_TINY, MYSQL_TYPE_SHORT, MYSQL_TYPE_INT24, MYSQL_TYPE_LONG, MYSQL_TYPE_YEAR:
            self = .integer
        case MYSQL_TYPE_LONGLONG:
            self = field.pointee.flags & UInt32(UNSIGNED_FLAG) == 0 ? .integer : .unsigned
        case MYSQL_TYPE_FLOAT, MYSQL_TYPE_DOUBLE:
            self = .real
        case MYSQL_TYPE_DECIMAL, MYSQL_TYPE_NEWDECIMAL:
            self = field.pointee.decimals == 0 ? .wholeDecimal : .decimal
        case MYSQL_TYPE_NULL:
            self = .null
        case MYSQL_TYPE_VARCHAR, MYSQL_TYPE_VAR_STRING, MYSQL_TYPE_STRING, MYSQL_TYPE_TINY_BLOB,
            MYSQL_TYPE_MEDIUM_BLOB, MYSQL_TYPE_LONG_BLOB, MYSQL_TYPE_BLOB, MYSQL_TYPE_BIT, MYSQL_TYPE_GEOMETRY:
            self = field.pointee.charsetnr == Self.binaryCharacterSet ? .blob : .text
        default:
            // Dates, times, JSON, enumerations: the server calls some of them binary, but all of them are text.
            self = .text
        }
    }

    /// The type to which the client library converts.
    var bufferType: enum_field_types {
        switch self {
        case .integer, .unsigned: MYSQL_TYPE_LONGLONG
        case .real: MYSQL_TYPE_DOUBLE
        case .wholeDecimal, .decimal, .text, .blob, .null: MYSQL_TYPE_STRING
        }
    }

    private static let binaryCharacterSet: UInt32 = 63
}
