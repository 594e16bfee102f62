import AppHarness
import Checkout
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// Which rate applies where, against looking through all of them.
@Suite struct TaxRateModelTests {
    private struct Rate {
        let country: String
        let state: String
        let taxClass: String
        let millionths: Int64
    }

    private static let classes = ["standard", "reduced", "books"]

    /// Makes a rate of some classes for each country and state, no two alike.
    private static func rates(_ random: RandomSource) -> [Rate] {
        var rates: [Rate] = []
        for (country, state) in [("US", ""), ("US", "NY"), ("US", "CA"), ("GB", ""), ("DE", ""), ("FR", "")] {
            for taxClass in classes where random.number(below: 3) > 0 {
                rates.append(
                    Rate(
                        country: country, state: state, taxClass: taxClass,
                        millionths: Int64(10_000 * (rates.count + 1))))
            }
        }
        return rates
    }

    /// Returns the rate in millionths: the state's before the country's, the class's own before the standard one.
    private static func applies(_ rates: [Rate], _ country: String, _ state: String, _ taxClass: String) -> Int64 {
        for name in [taxClass, "standard"] {
            for place in [state, ""] {
                let found = rates.first { $0.country == country && $0.state == place && $0.taxClass == name }
                if let found { return found.millionths }
            }
        }
        return 0
    }

    @Test(.timeLimit(.minutes(6)), arguments: Backend.available, [1, 2, 3] as [UInt64])
    func `goods are taxed by the nearest rate of their class, else as all others there`(
        _ backend: Backend, _ seed: UInt64
    ) async throws {
        let rates = Self.rates(.seeded(seed))
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            for rate in rates {
                let state = rate.state.isEmpty ? "" : #", "state": "\#(rate.state)""#
                try await shop.rate(
                    """
                    "name": "\(rate.millionths)", "country": "\(rate.country)"\(state), "tax_class": "\(rate.taxClass)",
                    "rate": "\(rate.millionths.decimalText(scale: 6))"
                    """)
            }
            for (index, taxClass) in Self.classes.enumerated() {
                let id = Int64(index + 1)
                try await shop.product(id, price: 10_000)
                try await shop.execute("UPDATE products SET tax_class = \(taxClass) WHERE id = \(id)")
                _ = try await shop.fill(id, 1, as: ada)
            }
            for (country, state) in [
                ("US", "NY"), ("US", "CA"), ("US", "TX"), ("GB", ""), ("DE", ""), ("FR", ""), ("AT", ""),
            ] {
                let quote = try await shop.quote(
                    #""shipping_address": {"country": "\#(country)", "state": "\#(state)"}"#, as: ada)
                try #require(quote.status == 200, "\(country) \(state): \(quote.json)")
                for item in quote.items {
                    let index = Int(item["product_id"]?.integer ?? 0) - 1
                    let rate = Self.applies(rates, country, state, Self.classes[index])
                    // Of 100.00 a rate is as many cents as it has hundredths of a percent.
                    let expected = Currency.usd.text(Money(minorUnits: rate / 100))
                    #expect(item["tax"]?.text == expected, "\(Self.classes[index]) in \(country) \(state)")
                }
                let sum = quote.items.compactMap { $0["tax"]?.text.flatMap(Currency.usd.amount) }
                #expect(quote.text("tax") == Currency.usd.text(try sum.total()), "\(country) \(state)")
            }
        }
    }
}
