import AppHarness
import Commerce
import Primitives
import TestSupport
import Testing

/// Amounts, rates and parts of them, against Python's exact numbers.
@Suite struct MoneyPythonTests {
    private static let currencies = ["USD", "JPY", "KWD"]

    private struct Text: Encodable {
        let text: String
        let scale: Int
    }

    /// The number that a text is at a scale: exact, plain digits alone, within 64 bits.
    private static let reader = """
        import decimal, re

        decimal.getcontext().prec = 100

        def answer(case):
            if not re.fullmatch(r"-?[0-9]+(\\.[0-9]+)?", case["text"]): return None
            scaled = decimal.Decimal(case["text"]).scaleb(case["scale"])
            whole = scaled.to_integral_value()
            return str(int(whole)) if whole == scaled and abs(whole) < 2 ** 63 else None
        """

    private static func texts(_ count: Int, seed: UInt64) -> [String] {
        let random = RandomSource.seeded(seed)
        let parts = [
            "0", "00", "1", "9", "19", "99", "922337203685477580", ".", ".", "-", "", "5", "000", "e", " ", "+", ",",
            "٣", "é",
        ]
        return (0..<count).map { _ in
            (0..<(1 + random.number(below: 5))).map { _ in parts[random.number(below: parts.count)] }.joined()
        }
    }

    @Test(arguments: [0, 2, 3, 6, 18])
    func `a decimal text is the number that another reader takes it for, or none to both`(_ scale: Int) async throws {
        let texts = Self.texts(4_000, seed: UInt64(141 + scale))
        let cases = texts.map { Text(text: $0, scale: scale) }
        let others = try await TestPython.answers(Self.reader, to: cases, as: String?.self)
        for (text, other) in zip(texts, others) {
            #expect(Int64(decimal: text, scale: scale).map { String($0) } == other, "\(text) at \(scale)")
        }
        #expect(others.count { $0 != nil } > 100)
    }

    @Test(arguments: currencies)
    func `an amount is written with its currency's decimals and read back`(_ code: String) async throws {
        let currency = try #require(Currency(code: code))
        let random = RandomSource.seeded(151)
        let most = Int(Money.maximum.minorUnits)
        let units =
            [0, 1, -1, 9, 10, 99, 100, -100, most, -most]
            + (0..<2_000).map { number in
                random.number(below: number % 2 == 0 ? 2_000 : most) - (number % 3 == 0 ? 1_000 : 0)
            }
        let script = """
            import decimal

            def answer(case):
                return "{:f}".format(decimal.Decimal(case["units"]).scaleb(-case["decimals"]))
            """
        let cases = units.map { ["units": $0, "decimals": currency.decimals] }
        for (units, text) in zip(units, try await TestPython.answers(script, to: cases, as: String.self)) {
            let amount = Money(minorUnits: Int64(units))
            #expect(currency.text(amount) == text)
            #expect(currency.amount(text) == amount)
        }
        #expect(currency.amount(currency.text(.maximum)) == .maximum && currency.amount("1000000000000") == nil)
    }

    private struct Part: Encodable {
        let amount: Int64
        let numerator: Int64
        let denominator: Int64
    }

    @Test func `a part of an amount is rounded half away from zero, once`() async throws {
        let script = """
            import decimal, fractions

            def answer(case):
                exact = fractions.Fraction(case["amount"] * case["numerator"], case["denominator"])
                magnitude = abs(exact)
                whole = magnitude.numerator // magnitude.denominator
                if magnitude - whole >= fractions.Fraction(1, 2): whole += 1
                return str(whole if exact >= 0 else -whole)
            """
        let random = RandomSource.seeded(152)
        let cases = (0..<6_000).map { number in
            let most = [10, 1_000, 100_000_000, Int(Money.maximum.minorUnits)][number % 4]
            return Part(
                amount: Int64(random.number(below: most) - (number % 3 == 0 ? most / 2 : 0)),
                numerator: Int64(random.number(below: 1_000_001)),
                denominator: Int64(
                    [1, 2, 3, 7, 1_000_000, 1_190_000, 1_000_000 + random.number(below: 999_999)][number % 7]))
        }
        for (part, other) in zip(cases, try await TestPython.answers(script, to: cases, as: String.self)) {
            let ours = try Money(minorUnits: part.amount).portion(part.numerator, of: part.denominator)
            #expect(String(ours.minorUnits) == other, "\(part)")
        }
    }

    @Test(arguments: [true, false])
    func `a tax is what an exact calculator takes, on top or within`(_ isInclusive: Bool) async throws {
        let script = """
            import decimal

            decimal.getcontext().prec = 60

            def answer(case):
                amount, rate = decimal.Decimal(case["amount"]), decimal.Decimal(case["rate"]).scaleb(-6)
                tax = amount * rate / (1 + rate) if case["inclusive"] else amount * rate
                return int(tax.quantize(decimal.Decimal(1), rounding=decimal.ROUND_HALF_UP))
            """
        struct Case: Encodable {
            let amount: Int64
            let rate: Int64
            let inclusive: Bool
        }
        let random = RandomSource.seeded(153)
        let rates: [Int64] = [0, 50_000, 70_000, 88_750, 190_000, 200_000, 250_000, 1_000_000, 1]
        let cases = (0..<4_000).map { number in
            Case(
                amount: Int64(random.number(below: number % 2 == 0 ? 3_000 : 1_000_000_000)),
                rate: rates[random.number(below: rates.count)], inclusive: isInclusive)
        }
        for (sample, other) in zip(cases, try await TestPython.answers(script, to: cases, as: Int64.self)) {
            let rate = TaxRate(name: "VAT", millionths: sample.rate)
            let tax = try rate.tax(on: Money(minorUnits: sample.amount), isInclusive: isInclusive)
            #expect(tax.minorUnits == other, "\(sample)")
        }
    }

    @Test func `an amount is spread as the method of the largest remainder spreads seats`() async throws {
        let script = """
            import fractions

            def answer(case):
                amount, weights = case["amount"], case["weights"]
                whole = sum(weights)
                if whole == 0: return [amount] + [0] * (len(weights) - 1)
                shares = [fractions.Fraction(amount * weight, whole) for weight in weights]
                parts = [share.numerator // share.denominator for share in shares]
                order = sorted(range(len(weights)), key=lambda at: (-(shares[at] - parts[at]), at))
                for at in order[:amount - sum(parts)]: parts[at] += 1
                return parts
            """
        struct Case: Encodable {
            let amount: Int64
            let weights: [Int64]
        }
        let random = RandomSource.seeded(154)
        let cases = (0..<3_000).map { _ in
            let weights = (0..<(1 + random.number(below: 8))).map { _ in
                Int64(random.number(below: 6) * random.number(below: 400))
            }
            return Case(amount: Int64(random.number(below: Int(weights.reduce(0, +)) + 1)), weights: weights)
        }
        for (sample, other) in zip(cases, try await TestPython.answers(script, to: cases, as: [Int64].self)) {
            let parts = try Money(minorUnits: sample.amount).spread(over: sample.weights.map { Money(minorUnits: $0) })
            #expect(parts.map(\.minorUnits) == other, "\(sample)")
        }
    }

    @Test func `a discount takes from the lines it applies to, and never more than they cost`() throws {
        let random = RandomSource.seeded(155)
        for _ in 0..<20_000 {
            let lines = (0..<(1 + random.number(below: 6))).map { _ in
                Money(minorUnits: Int64(random.number(below: 5_000)))
            }
            let applies = lines.map { _ in random.number(below: 3) > 0 }
            let limit = random.number(below: 2) == 0 ? nil : Money(minorUnits: Int64(random.number(below: 3_000)))
            let discount: Discount =
                random.number(below: 2) == 0
                ? .percentage(millionths: Int64(random.number(below: 1_000_001)))
                : .amount(Money(minorUnits: Int64(random.number(below: 9_000))))
            let taken = try discount.taken(from: lines, where: applies, atMost: limit)
            let sum = try zip(lines, applies).filter(\.1).map(\.0).total()
            var wanted =
                switch discount {
                case .percentage(let millionths): try sum.portion(millionths, of: 1_000_000)
                case .amount(let amount): amount
                }
            wanted = min(wanted, sum, limit ?? sum)
            try #require(try taken.total() == wanted, "\(discount) on \(lines) at \(applies) up to \(limit as Any)")
            for (index, part) in taken.enumerated() {
                try #require(part >= .zero && part <= (applies[index] ? lines[index] : .zero))
            }
        }
    }

    @Test func `sums and products that do not fit are refused, at both ends`() throws {
        let (most, least) = (Money(minorUnits: .max), Money(minorUnits: .min))
        let one = Money(minorUnits: 1)
        #expect(throws: OutOfRange.self) { try most + one }
        #expect(throws: OutOfRange.self) { try least - one }
        #expect(throws: OutOfRange.self) { try most * 2 }
        #expect(throws: OutOfRange.self) { try least * -1 }
        #expect(throws: OutOfRange.self) { try [most, one, Money(minorUnits: -5)].total() }
        #expect(throws: OutOfRange.self) { try most.portion(2, of: 1) }
        #expect(throws: OutOfRange.self) { try [Int.max, 1].sum() }
        #expect(try most.portion(1, of: 1) == most && (most - one) + one == most)
        #expect(try [1, 2, 3].sum() == 6 && [Money]().total() == .zero)
    }
}
