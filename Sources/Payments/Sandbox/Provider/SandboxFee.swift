import Commerce

/// What the sandbox keeps of a captured payment: 1.4 % and a quarter of the currency's unit, so that ledgers have fees to book.
enum SandboxFee {
    /// Returns the fee in minor units, rounded half up; never more than was captured. A currency without cents has no quarter.
    static func fee(of captured: Money, _ currency: Currency) -> Money {
        let quarter: Int64 = currency.decimals < 2 ? 0 : (2..<currency.decimals).reduce(25) { units, _ in units * 10 }
        let share = (captured.minorUnits * 14 + 500) / 1_000
        return min(captured, Money(minorUnits: share + quarter))
    }
}
