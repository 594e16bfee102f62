import SQL

/// An amount, a weight or a quantity that is larger than the shop counts: 400.
public struct OutOfRange: BusinessError, Equatable {
    public let kind = ErrorKind.invalid
    public let code = "out_of_range"
    public let message: String

    /// Says of `subject` that it is out of range.
    public init(_ subject: String = "An amount") {
        message = "\(subject) is out of range."
    }

    /// Runs `read`, whose sums are the database's: what has more than 64 bits there is out of range here.
    ///
    /// - Throws: `OutOfRange` that names `subject`, whatever `read` throws otherwise.
    public static func refusing<Value>(_ subject: String, _ read: () throws -> Value) throws -> Value {
        do {
            return try read()
        } catch let error as SQLError where error.kind == .outOfRange {
            throw OutOfRange(subject)
        } catch is OutOfRange {
            throw OutOfRange(subject)
        }
    }
}

/// Sums and products of numbers that come from outside: weights, quantities, counts. None of them ends the process.
extension FixedWidthInteger {
    /// Adds.
    ///
    /// - Throws: `OutOfRange` where the sum does not fit.
    @inlinable
    public func plus(_ other: Self) throws(OutOfRange) -> Self {
        let (sum, isOver) = addingReportingOverflow(other)
        if isOver { throw OutOfRange() }
        return sum
    }

    /// Subtracts.
    ///
    /// - Throws: `OutOfRange` where the difference does not fit.
    @inlinable
    public func minus(_ other: Self) throws(OutOfRange) -> Self {
        let (difference, isOver) = subtractingReportingOverflow(other)
        if isOver { throw OutOfRange() }
        return difference
    }

    /// Multiplies.
    ///
    /// - Throws: `OutOfRange` where the product does not fit.
    @inlinable
    public func times(_ other: Self) throws(OutOfRange) -> Self {
        let (product, isOver) = multipliedReportingOverflow(by: other)
        if isOver { throw OutOfRange() }
        return product
    }
}

extension Sequence where Element: FixedWidthInteger {
    /// Sums up.
    ///
    /// - Throws: `OutOfRange` where the sum does not fit.
    @inlinable
    public func sum() throws(OutOfRange) -> Element {
        var sum: Element = 0
        for element in self { sum = try sum.plus(element) }
        return sum
    }
}
