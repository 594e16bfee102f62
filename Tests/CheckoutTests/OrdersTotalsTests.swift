import AppHarness
import Commerce
import Orders
import Primitives
import Testing

@Suite struct OrdersTotalsTests {
    @Test func `parts of an amount always add up to it`() throws {
        var random = RandomSource.seeded(11)
        for _ in 0..<100_000 {
            let weights = (0..<random.number(below: 9) + 1).map { _ in amount(&random) }
            let whole = Money(minorUnits: Int64(random.number(below: Int(try weights.total().minorUnits) + 1)))
            let sum = try weights.total()
            let parts = try whole.spread(over: weights)
            guard parts.count == weights.count, try parts.total() == whole,
                zip(parts, weights).allSatisfy({ $0 >= .zero && $0 <= $1 }),
                zip(parts, weights).allSatisfy({ isFair($0, $1, whole, sum) })
            else {
                Issue.record("\(whole) over \(weights) gave \(parts)")
                return
            }
        }
    }

    @Test func `the totals of an order add up whatever it holds`() throws {
        var random = RandomSource.seeded(12)
        for _ in 0..<100_000 {
            let example = Example(&random)
            let totals = try example.totals()
            guard let fault = try example.fault(totals) else { continue }
            Issue.record("\(fault) in \(totals)")
            return
        }
    }

    @Test func `ties of the largest remainder go to the earliest line`() throws {
        let parts = try Money(minorUnits: 2).spread(over: [5, 5, 5].map { Money(minorUnits: $0) })
        #expect(parts.map(\.minorUnits) == [1, 1, 0])
    }

    @Test func `tax comes on top after the discount, and shipping is taxed in its own class`() throws {
        let totals = try OrderTotals(
            [
                .init(price: Money(minorUnits: 1_000), quantity: 2),
                .init(price: Money(minorUnits: 1_000), quantity: 1, taxClass: "books"),
            ],
            discounts: [Money(minorUnits: 200), Money(minorUnits: 100)], shipping: Money(minorUnits: 500),
            taxes: .init(rates: [
                "standard": TaxRate(name: "VAT", millionths: 190_000),
                "books": TaxRate(name: "Reduced", millionths: 70_000),
            ]))
        #expect(totals.charges.map(\.discount.minorUnits) == [200, 100])
        #expect(totals.charges.map(\.tax.minorUnits) == [342, 63])
        #expect(totals.taxLines.map(\.amount.minorUnits) == [342 + 95, 63])
        #expect(totals.taxLines.map(\.taxable.minorUnits) == [1_800 + 500, 900])
        #expect(totals.total.minorUnits == 3_000 - 300 + 500 + 500)
    }

    @Test func `a tax that is in the prices is taken out of them and the total stays`() throws {
        let totals = try OrderTotals(
            [.init(price: Money(minorUnits: 11_900), quantity: 1)],
            taxes: .init(rates: ["standard": TaxRate(name: "VAT", millionths: 190_000)], isInclusive: true))
        #expect(totals.tax.minorUnits == 1_900)
        #expect(totals.taxLines.map(\.taxable.minorUnits) == [10_000])
        #expect(totals.total.minorUnits == 11_900)
    }

    @Test(arguments: [(190_000, "0.19"), (88_750, "0.08875"), (0, "0.0"), (1_000_000, "1.0"), (1, "0.000001")])
    func `a rate is written without needless zeros`(_ millionths: Int64, _ text: String) {
        #expect(TaxRate(name: "T", millionths: millionths).text == text)
    }

    /// Returns whether a part is within one minor unit of the exact share.
    private func isFair(_ part: Money, _ weight: Money, _ whole: Money, _ sum: Money) -> Bool {
        guard sum > .zero else { return part == .zero }
        let exact = Int128(whole.minorUnits) * Int128(weight.minorUnits)
        return abs(Int128(part.minorUnits) * Int128(sum.minorUnits) - exact) < Int128(sum.minorUnits)
    }
}

private func amount(_ random: inout RandomSource) -> Money {
    let limits = [1, 2, 100, 10_000, 1_000_000_000]
    return Money(minorUnits: Int64(random.number(below: limits[random.number(below: limits.count)])))
}

/// An order that nobody would think up.
private struct Example {
    let lines: [OrderTotals.Line]
    let discount: Discount
    let applies: [Bool]
    let limit: Money?
    let shipping: Money
    let taxes: OrderTotals.Taxes

    init(_ random: inout RandomSource) {
        let classes = ["standard", "reduced", "none"]
        var lines: [OrderTotals.Line] = []
        for _ in 0...random.number(below: 8) {
            lines.append(
                .init(
                    price: amount(&random), quantity: random.number(below: 50) + 1,
                    taxClass: classes[random.number(below: 3)]))
        }
        self.lines = lines
        discount =
            random.number(below: 2) == 0
            ? .amount(amount(&random)) : .percentage(millionths: Int64(random.number(below: 1_200_000)))
        applies = lines.map { _ in random.number(below: 3) > 0 }
        limit = random.number(below: 2) == 0 ? amount(&random) : nil
        shipping = amount(&random)
        taxes = .init(
            rates: [
                "standard": TaxRate(name: "A", millionths: Int64(random.number(below: 1_000_000))),
                "reduced": TaxRate(name: "B", millionths: Int64(random.number(below: 100_000))),
            ], isInclusive: random.number(below: 2) == 0)
    }

    func subtotals() throws -> [Money] { try lines.map { try $0.price * $0.quantity } }
    func discounts() throws -> [Money] { try discount.taken(from: subtotals(), where: applies, atMost: limit) }
    func totals() throws -> OrderTotals {
        try OrderTotals(lines, discounts: discounts(), shipping: shipping, taxes: taxes)
    }

    /// Returns what is taken off in sum, without regard to lines.
    private func wholeDiscount() throws -> Money {
        let sum = try zip(subtotals(), applies).map { $1 ? $0 : .zero }.total()
        let asked: Money
        switch discount {
        case .amount(let amount): asked = amount
        case .percentage(let millionths):
            let exact = Int128(sum.minorUnits) * Int128(min(millionths, 1_000_000))
            asked = Money(minorUnits: Int64((exact + 500_000) / 1_000_000))
        }
        return [asked, sum, limit ?? sum].min() ?? .zero
    }

    /// Returns the rule that `totals` breaks.
    func fault(_ totals: OrderTotals) throws -> String? {
        let discounts = try discounts()
        let added = totals.isTaxInclusive ? Money.zero : totals.tax
        if totals.total != (try totals.subtotal - totals.discount + totals.shipping + added) { return "total" }
        if try totals.charges.map(\.subtotal).total() != totals.subtotal { return "subtotal" }
        if try totals.charges.map(\.discount).total() != totals.discount { return "discount" }
        if totals.charges.map(\.discount) != discounts { return "a line's discount" }
        if zip(applies, discounts).contains(where: { !$0 && $1 != .zero }) { return "a line the discount is not for" }
        if totals.discount != (try wholeDiscount()) { return "discount's limit" }
        if try totals.taxLines.map(\.amount).total() != totals.tax { return "tax" }
        if totals.total < .zero || totals.charges.contains(where: { $0.tax < .zero }) { return "sign" }
        let net = try totals.taxLines.map(\.taxable).total() + (totals.isTaxInclusive ? totals.tax : .zero)
        let charges = zip(lines, totals.charges).filter { $0.0.taxClass != "none" }.map(\.1)
        let taxed = try charges.map { try $0.subtotal - $0.discount }
        return try net == taxed.total() + totals.shipping ? nil : "taxable"
    }
}
