import Commerce
import Payments
import Primitives
import TestSupport
import Testing

/// Refunds and disputes whose webhooks were lost, as reconciliation lists them.
@Suite struct StripeChangesTests {
    private let stripe: StripePeer
    private let gateway: StripeGateway
    private let now: Timestamp

    init() throws {
        stripe = try StripePeer()
        gateway = try stripe.gateway(["capture_method": "manual"])
        now = stripe.time.source.now
    }

    /// Makes a payment of 20.00 and captures so much of it; nothing for zero.
    private func paid(_ id: String, _ captured: Int64 = 2_000) async throws -> GatewayLookup {
        let names = try await gateway.create(.stripe(id), key: "create-\(id)").names
        try await stripe.control("confirm", ["intent": .string(try #require(names.reference))])
        guard captured > 0 else { return names }
        let capture = GatewayCapture(names, amount: .minor(captured), of: .minor(2_000), .usd)
        return try await gateway.capture(capture, key: "capture-\(id)").names
    }

    private func play(_ what: String, _ names: GatewayLookup, _ amount: Int64, after seconds: Int64 = 0) async throws
        -> String?
    {
        let parameters: [String: JSONValue] = [
            "intent": .string(try #require(names.reference)), "amount": .number(String(amount)),
            "after": .number(String(seconds)),
        ]
        return try await stripe.control(what, parameters)["dispute"]?.text
    }

    private func listed(_ kind: GatewayChangeKind) async throws -> [[GatewayNotice]] {
        try await gateway.pages(kind, from: now - .hours(1), until: now + .hours(1))
    }

    /// The names by which Stripe's own objects call a payment.
    private func stripes(_ names: GatewayLookup) -> GatewayLookup {
        GatewayLookup(transactionID: "", reference: names.reference, transaction: names.transaction)
    }

    @Test func `a refund of the dashboard is told, and one of ours with its row`() async throws {
        let names = try await paid("pay_1")
        _ = try await play("dashboard_refund", names, 300)
        let draft = GatewayRefundDraft(
            RefundID(7), of: names, amount: .minor(500), captured: .minor(2_000), .usd, reason: "")
        let ours = try await gateway.refund(draft, key: "r")
        try await stripe.control("foreign_refund")
        let found = try await listed(.refunds)
        #expect(found.count == 1 && found[0].count == 2)
        #expect(found[0].first == .refund(ours, of: names, currency: "USD"))
        guard case .refund(let made, stripes(names), currency: "USD")? = found[0].last else {
            Issue.record("\(found)")
            return
        }
        #expect(made.refund == nil && made.amount == .minor(300) && made.status == .completed)
    }

    @Test func `what a capture of a part gave back is asked about, and what a cancellation did is nothing`()
        async throws
    {
        let part = try await paid("pay_1", 1_500)
        let canceled = try await paid("pay_2", 0)
        _ = try await gateway.void(canceled, in: .usd, key: "v")
        #expect(try await listed(.refunds) == [[.ask(stripes(part))]])
        _ = try await play("dashboard_refund", part, 400)
        let found = try await listed(.refunds)[0]
        #expect(found.count == 2 && found.contains(.ask(stripes(part))))
    }

    @Test func `a dispute is told as it is now, with the names that Stripe knows`() async throws {
        let names = try await paid("pay_1")
        let id = try #require(try await play("dispute", names, 900))
        for (word, status) in [("needs_response", GatewayDispute.Status.open), ("won", .won), ("lost", .lost)] {
            try await stripe.control("end_dispute", ["dispute": .string(id), "status": .string(word)])
            let dispute = GatewayDispute(
                id, status, amount: .minor(900), reason: "fraudulent", dueBy: Timestamp(seconds: 1_900_000_000))
            #expect(try await listed(.disputes) == [[.dispute(dispute, of: stripes(names), currency: "USD")]])
        }
    }

    @Test func `a span of time is listed page by page, and nothing beside it`() async throws {
        let names = try await paid("pay_1")
        for number in 0..<103 {
            // One before and one after the span.
            let seconds: Int64 = number == 0 ? -4_000 : number == 1 ? 4_000 : 0
            _ = try await play("dashboard_refund", names, 1, after: seconds)
            _ = try await play("dispute", names, 1, after: seconds)
        }
        for kind in GatewayChangeKind.allCases {
            let pages = try await listed(kind)
            #expect(pages.map(\.count) == [100, 1])
            #expect(Set(pages.joined()).count == 101)
        }
    }

    @Test(arguments: GatewayChangeKind.allCases)
    func `a key without the permission is refused`(kind: GatewayChangeKind) async throws {
        let weak = try stripe.gateway(["secret_key": "rk_test_weak"])
        let error = try await stripeError { _ = try await weak.changes(kind, from: now, until: now, after: nil) }
        guard case .refused(status: 403, code: "more_permissions_required", _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
