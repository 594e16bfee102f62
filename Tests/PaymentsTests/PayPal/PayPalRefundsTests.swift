import Commerce
import Primitives
import Testing

@testable import Payments

@Suite struct PayPalRefundsTests {
    private let shop: PayPalShop
    private let gateway: PayPalGateway

    init() throws {
        shop = try PayPalShop()
        gateway = try shop.gateway()
    }

    @Test func `refunds carry our ids and never shrink what was captured`() async throws {
        let payment = try await shop.captured(gateway)
        let first = try await gateway.refund(shop.refund(payment, 400, id: 7, reason: "Broken"), key: "refund-7")
        let second = try await gateway.refund(shop.refund(payment, 600, id: 8), key: "refund-8")
        #expect(first == GatewayRefund(first.id, RefundID(7), amount: Money(minorUnits: 400), .completed))
        let found = try #require(try await gateway.find(payment.names, in: PayPalShop.euro))
        #expect(found.captured == Money(minorUnits: 1_000))
        #expect(found.refunds == [first, second])
    }

    @Test func `more than is left is refused`() async throws {
        let payment = try await shop.captured(gateway)
        _ = try await gateway.refund(shop.refund(payment, 700), key: "refund-7")
        for (units, code) in [(301, "REFUND_AMOUNT_EXCEEDED"), (300, nil), (1, "CAPTURE_FULLY_REFUNDED")] {
            let failure = try await PayPalShop.failure {
                _ = try await gateway.refund(
                    shop.refund(payment, Int64(units), id: Int64(units)), key: "refund-\(units)")
            }
            #expect(failure == code.map { "refused 422 \($0)" })
        }
    }

    @Test(arguments: ["lost", "500", "429", "twice"])
    func `a refund whose answer fails is made once`(kind: String) async throws {
        let payment = try await shop.captured(gateway)
        try await shop.fault("/refund", kind)
        let refund = try await gateway.refund(shop.refund(payment, 400), key: "refund-7")
        #expect(refund.refund == RefundID(7))
        #expect(try await gateway.find(payment.names, in: PayPalShop.euro)?.refunds == [refund])
    }

    @Test func `a refund is recognized when PayPal has forgotten its key`() async throws {
        let payment = try await shop.captured(gateway)
        let draft = shop.refund(payment, 1_000)
        let refund = try await gateway.refund(draft, key: "refund-7")
        try await shop.control("forget")
        #expect(try await gateway.refund(draft, key: "refund-7") == refund)
        #expect(try await shop.control("made")["refunds"] == .number("1"))
    }

    @Test func `a refund finds its capture by the order, and is refused without one`() async throws {
        let payment = try await shop.captured(gateway)
        var names = payment.names
        names.transaction = nil
        let draft = GatewayRefundDraft(
            RefundID(7), of: names, amount: Money(minorUnits: 400), captured: payment.captured, PayPalShop.euro,
            reason: "")
        #expect(try await gateway.refund(draft, key: "refund-7").status == .completed)
        let open = try await gateway.create(shop.draft(id: "pay_b2"), key: "create-2")
        let failure = try await PayPalShop.failure {
            _ = try await gateway.refund(shop.refund(open, 400, id: 8), key: "refund-8")
        }
        #expect(failure == "refused 404 RESOURCE_NOT_FOUND")
    }

    @Test(arguments: [
        ("pay_a1-r7", RefundID(7)), ("pay_a1-r", nil), ("pay_a1-r0", nil), ("pay_a1-rx", nil), ("pay_b2-r7", nil),
        ("K-1001-pay_a1", nil), ("", nil),
    ])
    func `only our own invoice ids name a refund`(invoice: String, refund: RefundID?) {
        #expect(PayPalInvoice.refund(invoice, of: "pay_a1") == refund)
    }
}
