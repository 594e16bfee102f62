import SQL

/// An amount in the minor units of the shop's one currency; never a floating-point number.
public struct Money: Sendable, Hashable, Comparable {
    /// Cents where the currency has cents.
    public var minorUnits: Int64

    public init(minorUnits: Int64) {
        self.minorUnits = minorUnits
    }

    public static let zero = Money(minorUnits: 0)

    /// The most that a single price or an order's total may be, far from where sums overflow.
    public static let maximum = Money(minorUnits: 999_999_999_999)
    /// As far below zero.
    public static let minimum = Money(minorUnits: -999_999_999_999)

    public static func < (left: Money, right: Money) -> Bool { left.minorUnits < right.minorUnits }
}

/// Every operation is checked and throws `OutOfRange` where its result does not fit into 64 bits.
extension Money {
    public static func + (left: Money, right: Money) throws(OutOfRange) -> Money {
        Money(minorUnits: try left.minorUnits.plus(right.minorUnits))
    }

    public static func - (left: Money, right: Money) throws(OutOfRange) -> Money {
        Money(minorUnits: try left.minorUnits.minus(right.minorUnits))
    }

    public static func += (left: inout Money, right: Money) throws(OutOfRange) { left = try left + right }
    public static func -= (left: inout Money, right: Money) throws(OutOfRange) { left = try left - right }

    /// This amount `count` times: a line of an order.
    public static func * (amount: Money, count: Int) throws(OutOfRange) -> Money {
        Money(minorUnits: try amount.minorUnits.times(Int64(count)))
    }
}

extension Money: SQLEncodable, SQLDecodable {
    public var sqlValue: SQLValue { .integer(minorUnits) }

    public init(sqlValue value: SQLValue) throws(SQLError) {
        self.init(minorUnits: try Int64(sqlValue: value))
    }
}

extension Sequence<Money> {
    /// The sum of these amounts.
    ///
    /// - Throws: `OutOfRange`.
    public func total() throws(OutOfRange) -> Money {
        var total = Money.zero
        for amount in self { try total += amount }
        return total
    }
}
