import AppHarness
import Commerce
import HTTPTypes
import Primitives
import TestSupport
import Testing

@testable import Payments

/// Methods that are kept for later.
@Suite struct SandboxVaultTests {
    private func save(_ card: String, for customer: String, _ shop: SandboxHarness) async throws -> String {
        let secret = try await shop.gateway.setUp(customer: customer, key: "setup-\(card)")
        let answer = try await shop.send(.post, "/sandbox/setups/\(secret)/", #"{"card": "\#(card)"}"#, as: nil)
        #expect(answer.status == 201)
        let again = try await shop.send(.post, "/sandbox/setups/\(secret)/", #"{"card": "expired"}"#, as: nil)
        #expect(again.json == answer.json)
        return try #require(answer.text("method"))
    }

    private func customer(_ shop: SandboxHarness, user: Int64 = 1) async throws -> String {
        try await shop.gateway.createCustomer(email: "ada@example.com", user: UserID(user), key: "customer-\(user)")
    }

    @Test(arguments: Backend.available)
    func `a saved card pays at once, as its kind does`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            let customer = try await customer(shop)
            let states: [(SandboxCard, PaymentState)] = [
                (.visa, .completed), (.mastercard, .completed), (.challenge, .pending), (.declined, .failed),
                (.insufficientFunds, .failed), (.expired, .failed),
            ]
            for (card, state) in states {
                let method = try await save(card.rawValue, for: customer, shop)
                let draft = try shop.draft(id: "by-\(card)", customer: customer, saved: method)
                let payment = try await shop.gateway.create(draft, key: "by-\(card)")
                #expect(PaymentFacts().merging(payment).status(refunded: .zero) == state, "\(card)")
                #expect(payment.failureReason.isEmpty == (state != .failed))
                let kept = try await shop.gateway.method(method, of: customer)
                #expect(kept?.last4 == card.last4 && kept?.brand == card.brand && kept?.expiryYear == 2_030)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a method is its customer's alone, and forgotten when it is detached`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            let (ada, bob) = (try await customer(shop), try await customer(shop, user: 2))
            #expect(ada != bob)
            let method = try await save("visa", for: ada, shop)
            #expect(try await shop.gateway.method(method, of: bob) == nil)
            let stolen = try shop.draft(customer: bob, saved: method)
            #expect(await refusal { try await shop.gateway.create(stolen, key: "s") } == "resource_missing")
            let nobodys = try shop.draft(saved: method)
            #expect(await refusal { try await shop.gateway.create(nobodys, key: "n") } == "resource_missing")
            try await shop.gateway.detach(method)
            #expect(try await shop.gateway.method(method, of: ada) == nil)
            #expect(await refusal { try await shop.gateway.detach(method) } == "resource_missing")
            let gone = try shop.draft(customer: ada, saved: method)
            #expect(await refusal { try await shop.gateway.create(gone, key: "g") } == "resource_missing")
            #expect(try await shop.eventTypes().isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `a card that was paid with is kept where the payer wants it`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            let customer = try await customer(shop)
            let draft = try shop.draft(customer: customer, saves: true)
            let reference = try #require(try await shop.gateway.create(draft, key: "k").names.reference)
            _ = try await shop.choose("pay", reference)
            let saved = try #require(try await shop.find(reference).response["saved_method"]?.text)
            #expect(try await shop.gateway.method(saved, of: customer)?.last4 == "4242")
        }
    }

    @Test(arguments: Backend.available)
    func `customers and setups that nobody made are not found`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            #expect(await refusal { try await shop.gateway.setUp(customer: "cus_x", key: "s") } == "resource_missing")
            #expect(try await shop.send(.post, "/sandbox/setups/seti_x/", "{}", as: nil).status == 404)
            let draft = try shop.draft(customer: "cus_x")
            #expect(await refusal { try await shop.gateway.create(draft, key: "c") } == "resource_missing")
        }
    }
}
