import Commerce
import Payments
import Primitives
import TestSupport
import Testing

/// Methods that Stripe keeps for later.
@Suite struct StripeVaultTests {
    private let stripe: StripePeer

    init() throws { stripe = try StripePeer() }

    private func customer(_ gateway: StripeGateway, with method: String, behaves: String = "pm_card_visa") async throws
        -> String
    {
        let customer = try await gateway.createCustomer(email: "payer@example.com", user: UserID(3), key: "u3")
        try await stripe.control(
            "method", ["id": .string(method), "customer": .string(customer), "behaves": .string(behaves)])
        return customer
    }

    @Test func `a customer is made once and hands a method over by a secret`() async throws {
        let gateway = try stripe.gateway()
        let customer = try await gateway.createCustomer(email: "payer@example.com", user: UserID(3), key: "u3")
        #expect(try await gateway.createCustomer(email: "payer@example.com", user: UserID(3), key: "u3") == customer)
        #expect(try await stripe.count("customers") == "1")
        #expect(try await gateway.setUp(customer: customer, key: "s1").holds(text: "_secret_"))
    }

    @Test func `a saved card is shown to its customer only, until it is detached`() async throws {
        let gateway = try stripe.gateway()
        let customer = try await customer(gateway, with: "pm_saved")
        let expected = GatewayMethod(
            id: "pm_saved", type: "card", last4: "4242", brand: "visa", expiryMonth: 8, expiryYear: 2030)
        #expect(try await gateway.method("pm_saved", of: customer) == expected)
        #expect(try await gateway.method("pm_saved", of: "cus_other") == nil)
        #expect(try await gateway.method("pm_none", of: customer) == nil)
        #expect(try await gateway.method("..", of: customer) == nil)
        try await gateway.detach("pm_saved")
        try await gateway.detach("pm_saved")
        try await gateway.detach("pm_none")
        #expect(try await gateway.method("pm_saved", of: customer) == nil)
    }

    @Test func `a customer is forgotten with all methods, and may be forgotten again`() async throws {
        let gateway = try stripe.gateway()
        let customer = try await customer(gateway, with: "pm_saved")
        try await gateway.deleteCustomer(customer)
        try await gateway.deleteCustomer(customer)
        try await gateway.deleteCustomer("..")
        #expect(try await stripe.count("customers") == "0")
        #expect(try await gateway.method("pm_saved", of: customer) == nil)
        let weak = try stripe.gateway(["secret_key": "rk_test_weak"])
        guard case .refused? = try await stripeError({ try await weak.deleteCustomer(customer) }) else {
            Issue.record("a key that may not delete is refused")
            return
        }
    }

    @Test func `a bank account has no brand of cards, and other kinds are not saved`() async throws {
        let gateway = try stripe.gateway()
        let details: JSONValue = .object(["last4": .string("3000"), "bank_code": .string("37040044")])
        try await stripe.control(
            "method",
            ["id": .string("pm_sepa"), "customer": .string("cus_1"), "type": .string("sepa_debit"), "details": details])
        try await stripe.control(
            "method",
            ["id": .string("pm_link"), "customer": .string("cus_1"), "type": .string("link"), "details": .object([:])])
        #expect(
            try await gateway.method("pm_sepa", of: "cus_1")
                == GatewayMethod(
                    id: "pm_sepa", type: "bank_account", last4: "3000", brand: "", expiryMonth: nil, expiryYear: nil))
        #expect(try await stripeError { _ = try await gateway.method("pm_link", of: "cus_1") }?.code == "not_supported")
    }

    @Test func `a saved card pays at once`() async throws {
        let gateway = try stripe.gateway()
        let customer = try await customer(gateway, with: "pm_saved")
        let payment = try await gateway.create(
            .stripe(customer: customer, savedMethod: "pm_saved"), key: "k1")
        #expect(payment.captured == .minor(2_000) && payment.nextAction == nil && payment.fee == .minor(88))
    }

    @Test func `a saved card that is declined is a decline in words for the payer`() async throws {
        let gateway = try stripe.gateway()
        let customer = try await customer(gateway, with: "pm_saved", behaves: "pm_card_insufficient")
        let draft = GatewayDraft.stripe(customer: customer, savedMethod: "pm_saved")
        let expected = GatewayError.declined(code: "insufficient_funds", "Your card has insufficient funds.")
        #expect(try await stripeError { _ = try await gateway.create(draft, key: "k1") } == expected)
        #expect(try await stripeError { _ = try await gateway.create(draft, key: "k1") } == expected)
        #expect(try await stripe.count("intents") == "1")
    }

    @Test func `a saved card whose bank wants to see the payer leaves the payment open`() async throws {
        let gateway = try stripe.gateway()
        let customer = try await customer(gateway, with: "pm_saved", behaves: "pm_card_authenticate")
        let payment = try await gateway.create(
            .stripe(customer: customer, savedMethod: "pm_saved"), key: "k1")
        let reference = try #require(payment.names.reference)
        let action = NextAction.clientSecret(reference + "_secret_peer", publicKey: "pk_test_peer")
        #expect(payment.progress == .open && payment.nextAction == action)
        let found = try #require(try await gateway.find(payment.names, in: .usd))
        #expect(found.progress == .open && found.nextAction == action)
        try await stripe.control("authenticate", ["intent": .string(reference)])
        #expect(try await gateway.find(payment.names, in: .usd)?.captured == .minor(2_000))
    }

    @Test func `another customer's card is refused`() async throws {
        let gateway = try stripe.gateway()
        _ = try await customer(gateway, with: "pm_saved")
        let other = try await gateway.createCustomer(email: "other@example.com", user: UserID(4), key: "u4")
        let draft = GatewayDraft.stripe(customer: other, savedMethod: "pm_saved")
        #expect(try await stripeError { _ = try await gateway.create(draft, key: "k1") }?.code == "gateway_refused")
    }

    @Test func `a method is saved with the payment where the payer wants it`() async throws {
        let gateway = try stripe.gateway()
        let customer = try await gateway.createCustomer(email: "payer@example.com", user: UserID(3), key: "u3")
        _ = try await gateway.create(.stripe(method: "card", customer: customer, savesMethod: true), key: "k1")
        let body = try #require(try await stripe.requests().last?["body"])
        guard case .string(let sent) = body else { return }
        #expect(sent.holds(text: "setup_future_usage=off_session") && sent.holds(text: "payment_method_types[0]=card"))
    }
}
