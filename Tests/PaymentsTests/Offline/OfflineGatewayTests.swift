import Commerce
import Payments
import Primitives
import Testing

@Suite struct OfflineGatewayTests {
    private let currency: Currency
    private let amount = Money(minorUnits: 1_234)
    private let names = GatewayLookup(transactionID: "p1")

    init() throws { currency = try #require(Currency(code: "KWD")) }

    private func gateway(_ code: GatewayCode = .cashOnDelivery) throws -> OfflineGateway {
        try #require(OfflineGateway(code, taking: [currency]))
    }

    private func capture(_ part: Money) -> GatewayCapture { GatewayCapture(names, amount: part, of: amount, currency) }

    private func refund(_ units: Int64) -> GatewayRefundDraft {
        GatewayRefundDraft(
            RefundID(7), of: names, amount: Money(minorUnits: units), captured: amount, currency, reason: "")
    }

    @Test(arguments: [(GatewayCode.cashOnDelivery, "cod-p1", "cod"), (.manual, "manual-p1", "bank_transfer")])
    func `a payment stays open without a step of the browser until staff have the money`(
        code: GatewayCode, id: String, method: String
    ) async throws {
        let gateway = try gateway(code)
        let draft = GatewayDraft(
            transactionID: "p1", orderNumber: "K-1", amount: amount, currency: currency, email: "", returnURL: "")
        let open = try await gateway.create(draft, key: "k1")
        #expect(open == GatewayPayment(GatewayLookup(transactionID: "p1", reference: id), method: method))
        #expect(try await gateway.find(names, in: currency) == open)
        let paid = try await gateway.capture(capture(amount), key: "k2")
        #expect(paid.names == GatewayLookup(transactionID: "p1", reference: id, transaction: id))
        #expect(PaymentFacts().merging(open).merging(paid).status(refunded: .zero) == .completed)
        #expect(gateway.code == code)
    }

    @Test func `a part of the money is what was captured`() async throws {
        let part = Money(minorUnits: 1_000)
        let paid = try await gateway().capture(capture(part), key: "k2")
        #expect(paid.captured == part)
        #expect(paid.authorized == part)
    }

    @Test func `a payment that is given up is canceled`() async throws {
        let voided = try await gateway().void(names, in: currency, key: "k2")
        #expect(PaymentFacts().merging(voided).status(refunded: .zero) == .cancelled)
    }

    @Test func `a refund is done at once and is the same under the same key`() async throws {
        let gateway = try gateway()
        let first = try await gateway.refund(refund(1_234), key: "r1")
        #expect(first.status == .completed)
        #expect(first.refund == RefundID(7))
        #expect(first.amount == amount)
        #expect(try await gateway.refund(refund(1_234), key: "r1") == first)
        #expect(try await gateway.refund(refund(1), key: "r2").id != first.id)
    }

    @Test(arguments: [0, -1, 1_235])
    func `no more than what was captured is refunded`(units: Int64) async throws {
        let gateway = try gateway()
        await #expect(throws: GatewayError.self) { try await gateway.refund(refund(units), key: "r1") }
    }

    @Test func `it counts as the currency does, in those that it takes`() throws {
        let gateway = try gateway()
        #expect(gateway.amounts.units(amount, currency) == 1_234)
        #expect(gateway.amounts.units(amount, .usd) == nil)
    }

    @Test func `nothing comes to it from elsewhere`() async throws {
        let gateway = try gateway(.manual)
        let delivery = WebhookDelivery(body: Array("{}".utf8), headers: [("X-Signature", "1")])
        let now = Timestamp(seconds: 0)
        await #expect(throws: GatewayError.self) { try await gateway.verify(delivery, at: now) }
        #expect(try gateway.notices(in: .object(["event": .string("payment.captured")])).isEmpty)
        let page = try await gateway.list(from: now, until: now, after: nil)
        #expect(page.payments.isEmpty)
        #expect(page.next == nil)
        for kind in GatewayChangeKind.allCases {
            #expect(try await gateway.pages(kind, from: now, until: now) == [[]])
        }
    }

    @Test(arguments: [GatewayCode.stripe, .paypal, .razorpay, .sandbox])
    func `the codes of other gateways are none of it`(code: GatewayCode) {
        #expect(OfflineGateway(code, taking: [.usd]) == nil)
    }
}
