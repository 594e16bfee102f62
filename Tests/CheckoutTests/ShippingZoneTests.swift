import AppHarness
import Checkout
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// Which ways of sending are offered for a parcel, and at what price.
@Suite struct ShippingZoneTests {
    private static let methods = [
        #""code": "world", "name": "World", "price": "20.00""#,
        #""code": "home", "name": "Home", "countries": ["GB"], "price": "3.00", "price_per_kg": "1.00""#,
        #""code": "free", "name": "Free", "countries": ["GB"], "price": "5.00", "free_above": "50.00""#,
        #""code": "light", "name": "Light", "countries": ["GB", "DE"], "price": "2.00", "max_weight": "1.0""#,
        #""code": "coast", "name": "Coast", "countries": ["US"], "states": ["CA", "US-OR"], "price": "7.00""#,
        #""code": "off", "name": "Off", "price": "0.01", "is_active": false"#,
    ]

    private struct Parcel: Sendable, CustomTestStringConvertible {
        let address: String
        let quantity: Int
        let offers: [String]

        var testDescription: String { "\(quantity) to \(address)" }
    }

    /// A piece weighs 400 grams and costs 10.00.
    private static let parcels = [
        Parcel(
            address: #"{"country": "GB"}"#, quantity: 1,
            offers: ["light 2.00", "home 3.40", "free 5.00", "world 20.00"]),
        Parcel(
            address: #"{"country": "GB"}"#, quantity: 2,
            offers: ["light 2.00", "home 3.80", "free 5.00", "world 20.00"]),
        Parcel(address: #"{"country": "gb"}"#, quantity: 3, offers: ["home 4.20", "free 5.00", "world 20.00"]),
        Parcel(address: #"{"country": "GB"}"#, quantity: 4, offers: ["home 4.60", "free 5.00", "world 20.00"]),
        Parcel(address: #"{"country": "GB"}"#, quantity: 5, offers: ["free 0.00", "home 5.00", "world 20.00"]),
        Parcel(address: #"{"country": "DE"}"#, quantity: 1, offers: ["light 2.00", "world 20.00"]),
        Parcel(address: #"{"country": "DE"}"#, quantity: 3, offers: ["world 20.00"]),
        Parcel(address: #"{"country": "US", "state": "CA"}"#, quantity: 1, offers: ["coast 7.00", "world 20.00"]),
        Parcel(address: #"{"country": "US", "state": "Oregon"}"#, quantity: 1, offers: ["coast 7.00", "world 20.00"]),
        Parcel(address: #"{"country": "US", "state": "us-ca"}"#, quantity: 1, offers: ["coast 7.00", "world 20.00"]),
        Parcel(address: #"{"country": "US", "state": "NY"}"#, quantity: 1, offers: ["world 20.00"]),
        Parcel(address: #"{"country": "CA", "state": "ON"}"#, quantity: 1, offers: ["world 20.00"]),
    ]

    private func stocked(_ shop: CheckoutHarness) async throws -> Identity {
        let ada = try await shop.user(1)
        try await shop.product(1, price: 1_000, stock: 100)
        try await shop.execute("UPDATE products SET weight_grams = 400 WHERE id = 1")
        for method in Self.methods { try await shop.method(method) }
        return ada
    }

    @Test(arguments: Backend.available)
    func `what is offered is what serves the place and bears the weight, the cheapest first`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await stocked(shop)
            for parcel in Self.parcels {
                _ = try await shop.call(.delete, "/api/cart/clear/", as: ada)
                _ = try await shop.fill(1, parcel.quantity, as: ada)
                let quote = try await shop.quote(#""shipping_address": \#(parcel.address)"#, as: ada)
                let offers = (quote["shipping_methods"]?.array ?? []).map {
                    "\($0["code"]?.text ?? "") \($0["price"]?.text ?? "")"
                }
                #expect(offers == parcel.offers, "\(parcel.testDescription): \(quote.json)")
                #expect(quote.text("shipping_method") == parcel.offers.first.map { String($0.prefix { $0 != " " }) })
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a way that is chosen is charged, and one that does not serve is refused by its field`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await stocked(shop)
            _ = try await shop.fill(1, 3, as: ada)
            let chosen = try await shop.quote(
                #""shipping_address": {"country": "GB"}, "shipping_method": "world""#, as: ada)
            #expect(chosen.text("shipping_cost") == "20.00" && chosen.text("total") == "50.00")
            for code in ["light", "coast", "off", "none"] {
                let refused = try await shop.quote(
                    #""shipping_address": {"country": "GB"}, "shipping_method": "\#(code)""#, as: ada)
                #expect(refused.status == 400 && refused["shipping_method"] != nil, "\(code): \(refused.json)")
                let order = try await shop.order(ada, more: #", "shipping_method": "\#(code)""#)
                #expect(order.status == 400, "\(code): \(order.json)")
            }
            let missing = try await shop.quote(#""shipping_address": {"country": "US"}"#, as: ada)
            #expect(missing.status == 400, "a zone by state asks for the state: \(missing.json)")
        }
    }

    @Test(arguments: Backend.available)
    func `goods count for free shipping after the discount`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await stocked(shop)
            _ = try await shop.coupon(#""code": "ONE", "discount_type": "fixed_amount", "discount_value": "0.01""#)
            _ = try await shop.fill(1, 5, as: ada)
            let members = #""shipping_address": {"country": "GB"}, "shipping_method": "free""#
            #expect(try await shop.quote(members, as: ada).text("shipping_cost") == "0.00")
            let less = try await shop.quote(members + #", "coupon_code": "one""#, as: ada)
            #expect(less.text("shipping_cost") == "5.00" && less.text("total") == "54.99")
        }
    }
}
