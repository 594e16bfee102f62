import SQL

/// An amount in the minor units of the shop's one currency; never a floating-point number.
public struct Money: Sendable, Hashable, Comparable {
    /// Cents where the currency has cents.
    public var minorUnits: Int64

    /// Creates an amount of this many minor units.
    public init(minorUnits: Int64) {
        self.minorUnits = minorUnits
    }

    /// No money.
    public static let zero = Money(minorUnits: 0)

    /// The highest amount of a single price or of an order's total, far from where sums overflow.
    public static let maximum = Money(minorUnits: 999_999_999_999)
    /// The lowest amount, as far below zero as ``maximum`` is above it.
    public static let minimum = Money(minorUnits: -999_999_999_999)

    /// Compares by amount.
    public static func < (left: Money, right: Money) -> Bool { left.minorUnits < right.minorUnits }
}

/// Every operation is checked and throws `OutOfRange` where its result does not fit into 64 bits.
extension Money {
    /// Adds.
    ///
    /// - Throws: `OutOfRange`.
    public static func + (left: Money, right: Money) throws(OutOfRange) -> Money {
        Money(minorUnits: try left.minorUnits.plus(right.minorUnits))
    }

    /// Subtracts.
    ///
    /// - Throws: `OutOfRange`.
    public static func - (left: Money, right: Money) throws(OutOfRange) -> Money {
        Money(minorUnits: try left.minorUnits.minus(right.minorUnits))
    }

    /// Adds in place.
    ///
    /// - Throws: `OutOfRange`; `left` is unchanged then.
    public static func += (left: inout Money, right: Money) throws(OutOfRange) { left = try left + right }
    /// Subtracts in place.
    ///
    /// - Throws: `OutOfRange`; `left` is unchanged then.
    public static func -= (left: inout Money, right: Money) throws(OutOfRange) { left = try left - right }

    /// Multiplies an amount by a number of units: a line of an order.
    ///
    /// - Throws: `OutOfRange`.
    public static func * (amount: Money, count: Int) throws(OutOfRange) -> Money {
        Money(minorUnits: try amount.minorUnits.times(Int64(count)))
    }
}

extension Money: SQLEncodable, SQLDecodable {
    /// The minor units as a 64-bit integer.
    public var sqlValue: SQLValue { .integer(minorUnits) }

    /// Reads minor units from an integer column.
    ///
    /// - Throws: `SQLError` where the value is no integer.
    public init(sqlValue value: SQLValue) throws(SQLError) {
        self.init(minorUnits: try Int64(sqlValue: value))
    }
}

extension Sequence<Money> {
    /// Returns the sum of these amounts; zero where there are none.
    ///
    /// - Throws: `OutOfRange`.
    public func total() throws(OutOfRange) -> Money {
        var total = Money.zero
        for amount in self { try total += amount }
        return total
    }
}
