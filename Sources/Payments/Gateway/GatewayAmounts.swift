import Commerce
import Primitives

/// How a gateway counts in each currency that it takes: a table with its sources beside each gateway.
public struct GatewayAmounts: Sendable {
    /// How a gateway counts in one currency.
    public struct Rule: Sendable, Hashable {
        /// The number of the gateway's decimals: its smallest unit is 10^-decimals of the currency.
        public let decimals: Int
        /// The amounts that can be said are multiples of this many of the gateway's units.
        public let step: Int64

        /// Counts in units of 10^-decimals; every amount unless a step is given.
        public init(decimals: Int, step: Int64 = 1) {
            self.decimals = decimals
            self.step = step
        }
    }

    private let rules: [String: Rule]

    /// Creates a table of rules by the currency's code.
    public init(_ rules: [String: Rule]) { self.rules = rules }

    /// The codes of all currencies that it takes, in alphabetical order.
    public var currencies: [String] { rules.keys.sorted() }

    /// Returns the rule of a currency; nil where the gateway does not take it.
    public func rule(_ currency: Currency) -> Rule? { rules[currency.code] }

    /// Returns an amount in the gateway's units; nil where it does not take the currency or cannot say the amount.
    public func units(_ amount: Money, _ currency: Currency) -> Int64? {
        guard let rule = rules[currency.code], amount > .zero else { return nil }
        let (factor, isFiner) = Self.factor(from: currency.decimals, to: rule.decimals)
        let units: Int64
        if isFiner {
            let (product, overflows) = amount.minorUnits.multipliedReportingOverflow(by: factor)
            guard !overflows else { return nil }
            units = product
        } else {
            guard amount.minorUnits % factor == 0 else { return nil }
            units = amount.minorUnits / factor
        }
        return units % rule.step == 0 ? units : nil
    }

    /// Returns the amount that the gateway's units are.
    ///
    /// - Throws: `GatewayError.unavailable` where the gateway does not take the currency, or says an amount that the
    ///   currency does not have.
    public func money(_ units: Int64, _ currency: Currency) throws(GatewayError) -> Money {
        guard let rule = rules[currency.code] else { throw Self.nonsense }
        let (factor, isFiner) = Self.factor(from: currency.decimals, to: rule.decimals)
        if isFiner {
            guard units % factor == 0 else { throw Self.nonsense }
            return Money(minorUnits: units / factor)
        }
        let (product, overflows) = units.multipliedReportingOverflow(by: factor)
        guard !overflows else { throw Self.nonsense }
        return Money(minorUnits: product)
    }

    private static func factor(from ours: Int, to theirs: Int) -> (Int64, isFiner: Bool) {
        ((0..<abs(ours - theirs)).reduce(1) { factor, _ in factor * 10 }, theirs >= ours)
    }

    private static let nonsense = GatewayError.unavailable("an amount that the currency does not have", isUndone: false)
}
