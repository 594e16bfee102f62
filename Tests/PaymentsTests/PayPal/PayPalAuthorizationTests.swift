import Commerce
import Primitives
import Testing

@testable import Payments

/// Orders with intent `authorize`: the money is held first and taken by staff later.
@Suite struct PayPalAuthorizationTests {
    private let shop: PayPalShop
    private let gateway: PayPalGateway

    init() throws {
        shop = try PayPalShop()
        gateway = try shop.gateway(["intent": "authorize"])
    }

    private func authorized(_ changes: [String: JSONValue] = [:]) async throws -> GatewayPayment {
        let names = try await shop.approved(gateway, 1_000, changes)
        return try await gateway.capture(shop.whole(names), key: "authorize-1")
    }

    private func part(_ payment: GatewayPayment, _ units: Int64) -> GatewayCapture {
        GatewayCapture(payment.names, amount: Money(minorUnits: units), of: payment.authorized, PayPalShop.euro)
    }

    @Test func `an approved order is authorized, and a part of it captured`() async throws {
        let payment = try await authorized()
        #expect(payment.authorized == Money(minorUnits: 1_000))
        #expect(payment.captured == .zero)
        #expect(payment.progress == .processing)
        let captured = try await gateway.capture(part(payment, 400), key: "capture-1")
        #expect(captured.captured == Money(minorUnits: 400))
        #expect(captured.authorized == Money(minorUnits: 1_000))
        #expect(captured.names.reference == payment.names.reference)
        let found = try await gateway.find(captured.names, in: PayPalShop.euro)
        #expect(found?.captured == captured.captured)
        #expect(found?.names == captured.names)
    }

    @Test func `authorizing again never captures`() async throws {
        let payment = try await authorized()
        let again = try await gateway.capture(shop.whole(payment.names), key: "authorize-1")
        #expect(again.captured == .zero)
        #expect(again.authorized == payment.authorized)
    }

    @Test func `a void gives the money back, twice is once, and nothing is captured after it`() async throws {
        let payment = try await authorized()
        let voided = try await gateway.void(payment.names, in: PayPalShop.euro, key: "void-1")
        #expect(voided.progress == .canceled)
        #expect(voided.captured == .zero)
        #expect(try await gateway.void(payment.names, in: PayPalShop.euro, key: "void-2").progress == .canceled)
        let after = try await gateway.capture(part(payment, 400), key: "capture-1")
        #expect(after.progress == .canceled)
        #expect(after.captured == .zero)
        #expect(try await shop.requests("/void").count == 1)
    }

    @Test func `a denied authorization is a failed payment, a pending one is at work`() async throws {
        #expect(try await authorized(["outcome": .string("DENIED")]).progress == .failed)
        let pending = try await gateway.create(shop.draft(id: "pay_b2"), key: "create-2")
        try await shop.approve(pending.names, ["outcome": .string("PENDING")])
        let payment = try await gateway.capture(shop.whole(pending.names), key: "authorize-2")
        #expect(payment.progress == .processing)
        #expect(payment.authorized == .zero)
    }

    @Test(arguments: ["lost", "twice", "500"])
    func `a capture whose answer fails is made once`(kind: String) async throws {
        let payment = try await authorized()
        try await shop.fault("/capture", kind)
        let captured = try await gateway.capture(part(payment, 400), key: "capture-1")
        #expect(captured.captured == Money(minorUnits: 400))
        #expect(captured.authorized == Money(minorUnits: 1_000))
        #expect(try await shop.control("made")["captures"] == .number("1"))
    }

    @Test(arguments: ["lost", "twice"])
    func `an authorization or a void whose answer fails is made once`(kind: String) async throws {
        try await shop.fault("/authorize", kind)
        let payment = try await authorized()
        #expect(payment.authorized == Money(minorUnits: 1_000))
        try await shop.fault("/void", kind)
        #expect(try await gateway.void(payment.names, in: PayPalShop.euro, key: "void-1").progress == .canceled)
        #expect(try await gateway.find(payment.names, in: PayPalShop.euro)?.progress == .canceled)
    }

    @Test func `more than was authorized is refused`() async throws {
        let payment = try await authorized()
        let failure = try await PayPalShop.failure {
            _ = try await gateway.capture(part(payment, 1_151), key: "capture-1")
        }
        #expect(failure == "refused 422 MAX_CAPTURE_AMOUNT_EXCEEDED")
    }

    @Test func `an order keeps the intent with which it was made`() async throws {
        let names = try await shop.approved(try shop.gateway(["intent": "capture"]))
        #expect(try await gateway.capture(shop.whole(names), key: "capture-1").captured == Money(minorUnits: 1_000))
    }
}
