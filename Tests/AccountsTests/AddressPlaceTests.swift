import AppHarness
import HTTPTypes
import Primitives
import TestSupport
import Testing

@testable import Accounts

/// Addresses as they are in the world: countries without towns, Kosovo, positions of telephones, copied numbers.
@Suite struct AddressPlaceTests {
    private static let paths = ["/api/auth/addresses/", "/api/shipping-addresses/"]

    private static func body(_ members: String) -> String {
        #"{"full_name": "Ada", "address_line1": "1 Raffles Place", \#(members)}"#
    }

    @Test(arguments: Backend.available)
    func `a town is asked for where there are any`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            for path in Self.paths {
                for country in ["SG", "gi", "MC", "VA", "HK"] {
                    for city in ["", #", "city": """#, #", "city": "Town""#] {
                        let made = try await shop.call(
                            .post, path, Self.body(#""country": "\#(country)"\#(city)"#), token: ada.access)
                        #expect(made.status == 201, "\(country): \(made.json)")
                        #expect(made.text("city") == (city.contains("Town") ? "Town" : ""))
                    }
                }
                for members in [#""country": "DE""#, #""country": "DE", "city": """#, #""country": "ZZ""#] {
                    let refused = try await shop.call(.post, path, Self.body(members), token: ada.access)
                    #expect(refused.status == 400 && refused["city"] != nil, "\(members): \(refused.json)")
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `an address that moves to a country with towns needs one`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            for path in Self.paths {
                let made = try await shop.call(.post, path, Self.body(#""country": "SG""#), token: ada.access)
                let one = path + "\(try #require(made["id"]?.integer))/"
                let moved = try await shop.call(.patch, one, #"{"country": "DE"}"#, token: ada.access)
                #expect(moved.status == 400 && moved["city"] != nil, "\(moved.json)")
                let whole = try await shop.call(.patch, one, #"{"country": "DE", "city": "Ulm"}"#, token: ada.access)
                #expect(whole.status == 200 && whole.text("city") == "Ulm", "\(whole.json)")
                let emptied = try await shop.call(.patch, one, #"{"city": ""}"#, token: ada.access)
                #expect(emptied.status == 400 && emptied["city"] != nil, "\(emptied.json)")
                let back = try await shop.call(.put, one, Self.body(#""country": "SG""#), token: ada.access)
                #expect(back.status == 200 && back.text("city") == "", "\(back.json)")
            }
        }
    }

    @Test(arguments: [
        (#""latitude": 52.520006599999996"#, "52.520007"), (#""latitude": "-33.8688197""#, "-33.868820"),
        (#""latitude": 1e-7"#, "0.000000"), (#""latitude": 90.0000004"#, "90.000000"),
    ])
    func `a position is kept with six decimals`(_ sent: String, _ kept: String) async throws {
        try await AccountsHarness.with(.sqlite) { shop in
            let ada = try await shop.customer()
            let made = try await shop.call(
                .post, "/api/auth/addresses/", Self.body(#""country": "XK", "city": "Prishtina", \#(sent)"#),
                token: ada.access)
            #expect(made.status == 201 && made.text("latitude") == kept, "\(made.json)")
            #expect(made.text("country") == "XK")
        }
    }

    @Test func `a number copied from an address book is kept by its digits`() async throws {
        try await AccountsHarness.with(.sqlite) { shop in
            let ada = try await shop.customer()
            let number = "\u{202A}+49\u{A0}(0)30\u{2011}123456\u{202C}"
            let made = try await shop.call(
                .post, "/api/auth/addresses/",
                Self.body(#""country": "DE", "city": "Berlin", "phone_number": "\#(number)""#), token: ada.access)
            #expect(made.status == 201 && made.text("phone_number") == "+4930123456", "\(made.json)")
        }
    }
}
