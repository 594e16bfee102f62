import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// Tax that depends on where an order goes and on what it is of.
@Suite struct TaxPlaceTests {
    @Test(arguments: Backend.available)
    func `a state is taxed however it is written, and one that is none is refused`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, price: 10_000, stock: 100)
            try await shop.rate(#""name": "CA", "country": "US", "state": "California", "rate": "0.0725""#)
            try await shop.rate(#""name": "NY", "country": "US", "state": "N.Y.", "rate": "0.04""#)
            try await shop.rate(#""name": "QST", "country": "CA", "state": "Québec", "rate": "0.09975""#)
            try await shop.rate(#""name": "IGIC", "country": "ES", "state": "CN", "rate": "0.07""#)
            try await shop.rate(#""name": "IVA", "country": "ES", "rate": "0.21""#)
            _ = try await shop.fill(1, 1, as: ada)
            for (country, state, tax) in [
                ("US", "California", "7.25"), ("US", "Calif.", "7.25"), ("US", "ca", "7.25"), ("US", "N.Y.", "4.00"),
                ("US", "Texas", "0.00"), ("CA", "Québec", "9.98"), ("CA", "PQ", "9.98"), ("CA", "Ont.", "0.00"),
                ("ES", "Las Palmas", "7.00"), ("ES", "GC", "7.00"), ("ES", "Madrid", "21.00"), ("DE", "", "0.00"),
            ] {
                let quote = try await shop.quote(
                    #""shipping_address": {"country": "\#(country)", "state": "\#(state)"}"#, as: ada)
                #expect(quote.text("tax") == tax, "\(country) \(state): \(quote.json)")
            }
            for (country, state) in [("US", "Califrnia"), ("US", "ZZ"), ("US", ""), ("ES", ""), ("DE", "Texas")] {
                let quote = try await shop.quote(
                    #""shipping_address": {"country": "\#(country)", "state": "\#(state)"}"#, as: ada)
                let refusals = quote["shipping_address"]?["state"]?.array ?? []
                #expect(quote.status == 400 && refusals.count == 1, "\(country) \(state): \(quote.json)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `an old address of the book is read when it is used`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, price: 10_000, stock: 100)
            try await shop.rate(#""name": "CA", "country": "US", "state": "CA", "rate": "0.0725""#)
            _ = try await shop.fill(1, 1, as: ada)
            for state in ["Kalifornia", ""] {
                try await shop.execute("UPDATE addresses SET country = 'US', state = \(state)")
                for answer in [try await shop.quote(as: ada), try await shop.order(ada)] {
                    #expect(answer.status == 400 && answer["state"]?.array?.count == 1, "\(state): \(answer.json)")
                }
            }
            try await shop.execute("UPDATE addresses SET state = 'calif.'")
            let order = try await shop.order(ada)
            #expect(order.status == 201 && order.text("tax") == "7.25", "\(order.json)")
            #expect(order["shipping_address"]?["state"]?.text == "CA")
        }
    }

    @Test(arguments: Backend.available)
    func `rates from before states were checked apply all the same`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, price: 10_000, stock: 100)
            for (state, rate, taxClass) in [("CALIFORNIA", 72_500, "Standard"), ("TEXAS", 62_500, "standard")] {
                try await shop.execute(
                    """
                    INSERT INTO tax_rates (name, country, state, tax_class, rate, created_at, updated_at)
                    VALUES ('T', 'US', \(state), \(taxClass), \(rate), 0, 0)
                    """)
            }
            _ = try await shop.fill(1, 1, as: ada)
            for (state, tax) in [("CA", "7.25"), ("Texas", "6.25"), ("NV", "0.00")] {
                let quote = try await shop.quote(
                    #""shipping_address": {"country": "US", "state": "\#(state)"}"#, as: ada)
                #expect(quote.text("tax") == tax, "\(state): \(quote.json)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a class is known whatever its case, and taxed as standard where it has no rate`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            try await shop.product(1, price: 10_000, stock: 100)
            try await shop.rate(#""name": "VAT", "country": "DE", "rate": "0.19""#)
            try await shop.rate(#""name": "Reduced", "country": "DE", "rate": "0.07", "tax_class": "Reduced""#)
            try await shop.rate(#""name": "VAT", "country": "AT", "rate": "0.2""#)
            try await shop.rate(#""name": "Books", "country": "FR", "rate": "0.055", "tax_class": "books""#)
            _ = try await shop.fill(1, 1, as: ada)
            for (taxClass, country, tax) in [
                ("standard", "DE", "19.00"), ("reduced", "DE", "7.00"), ("REDUCED", "DE", "7.00"),
                ("books", "DE", "19.00"), ("typo", "DE", "19.00"), ("reduced", "AT", "20.00"), ("books", "FR", "5.50"),
                ("Books", "FR", "5.50"), ("standard", "FR", "0.00"), ("reduced", "GB", "0.00"),
            ] {
                try await shop.execute("UPDATE products SET tax_class = \(taxClass)")
                let quote = try await shop.quote(#""shipping_address": {"country": "\#(country)"}"#, as: ada)
                #expect(quote.text("tax") == tax, "\(taxClass) \(country): \(quote.json)")
            }
        }
    }

    private static let refused: [(path: String, body: String, field: String, words: String)] = [
        ("tax-rates", #"{"name": "T", "country": "US", "state": "ZZ", "rate": "0.1"}"#, "state", "is not a state"),
        ("tax-rates", #"{"name": "T", "country": "DE", "state": "Texas", "rate": "0.1"}"#, "state", "is not a state"),
        ("tax-rates", #"{"name": "T", "country": "DE", "rate": "7.25"}"#, "rate", "0.0725, not 7.25"),
        ("tax-rates", #"{"name": "T", "country": "DE", "rate": "19"}"#, "rate", "fraction"),
        (
            "shipping-methods", #"{"code": "a", "name": "A", "price": "1", "countries": ["US"], "states": ["Texsa"]}"#,
            "states", "is not a state"
        ),
        (
            "shipping-methods", #"{"code": "a", "name": "A", "price": "1", "states": ["CA"]}"#, "states",
            "US-CA, not CA"
        ),
        (
            "shipping-methods",
            #"{"code": "a", "name": "A", "price": "1", "countries": ["US", "AU"], "states": ["WA"]}"#, "states",
            "US-CA, not CA"
        ),
        (
            "shipping-methods", #"{"code": "a", "name": "A", "price": "1", "tax_class": "tpyo"}"#, "tax_class",
            "is not a tax class"
        ),
    ]

    @Test(arguments: Backend.available)
    func `rates and zones are held against the states, and methods against the classes`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            for (path, body, field, words) in Self.refused {
                let answer = try await shop.call(.post, "/api/admin/\(path)/", body, as: CheckoutHarness.admin)
                let message = answer[field]?.array?.first?.text ?? ""
                #expect(answer.status == 400 && message.contains(words), "\(body): \(answer.json)")
            }
            #expect(try await shop.value("SELECT COUNT(*) FROM tax_rates") == 0)
            try await shop.rate(
                #""name": "Books", "country": "US", "state": "N.Y.", "rate": "1", "tax_class": "Books""#)
            let methods: [(String, [String])] = [
                (
                    #""code": "a", "countries": ["US"], "states": ["Calif.", "us-ny"], "tax_class": "BOOKS""#,
                    ["CA", "NY"]
                ),
                (#""code": "b", "countries": ["US", "AU"], "states": ["California", "AU-WA"]"#, ["US-CA", "AU-WA"]),
                (#""code": "c", "states": ["US-California"]"#, ["US-CA"]),
                (#""code": "d", "countries": ["HK"], "states": ["Kowloon"]"#, ["KOWLOON"]),
            ]
            for (members, states) in methods {
                let made = try await shop.call(
                    .post, "/api/admin/shipping-methods/", #"{"name": "A", "price": "1", \#(members)}"#,
                    as: CheckoutHarness.admin)
                #expect(made["states"]?.array?.compactMap(\.text) == states, "\(members): \(made.json)")
            }
            let ada = try await shop.user(1)
            try await shop.product(1)
            _ = try await shop.fill(1, 1, as: ada)
            let offers: [(state: String, codes: [String])] = [
                ("Calif.", ["a", "b", "c"]), ("NY", ["a"]), ("Texas", []),
            ]
            for (state, codes) in offers {
                let quote = try await shop.quote(
                    #""shipping_address": {"country": "US", "state": "\#(state)"}"#, as: ada)
                let offered = quote["shipping_methods"]?.array?.compactMap { $0["code"]?.text } ?? []
                #expect(offered == codes, "\(state): \(quote.json)")
            }
            let nowhere = try await shop.quote(#""shipping_address": {"country": "US"}"#, as: ada)
            #expect(nowhere.status == 400 && nowhere["shipping_address"]?["state"] != nil, "\(nowhere.json)")
        }
    }
}
