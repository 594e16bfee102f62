import AppHarness
import Commerce
import Orders
import Primitives
import TestSupport
import Testing

/// What orders come to, against Python's exact decimals.
@Suite struct OrderTotalsPythonTests {
    private struct Line: Encodable {
        let price: Int64
        let quantity: Int
        let taxClass: String
        let discount: Int64
    }

    private struct Order: Encodable {
        let lines: [Line]
        let shipping: Int64
        /// Millionths by class.
        let rates: [String: Int64]
        let isInclusive: Bool
    }

    private struct Totals: Decodable, Sendable, Equatable {
        let subtotal: Int64
        let discount: Int64
        let tax: Int64
        let total: Int64
        let lines: [Int64]
        /// Tax by rate.
        let byRate: [String: Int64]
    }

    private static let script = """
        import decimal

        decimal.getcontext().prec = 60

        def tax(amount, rate, inclusive):
            if rate is None or amount <= 0: return 0
            rate = decimal.Decimal(rate).scaleb(-6)
            exact = amount * rate / (1 + rate) if inclusive else amount * rate
            return int(exact.quantize(decimal.Decimal(1), rounding=decimal.ROUND_HALF_UP))

        def answer(case):
            subtotal = discount = 0
            lines, by_rate = [], {}
            def add(amount, name):
                rate = case["rates"].get(name)
                part = tax(amount, rate, case["isInclusive"])
                if rate is not None and amount > 0: by_rate[str(rate)] = by_rate.get(str(rate), 0) + part
                return part
            for line in case["lines"]:
                whole = line["price"] * line["quantity"]
                off = min(max(line["discount"], 0), whole)
                subtotal += whole
                discount += off
                lines.append(add(whole - off, line["taxClass"]))
            shipping = add(case["shipping"], "standard")
            taxes = sum(lines) + shipping
            total = subtotal - discount + case["shipping"] + (0 if case["isInclusive"] else taxes)
            return {
                "subtotal": subtotal, "discount": discount, "tax": taxes, "total": total, "lines": lines,
                "byRate": by_rate,
            }
        """

    private static func orders(_ count: Int, seed: UInt64) -> [Order] {
        let random = RandomSource.seeded(seed)
        let rates: [Int64] = [0, 50_000, 70_000, 88_750, 190_000, 200_000, 1_000_000]
        return (0..<count).map { number in
            let lines = (0..<(1 + random.number(below: 7))).map { _ in
                Line(
                    price: Int64(random.number(below: number % 2 == 0 ? 300 : 500_000)),
                    quantity: 1 + random.number(below: 20),
                    taxClass: ["standard", "reduced", "none"][random.number(below: 3)],
                    discount: Int64(random.number(below: 3) == 0 ? random.number(below: 2_000) : 0))
            }
            // Each class has a rate of its own: two of one rate would be one line.
            let standard = rates[random.number(below: rates.count)]
            return Order(
                lines: lines, shipping: Int64(random.number(below: 3) * 499),
                rates: ["standard": standard, "reduced": standard / 2 + 1], isInclusive: number % 3 == 0)
        }
    }

    @Test func `an order comes to what an exact calculator makes of it, tax line by tax line`() async throws {
        let orders = Self.orders(3_000, seed: 201)
        let expected = try await TestPython.answers(Self.script, to: orders, as: Totals.self)
        for (order, expected) in zip(orders, expected) {
            let rates = order.rates.map { ($0.key, TaxRate(name: $0.key, millionths: $0.value)) }
            let totals = try OrderTotals(
                order.lines.map {
                    .init(price: Money(minorUnits: $0.price), quantity: $0.quantity, taxClass: $0.taxClass)
                },
                discounts: order.lines.map { Money(minorUnits: $0.discount) },
                shipping: Money(minorUnits: order.shipping),
                taxes: .init(rates: Dictionary(uniqueKeysWithValues: rates), isInclusive: order.isInclusive))
            let byRate = totals.taxLines.map { (String($0.rate.millionths), $0.amount.minorUnits) }
            let ours = Totals(
                subtotal: totals.subtotal.minorUnits, discount: totals.discount.minorUnits, tax: totals.tax.minorUnits,
                total: totals.total.minorUnits, lines: totals.charges.map(\.tax.minorUnits),
                byRate: Dictionary(uniqueKeysWithValues: byRate))
            try #require(ours == expected, "\(order)")
        }
    }
}
