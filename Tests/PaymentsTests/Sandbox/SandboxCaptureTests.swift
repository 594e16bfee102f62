import AppHarness
import Commerce
import Primitives
import TestSupport
import Testing

@testable import Payments

/// What the shop may do with an authorized payment.
@Suite struct SandboxCaptureTests {
    private func capture(
        _ amount: Int64, _ reference: String, _ shop: SandboxHarness, in currency: String = "EUR", key: String
    ) async throws -> GatewayPayment {
        try await shop.gateway.capture(
            GatewayCapture(
                GatewayLookup(transactionID: "pay_1", reference: reference), amount: Money(minorUnits: amount),
                of: Money(minorUnits: 1_999), try #require(Currency(code: currency))), key: key)
    }

    private func void(_ reference: String, _ shop: SandboxHarness, key: String) async throws -> GatewayPayment {
        let names = GatewayLookup(transactionID: "pay_1", reference: reference)
        return try await shop.gateway.void(names, in: shop.draft().currency, key: key)
    }

    @Test(arguments: Backend.available)
    func `a part is captured once, and never more than was authorized`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend, isManual: true) { shop in
            let reference = try await shop.open()
            #expect(await refusal { try await capture(1, reference, shop, key: "a") } == "payment_unexpected_state")
            _ = try await shop.choose("pay", reference)
            #expect(await refusal { try await capture(2_000, reference, shop, key: "b") } == "amount_too_large")
            #expect(await refusal { try await capture(0, reference, shop, key: "c") } == "amount_too_small")
            #expect(await refusal { try await capture(1, reference, shop, in: "USD", key: "d") } == "currency_mismatch")
            let payment = try await capture(1_500, reference, shop, key: "e")
            #expect(payment.captured.minorUnits == 1_500 && payment.authorized.minorUnits == 1_999)
            #expect(payment.fee == Money(minorUnits: 46))
            #expect(await refusal { try await capture(1, reference, shop, key: "f") } == "payment_unexpected_state")
            #expect(try await shop.eventTypes() == ["payment.authorized", "payment.captured"])
        }
    }

    @Test(arguments: Backend.available)
    func `a capture without the gateway's name finds the payment by ours`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend, isManual: true) { shop in
            let reference = try await shop.open()
            _ = try await shop.choose("pay", reference)
            let names = GatewayLookup(transactionID: "pay_1")
            let (amount, currency) = (Money(minorUnits: 1_999), try shop.draft().currency)
            let payment = try await shop.gateway.capture(
                GatewayCapture(names, amount: amount, of: amount, currency), key: "a")
            #expect(payment.names.reference == reference && payment.captured == amount)
        }
    }

    @Test(arguments: Backend.available)
    func `what is open, authorized or failed can be voided, and nothing can be paid then`(
        _ backend: Backend
    ) async throws {
        for outcome in ["abandon", "pay", "card_declined", "challenge"] {
            try await SandboxHarness.with(backend, isManual: true) { shop in
                let reference = try await shop.open()
                _ = try await shop.choose(outcome, reference)
                #expect(try await void(reference, shop, key: "v").progress == .canceled)
                _ = try await shop.choose("pay", reference)
                let payment = try await shop.find(reference)
                #expect(payment.progress == .canceled && payment.captured == .zero)
                #expect(await refusal { try await void(reference, shop, key: "w") } == "payment_unexpected_state")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `what is captured or at the bank cannot be voided`(_ backend: Backend) async throws {
        for outcome in ["pay", "pay_later"] {
            try await SandboxHarness.with(backend) { shop in
                let reference = try await shop.open()
                _ = try await shop.choose(outcome, reference)
                #expect(await refusal { try await void(reference, shop, key: "v") } == "payment_unexpected_state")
                #expect(await refusal { try await void("sbx_none", shop, key: "w") } == "resource_missing")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a payer who pays while the shop cancels has either paid or not`(_ backend: Backend) async throws {
        try await SandboxHarness.with(backend) { shop in
            for round in 0..<12 {
                let reference = try await shop.open(id: "pay_\(round)")
                async let voided = refusal { try await void(reference, shop, key: "void-\(round)") }
                async let paid = shop.choose("pay", reference)
                let (refused, _) = try await (voided, paid)
                let payment = try await shop.find(reference)
                #expect(payment.captured.minorUnits == (refused == nil ? 0 : 1_999))
                #expect((payment.progress == .canceled) == (refused == nil))
            }
        }
    }

    @Test(
        arguments: [
            ("EUR", 1_999, 53), ("EUR", 1, 1), ("EUR", 26, 25), ("EUR", 1_250, 43), ("JPY", 1_999, 28), ("JPY", 35, 0),
            ("JPY", 36, 1), ("KWD", 1_000, 264),
        ] as [(String, Int64, Int64)])
    func `a fee is 1.4 % and a quarter of the unit, rounded half up`(
        _ code: String, _ amount: Int64, _ fee: Int64
    ) throws {
        let currency = try #require(Currency(code: code))
        #expect(SandboxFee.fee(of: Money(minorUnits: amount), currency).minorUnits == fee)
    }
}
