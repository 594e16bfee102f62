import Commerce
import Primitives
import Testing

@testable import Payments

/// The way of a payment from the order to the capture.
@Suite struct PayPalOrdersTests {
    private let shop: PayPalShop
    private let gateway: PayPalGateway

    init() throws {
        shop = try PayPalShop()
        gateway = try shop.gateway()
    }

    @Test func `an order is approved on PayPal's page and captured once`() async throws {
        let made = try await gateway.create(shop.draft(), key: "create-1")
        let id = try #require(made.names.reference)
        #expect(made.progress == .open)
        #expect(made.nextAction == .redirect("https://www.sandbox.paypal.com/checkoutnow?token=\(id)"))
        #expect(try await gateway.find(made.names, in: PayPalShop.euro)?.progress == .open)
        try await shop.approve(made.names)
        let approved = try #require(try await gateway.find(made.names, in: PayPalShop.euro))
        #expect(approved.progress == .approved)
        #expect(approved.nextAction == nil)
        #expect(approved.captured == .zero)

        let captured = try await gateway.capture(shop.whole(made.names), key: "capture-1")
        #expect(captured.captured == Money(minorUnits: 1_000))
        #expect(captured.authorized == Money(minorUnits: 1_000))
        #expect(captured.fee == Money(minorUnits: 84))
        #expect(captured.method == "paypal")
        #expect(captured.progress == .processing)
        #expect(captured.names.transactionID == "pay_a1")
        #expect(captured.names.transaction != nil)
        let again = try await gateway.capture(shop.whole(made.names), key: "capture-2")
        #expect(again.names == captured.names)
        #expect(again.captured == captured.captured)
        #expect(try await shop.requests("/capture").count == 1)
    }

    @Test func `the payer's person stays out of what is kept`() async throws {
        let captured = try await shop.captured(gateway)
        let kept = String(decoding: try JSONBytes.encode(captured.response), as: UTF8.self)
        #expect(kept.holds(text: "COMPLETED"))
        #expect(!kept.holds(text: "payer@example.com"))
    }

    @Test(arguments: [
        ("INSTRUMENT_DECLINED", "declined INSTRUMENT_DECLINED"), ("PAYER_CANNOT_PAY", "declined PAYER_CANNOT_PAY"),
        ("TRANSACTION_REFUSED", "declined TRANSACTION_REFUSED"), ("PREVIOUS_REQUEST_IN_PROGRESS", "unavailable"),
        ("PAYEE_ACCOUNT_RESTRICTED", "refused 422 PAYEE_ACCOUNT_RESTRICTED"),
    ])
    func `what PayPal says no to is told apart`(issue: String, kind: String) async throws {
        let names = try await shop.approved(gateway, 1_000, ["issue": .string(issue)])
        let failure = try await PayPalShop.failure {
            _ = try await gateway.capture(shop.whole(names), key: "capture-1")
        }
        #expect(failure == kind)
    }

    @Test func `a declined capture is a failed payment with its reason`() async throws {
        let names = try await shop.approved(gateway, 1_000, ["outcome": .string("DECLINED")])
        let payment = try await gateway.capture(shop.whole(names), key: "capture-1")
        #expect(payment.progress == .failed)
        #expect(payment.captured == .zero)
        #expect(!payment.failureReason.isEmpty)
    }

    @Test func `an eCheck is at work until it is paid`() async throws {
        let names = try await shop.approved(gateway, 1_000, ["outcome": .string("PENDING")])
        let payment = try await gateway.capture(shop.whole(names), key: "capture-1")
        #expect(payment.progress == .processing)
        #expect(payment.captured == .zero)
        let capture = try #require(payment.names.transaction)
        #expect(try await gateway.capture(shop.whole(names), key: "capture-2").names == payment.names)
        try await shop.control("settle", ["capture": .string(capture), "status": .string("COMPLETED")])
        #expect(try await gateway.find(names, in: PayPalShop.euro)?.captured == Money(minorUnits: 1_000))
    }

    @Test func `an order that its payer has not approved is refused`() async throws {
        let made = try await gateway.create(shop.draft(), key: "create-1")
        let failure = try await PayPalShop.failure {
            _ = try await gateway.capture(shop.whole(made.names), key: "capture-1")
        }
        #expect(failure == "refused 422 ORDER_NOT_APPROVED")
    }

    @Test func `a part of an approved order cannot be captured, and nothing is`() async throws {
        let names = try await shop.approved(gateway)
        let failure = try await PayPalShop.failure {
            _ = try await gateway.capture(shop.whole(names, 400), key: "capture-1")
        }
        #expect(failure == "unsupported")
        #expect(try await gateway.find(names, in: PayPalShop.euro)?.captured == .zero)
    }

    @Test func `an order has a second payment, since their invoice ids differ`() async throws {
        _ = try await shop.captured(gateway)
        let second = try await gateway.create(shop.draft(id: "pay_b2"), key: "create-2")
        try await shop.approve(second.names)
        let captured = try await gateway.capture(shop.whole(second.names), key: "capture-2")
        #expect(captured.captured == Money(minorUnits: 1_000))
        #expect(captured.names.transactionID == "pay_b2")
    }

    @Test func `a payment without names at PayPal is not found, and can be called off`() async throws {
        #expect(try await gateway.find(PayPalShop.names, in: PayPalShop.euro) == nil)
        let voided = try await gateway.void(PayPalShop.names, in: PayPalShop.euro, key: "void-1")
        #expect(voided.progress == .canceled)
        let unknown = GatewayLookup(transactionID: "pay_a1", reference: "0UNKNOWN")
        #expect(try await gateway.find(unknown, in: PayPalShop.euro) == nil)
        let failure = try await PayPalShop.failure {
            _ = try await gateway.capture(shop.whole(unknown), key: "capture-1")
        }
        #expect(failure == "refused 404 RESOURCE_NOT_FOUND")
    }

    @Test func `a capture is found after its order is forgotten`() async throws {
        let captured = try await shop.captured(gateway)
        try await shop.control("expire", ["order": .string(captured.names.reference ?? "")])
        let found = try #require(try await gateway.find(captured.names, in: PayPalShop.euro))
        #expect(found.names == captured.names)
        #expect(found.captured == captured.captured)
        #expect(found.fee == captured.fee)
    }

    @Test func `an approved order is called off without a call, a captured one not at all`() async throws {
        let names = try await shop.approved(gateway)
        let voided = try await gateway.void(names, in: PayPalShop.euro, key: "void-1")
        #expect(voided.progress == .canceled)
        #expect(voided.nextAction == nil)
        _ = try await gateway.capture(shop.whole(names), key: "capture-1")
        let failure = try await PayPalShop.failure {
            _ = try await gateway.void(names, in: PayPalShop.euro, key: "void-2")
        }
        #expect(failure == "refused 422 ORDER_ALREADY_CAPTURED")
    }

    @Test func `an amount that PayPal cannot say never leaves`() async throws {
        let dinar = try #require(Currency(code: "KWD"))
        let forint = try #require(Currency(code: "HUF"))
        for draft in [shop.draft(1_000, dinar), shop.draft(1_050, forint), shop.draft(0)] {
            let failure = try await PayPalShop.failure { _ = try await gateway.create(draft, key: "create-1") }
            #expect(failure == "unsupported")
        }
        #expect(try await shop.requests("/orders").isEmpty)
        let made = try await gateway.create(shop.draft(1_000, forint), key: "create-1")
        #expect(made.names.reference != nil)
    }
}
