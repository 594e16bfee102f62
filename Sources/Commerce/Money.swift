import SQL

/// An amount in the minor units of the shop's one currency; never a floating-point number.
public struct Money: Sendable, Hashable, Comparable {
    /// Cents where the currency has cents.
    public var minorUnits: Int64

    public init(minorUnits: Int64) {
        self.minorUnits = minorUnits
    }

    public static let zero = Money(minorUnits: 0)

    /// The most that a single price or total may be, far from where sums overflow.
    public static let maximum = Money(minorUnits: 999_999_999_999)

    public static func < (left: Money, right: Money) -> Bool { left.minorUnits < right.minorUnits }
    public static func + (left: Money, right: Money) -> Money { Money(minorUnits: left.minorUnits + right.minorUnits) }
    public static func - (left: Money, right: Money) -> Money { Money(minorUnits: left.minorUnits - right.minorUnits) }
    public static func += (left: inout Money, right: Money) { left = left + right }
    public static func -= (left: inout Money, right: Money) { left = left - right }
    public static prefix func - (amount: Money) -> Money { Money(minorUnits: -amount.minorUnits) }

    /// This amount `count` times: a line of an order.
    public static func * (amount: Money, count: Int) -> Money { Money(minorUnits: amount.minorUnits * Int64(count)) }
}

extension Money: SQLEncodable, SQLDecodable {
    public var sqlValue: SQLValue { .integer(minorUnits) }

    public init(sqlValue value: SQLValue) throws(SQLError) {
        self.init(minorUnits: try Int64(sqlValue: value))
    }
}

extension Sequence<Money> {
    /// The sum of these amounts.
    public func total() -> Money { reduce(.zero, +) }
}
