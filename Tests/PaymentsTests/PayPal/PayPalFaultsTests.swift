import Commerce
import Primitives
import Testing

@testable import Payments

/// Answers that are lost, late or none, and tokens that end.
@Suite struct PayPalFaultsTests {
    private let shop: PayPalShop
    private let gateway: PayPalGateway

    init() throws {
        shop = try PayPalShop()
        gateway = try shop.gateway()
    }

    private func keys(_ path: String) async throws -> [String?] {
        try await shop.requests(path).map { PayPalFields($0)["headers"]["paypal-request-id"].text }
    }

    @Test(arguments: ["lost", "cut", "500", "429"])
    func `a capture whose answer fails is repeated under its key and made once`(kind: String) async throws {
        let names = try await shop.approved(gateway)
        try await shop.fault("/capture", kind)
        let payment = try await gateway.capture(shop.whole(names), key: "capture-1")
        #expect(payment.captured == Money(minorUnits: 1_000))
        #expect(try await keys("/capture") == ["capture-1", "capture-1"])
        #expect(try await shop.control("made")["captures"] == .number("1"))
    }

    @Test(arguments: ["html", "truncated"])
    func `an answer that is none leaves a capture open, and a later call finds it`(kind: String) async throws {
        let names = try await shop.approved(gateway)
        try await shop.fault("/capture", kind)
        let capture = shop.whole(names)
        let failure = try await PayPalShop.failure { _ = try await gateway.capture(capture, key: "capture-1") }
        #expect(failure == "unavailable")
        #expect(try await gateway.capture(capture, key: "capture-1").captured == Money(minorUnits: 1_000))
        #expect(try await shop.control("made")["captures"] == .number("1"))
    }

    @Test func `an order that was captured meanwhile is looked at`() async throws {
        let names = try await shop.approved(gateway)
        try await shop.fault("/capture", "twice")
        #expect(try await gateway.capture(shop.whole(names), key: "capture-1").captured == Money(minorUnits: 1_000))
        #expect(try await shop.requests("/\(names.reference ?? "")", "GET").count == 2)
    }

    @Test func `an order is made once, whatever becomes of the answer`() async throws {
        try await shop.fault("/orders", "lost")
        let made = try await gateway.create(shop.draft(), key: "create-1")
        #expect(try await gateway.create(shop.draft(), key: "create-1").names == made.names)
        #expect(try await shop.control("made")["orders"] == .number("1"))
        #expect(try await keys("/orders") == ["create-1", "create-1", "create-1"])
    }

    @Test func `a gateway that keeps failing is unavailable, undone only where it said that it took nothing`()
        async throws
    {
        try await shop.fault("/orders", "500", times: 3)
        let failing = try await PayPalShop.failure { _ = try await gateway.create(shop.draft(), key: "create-1") }
        #expect(failing == "unavailable")
        try await shop.fault("/orders", "429", times: 3)
        let busy = try await PayPalShop.failure { _ = try await gateway.create(shop.draft(), key: "create-1") }
        #expect(busy == "unavailable, undone")
        #expect(try await shop.requests("/orders").count == 6)
    }

    @Test func `one token serves until a minute before its end`() async throws {
        let names = try await gateway.create(shop.draft(), key: "create-1").names
        _ = try await gateway.find(names, in: PayPalShop.euro)
        #expect(try await shop.requests("/token").count == 1)
        shop.clock.advance(by: .seconds(32_400 - 61))
        _ = try await gateway.find(names, in: PayPalShop.euro)
        #expect(try await shop.requests("/token").count == 1)
        shop.clock.advance(by: .seconds(1))
        _ = try await gateway.find(names, in: PayPalShop.euro)
        #expect(try await shop.requests("/token").count == 2)
    }

    @Test func `a refused token is renewed once, and the call repeated under its key`() async throws {
        let names = try await shop.approved(gateway)
        try await shop.control("revoke")
        let payment = try await gateway.capture(shop.whole(names), key: "capture-1")
        #expect(payment.captured == Money(minorUnits: 1_000))
        #expect(try await shop.requests("/token").count == 2)
        try await shop.control("revoke")
        _ = try await gateway.refund(shop.refund(payment, 400), key: "refund-7")
        #expect(try await keys("/refund") == ["refund-7", "refund-7"])
    }

    @Test func `a token that is refused again is a refusal`() async throws {
        try await shop.fault("/orders", "401", times: 3)
        let failure = try await PayPalShop.failure { _ = try await gateway.create(shop.draft(), key: "create-1") }
        #expect(failure == "refused 401 invalid_token")
        #expect(try await shop.requests("/orders").count == 2)
    }

    @Test func `wrong keys are refused without an end`() async throws {
        let other = try shop.gateway(["secret": "other"])
        let failure = try await PayPalShop.failure { _ = try await other.create(shop.draft(), key: "create-1") }
        #expect(failure == "refused 401 invalid_client")
        #expect(try await shop.requests("/orders").isEmpty)
    }
}
