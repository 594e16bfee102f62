import AppHarness
import Commerce
import Orders
import Testing

/// Orders whose right totals were worked out by hand: those that shops get wrong by a cent.
@Suite struct OrdersGoldenTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let currency: String
        /// Price, quantity, tax class.
        let lines: [(String, Int, String)]
        var discount = Discount.amount(.zero)
        var applies: [Bool]?
        var limit: String?
        var shipping = "0"
        var rates: [String: Int64] = [:]
        var isInclusive = false
        /// Discounts of the lines, taxes of the lines, then tax and total of the order.
        let discounts: [String]
        let taxes: [String]
        let tax: String
        let total: String
    }

    static let vectors = [
        Vector(
            testDescription: "25 at 399.00 less 10 %: rounded once, not for each piece", currency: "USD",
            lines: [("399.00", 25, "standard")], discount: .percentage(millionths: 100_000),
            rates: ["standard": 190_000], discounts: ["997.50"], taxes: ["1705.73"], tax: "1705.73",
            total: "10683.23"),
        Vector(
            testDescription: "7 % and 19 % under one discount: the remainder's cent goes to the larger part",
            currency: "EUR", lines: [("9.99", 3, "standard"), ("4.95", 2, "reduced")],
            discount: .amount(Money(minorUnits: 500)), rates: ["standard": 190_000, "reduced": 70_000],
            discounts: ["3.76", "1.24"], taxes: ["4.98", "0.61"], tax: "5.59", total: "40.46"),
        Vector(
            testDescription: "three decimals: 0.105 KWD three times", currency: "KWD",
            lines: [("0.105", 3, "standard")], rates: ["standard": 50_000], discounts: ["0.000"], taxes: ["0.016"],
            tax: "0.016", total: "0.331"),
        Vector(
            testDescription: "no decimals: half a yen is a yen", currency: "JPY", lines: [("333", 3, "standard")],
            discount: .percentage(millionths: 100_000), rates: ["standard": 100_000], discounts: ["100"],
            taxes: ["90"], tax: "90", total: "989"),
        Vector(
            testDescription: "prices with the tax in them and free shipping: the total is the price", currency: "EUR",
            lines: [("59.50", 2, "standard")], rates: ["standard": 190_000], isInclusive: true, discounts: ["0.00"],
            taxes: ["19.00"], tax: "19.00", total: "119.00"),
        Vector(
            testDescription: "10 % off a price with the tax in it", currency: "EUR",
            lines: [("19.99", 1, "standard")], discount: .percentage(millionths: 100_000),
            rates: ["standard": 70_000], isInclusive: true, discounts: ["2.00"], taxes: ["1.18"], tax: "1.18",
            total: "17.99"),
        Vector(
            testDescription: "a discount with a limit, for one of two lines; shipping is taxed and not discounted",
            currency: "USD", lines: [("50.00", 1, "standard"), ("50.00", 1, "standard")],
            discount: .percentage(millionths: 200_000), applies: [true, false], limit: "7.50", shipping: "5.00",
            rates: ["standard": 80_000], discounts: ["7.50", "0.00"], taxes: ["3.40", "4.00"], tax: "7.80",
            total: "105.30"),
        Vector(
            testDescription: "more off than there is: the order is free but for its shipping", currency: "USD",
            lines: [("3.33", 1, "standard"), ("0.01", 1, "standard")], discount: .amount(Money(minorUnits: 10_000)),
            shipping: "4.00", discounts: ["3.33", "0.01"], taxes: ["0.00", "0.00"], tax: "0.00", total: "4.00"),
    ]

    @Test(arguments: vectors)
    func `an order comes to what it should`(_ vector: Vector) throws {
        let currency = try #require(Currency(code: vector.currency))
        let lines = try vector.lines.map { price, quantity, taxClass in
            OrderTotals.Line(price: try #require(currency.amount(price)), quantity: quantity, taxClass: taxClass)
        }
        let discounts = try vector.discount.taken(
            from: lines.map { try $0.price * $0.quantity }, where: vector.applies ?? lines.map { _ in true },
            atMost: vector.limit.flatMap { currency.amount($0) })
        let totals = try OrderTotals(
            lines, discounts: discounts, shipping: try #require(currency.amount(vector.shipping)),
            taxes: .init(
                rates: vector.rates.reduce(into: [:]) { $0[$1.key] = TaxRate(name: $1.key, millionths: $1.value) },
                isInclusive: vector.isInclusive))
        #expect(totals.charges.map { currency.text($0.discount) } == vector.discounts)
        #expect(totals.charges.map { currency.text($0.tax) } == vector.taxes)
        #expect(currency.text(totals.tax) == vector.tax)
        #expect(currency.text(totals.total) == vector.total)
    }
}
