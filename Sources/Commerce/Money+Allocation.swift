extension Money {
    /// Returns `numerator / denominator` of this amount, rounded half away from zero, in 128-bit arithmetic.
    ///
    /// `denominator` must be positive.
    ///
    /// - Throws: `OutOfRange` where the part does not fit into 64 bits.
    public func portion(_ numerator: Int64, of denominator: Int64) throws(OutOfRange) -> Money {
        let product = Int128(minorUnits) * Int128(numerator)
        let half = Int128(denominator)
        let doubled = product.magnitude * 2 + half.magnitude
        guard let rounded = Int64(exactly: doubled / (half.magnitude * 2)) else { throw OutOfRange() }
        return Money(minorUnits: product < 0 ? -rounded : rounded)
    }

    /// Spreads this amount over `weights` by largest remainder: the parts always add up to the whole, ties go to the
    /// earliest, and no part exceeds its weight while the amount is at most their sum.
    ///
    /// Weights must not be negative; where all are zero everything falls to the first.
    ///
    /// - Throws: `OutOfRange` where the weights come to more than 64 bits hold.
    public func spread(over weights: [Money]) throws(OutOfRange) -> [Money] {
        guard !weights.isEmpty else { return [] }
        let whole = try weights.total().minorUnits
        guard whole > 0 else { return [self] + Array(repeating: .zero, count: weights.count - 1) }
        let exact = weights.map { Int128(minorUnits) * Int128($0.minorUnits) }
        // No weight is above their sum, so that no part is above the amount.
        var parts = exact.map { Money(minorUnits: Int64($0 / Int128(whole))) }
        let missing = try minorUnits.minus(parts.total().minorUnits)
        let byRemainder = exact.indices.sorted {
            let (left, right) = (abs(exact[$0] % Int128(whole)), abs(exact[$1] % Int128(whole)))
            return left == right ? $0 < $1 : left > right
        }
        for index in byRemainder.prefix(Int(missing.magnitude)) { parts[index].minorUnits += missing.signum() }
        return parts
    }
}
