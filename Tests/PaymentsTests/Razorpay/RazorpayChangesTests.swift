import Commerce
import Payments
import Primitives
import TestSupport
import Testing

/// Refunds and disputes whose webhooks were lost, as reconciliation lists them.
@Suite struct RazorpayChangesTests {
    private let bench: RazorpayBench
    private let from = Timestamp(seconds: 1_790_000_000)

    init() throws { bench = try RazorpayBench() }

    private func paid(_ id: String = "p1-razorpay", _ capturing: String = "automatic") async throws -> GatewayPayment {
        let gateway = try bench.gateway(["capture_method": capturing])
        let order = try await gateway.create(.razorpay(id), key: "k")
        try await bench.pay(order)
        let inr = try #require(Currency(code: "INR"))
        return try #require(try await gateway.find(order.names, in: inr))
    }

    @discardableResult
    private func play(_ what: String, _ payment: GatewayPayment, _ amount: Int64?) async throws -> JSONValue {
        var parameters = ["payment": JSONValue.string(try #require(payment.names.transaction))]
        if let amount { parameters["amount"] = .number(String(amount)) }
        return try await bench.control(what, parameters)
    }

    private func listed(_ kind: GatewayChangeKind) async throws -> [[GatewayNotice]] {
        try await bench.gateway().pages(kind, from: from, until: from + .days(1))
    }

    private func razorpays(_ payment: GatewayPayment) -> GatewayLookup {
        GatewayLookup(transactionID: "", transaction: payment.names.transaction)
    }

    @Test func `a refund of ours is told with its row, and others are asked about`() async throws {
        let payment = try await paid()
        let inr = try #require(Currency(code: "INR"))
        let draft = GatewayRefundDraft(
            RefundID(7), of: payment.names, amount: Money(minorUnits: 100), captured: payment.captured, inr, reason: "")
        let ours = try await bench.gateway().refund(draft, key: "refund-key-7")
        try await play("dashboard_refund", payment, 200)
        let back = try await paid("p2-razorpay", "manual")
        try await play("expire", back, nil)
        var names = razorpays(payment)
        let asked = [GatewayNotice.ask(razorpays(back)), .ask(names)]
        names = GatewayLookup(transactionID: "p1-razorpay", transaction: names.transaction)
        #expect(try await listed(.refunds) == [asked + [.refund(ours, of: names, currency: "INR")]])
    }

    @Test func `a dispute is told as it is now, with the payment that Razorpay knows`() async throws {
        let payment = try await paid()
        let id = try #require(try await play("dispute", payment, 39_000)["id"]?.text)
        for (word, status) in [
            ("open", GatewayDispute.Status.open), ("under_review", .underReview), ("won", .won), ("lost", .lost),
        ] {
            try await bench.control("end_dispute", ["dispute": .string(id), "status": .string(word)])
            let dispute = GatewayDispute(
                id, status, amount: Money(minorUnits: 39_000), reason: "chargeback",
                dueBy: Timestamp(seconds: 1_900_000_000))
            #expect(try await listed(.disputes) == [[.dispute(dispute, of: razorpays(payment), currency: "INR")]])
        }
    }

    @Test func `a span of time is listed page by page, and nothing beside it`() async throws {
        let payment = try await paid()
        for _ in 0..<101 {
            try await play("dashboard_refund", payment, 1)
            try await play("dispute", payment, 1)
        }
        for kind in GatewayChangeKind.allCases {
            let pages = try await listed(kind)
            #expect(pages.map(\.count) == [100, 1])
            let before = try await bench.gateway().pages(kind, from: from - .days(2), until: from - .days(1))
            #expect(before == [[]])
        }
        // Where the span is not heeded, what is beside it is left out here.
        try await bench.control("set", ["ignores_span": .bool(true)])
        let before = try await bench.gateway().pages(.disputes, from: from - .days(2), until: from - .days(1))
        #expect(before == [[], []])
    }

    @Test(arguments: [(GatewayChangeKind.refunds, "GET /v1/refunds"), (.disputes, "GET /v1/disputes")])
    func `a missing permission is a refusal`(kind: GatewayChangeKind, request: String) async throws {
        try await bench.spoil(request, "denied")
        let error = try await RazorpayBench.refusal { try await listed(kind) }
        guard case .refused(status: 400, _, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
