import SQL

/// A refusal of an amount, a weight or a quantity that is larger than the shop counts: 400.
public struct OutOfRange: BusinessError, Equatable {
    /// Always `.invalid`.
    public let kind = ErrorKind.invalid
    /// Stable: clients may rely on it.
    public let code = "out_of_range"
    /// Names the subject: `An amount is out of range.`
    public let message: String

    /// Reports that `subject` is out of range.
    public init(_ subject: String = "An amount") {
        message = "\(subject) is out of range."
    }

    /// Runs `read`, which sums up in the database: a sum of more than 64 bits there is out of range here.
    ///
    /// - Throws: `OutOfRange` that names `subject`; otherwise whatever `read` throws.
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
    /// Adds, and throws where the sum does not fit.
    ///
    /// - Throws: `OutOfRange`.
    @inlinable
    public func plus(_ other: Self) throws(OutOfRange) -> Self {
        let (sum, isOver) = addingReportingOverflow(other)
        if isOver { throw OutOfRange() }
        return sum
    }

    /// Subtracts, and throws where the difference does not fit.
    ///
    /// - Throws: `OutOfRange`.
    @inlinable
    public func minus(_ other: Self) throws(OutOfRange) -> Self {
        let (difference, isOver) = subtractingReportingOverflow(other)
        if isOver { throw OutOfRange() }
        return difference
    }

    /// Multiplies, and throws where the product does not fit.
    ///
    /// - Throws: `OutOfRange`.
    @inlinable
    public func times(_ other: Self) throws(OutOfRange) -> Self {
        let (product, isOver) = multipliedReportingOverflow(by: other)
        if isOver { throw OutOfRange() }
        return product
    }
}

extension Sequence where Element: FixedWidthInteger {
    /// Sums up, checked; zero where there is nothing.
    ///
    /// - Throws: `OutOfRange` where the sum does not fit.
    @inlinable
    public func sum() throws(OutOfRange) -> Element {
        var sum: Element = 0
        for element in self { sum = try sum.plus(element) }
        return sum
    }
}
