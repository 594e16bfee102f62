import Commerce
import Payments
import Primitives
import TestSupport
import Testing

/// What events tell, as the peer signs them.
@Suite struct RazorpayNoticeTests {
    private let bench: RazorpayBench
    private let whole = Money(minorUnits: 50_000)

    init() throws { bench = try RazorpayBench() }

    private func notices(_ type: String, _ parameters: [String: JSONValue]) async throws -> [GatewayNotice] {
        let gateway = try bench.gateway()
        let delivery = try await bench.event(type, parameters)
        let header = try await gateway.verify(delivery, at: Timestamp(seconds: 1_790_000_000))
        #expect(header.type == type)
        #expect(header.id == delivery.header("x-razorpay-event-id"))
        return try gateway.notices(in: header.payload)
    }

    private func order(capturing method: String = "automatic") async throws -> GatewayPayment {
        try await bench.gateway(["capture_method": method]).create(.razorpay(), key: "k1")
    }

    private func payment(_ notices: [GatewayNotice]) throws -> GatewayPayment {
        guard notices.count == 1, case .payment(let payment, currency: "INR")? = notices.first else {
            throw UnexpectedNotices(description: "\(notices)")
        }
        return payment
    }

    private struct UnexpectedNotices: Error, CustomStringConvertible {
        let description: String
    }

    @Test func `an authorization, a capture and a failure tell of their payment`() async throws {
        let order = try await order(capturing: "manual")
        let failed = try await bench.pay(order, "failed")
        let failure = try payment(try await notices("payment.failed", ["payment": .string(failed)]))
        #expect(failure.progress == .open)
        #expect(failure.failureReason == "Payment failed")
        let id = try await bench.pay(order)
        let authorized = try payment(try await notices("payment.authorized", ["payment": .string(id)]))
        #expect(authorized.authorized == whole)
        #expect(authorized.captured == .zero)
        #expect(authorized.names == GatewayLookup(transactionID: "", reference: order.names.reference, transaction: id))
        let paid = try await bench.pay(try await self.order())
        let captured = try payment(try await notices("payment.captured", ["payment": .string(paid)]))
        #expect(captured.captured == whole)
    }

    @Test func `a paid order names our payment by its receipt`() async throws {
        let order = try await order()
        let id = try await bench.pay(order)
        let reference = JSONValue.string(try #require(order.names.reference))
        let paid = try payment(try await notices("order.paid", ["payment": .string(id), "order": reference]))
        #expect(
            paid.names == GatewayLookup(transactionID: "p1-razorpay", reference: order.names.reference, transaction: id)
        )
        #expect(paid.captured == whole)
        #expect(paid.fee == Money(minorUnits: 1_180))
        let bare = try await notices("order.paid", ["order": reference])
        #expect(bare == [.ask(GatewayLookup(transactionID: "p1-razorpay", reference: order.names.reference))])
    }

    @Test func `events in any order end in what the gateway itself tells`() async throws {
        let order = try await order(capturing: "manual")
        let id = JSONValue.string(try await bench.pay(order))
        let early = try await bench.event("payment.authorized", ["payment": id])
        let gateway = try bench.gateway(["capture_method": "manual"])
        let inr = try #require(Currency(code: "INR"))
        _ = try await gateway.capture(GatewayCapture(order.names, amount: whole, of: whole, inr), key: "k2")
        let late = try await bench.event("payment.captured", ["payment": id])
        var reports: [GatewayPayment] = []
        for delivery in [late, early, late] {
            let header = try await gateway.verify(delivery, at: Timestamp(seconds: 0))
            reports.append(try payment(try gateway.notices(in: header.payload)))
        }
        let found = try #require(try await gateway.find(order.names, in: inr))
        let known = reports.reduce(PaymentFacts()) { $0.merging($1) }
        #expect(known == PaymentFacts().merging(found))
        #expect(known.status(refunded: .zero) == .completed)
    }

    @Test(arguments: [
        ("refund.created", "pending", GatewayRefund.Status.pending), ("refund.created", "processed", .completed),
        ("refund.processed", "processed", .completed), ("refund.failed", "failed", .failed),
        ("refund.failed", "pending", .failed), ("refund.speed_changed", "pending", .pending),
    ])
    func `a refund tells its progress and its row`(
        type: String, status: String, expected: GatewayRefund.Status
    ) async throws {
        let gateway = try bench.gateway()
        let order = try await order()
        let id = try await bench.pay(order)
        try await bench.control("set", ["refund_status": .string(status)])
        let inr = try #require(Currency(code: "INR"))
        let draft = GatewayRefundDraft(
            RefundID(7), of: order.names, amount: Money(minorUnits: 100), captured: whole, inr, reason: "")
        let refund = try await gateway.refund(draft, key: "r1")
        for parameters in [["payment": JSONValue.string(id)], [:]] {
            let notices = try await notices(type, parameters.merging(["refund": .string(refund.id)]) { $1 })
            guard case .refund(let told, let names, "INR")? = notices.first else {
                throw UnexpectedNotices(description: "\(notices)")
            }
            #expect(told.refund == RefundID(7))
            #expect(told.status == expected)
            #expect(names.transaction == id)
            #expect(names.transactionID == "p1-razorpay")
        }
    }

    @Test func `an authorization that Razorpay gives back is the end of a payment, and no refund`() async throws {
        let order = try await order(capturing: "manual")
        let id = JSONValue.string(try await bench.pay(order))
        let made = try await bench.control("expire", ["payment": id])
        let refund = try #require(made["id"])
        let ended = try payment(try await notices("refund.created", ["payment": id, "refund": refund]))
        #expect(ended.progress == .canceled)
        #expect(ended.captured == .zero)
        #expect(ended.names.reference == order.names.reference)
    }

    @Test(arguments: [
        ("created", "open", 0, GatewayDispute.Status.open), ("action_required", "open", 0, .open),
        ("under_review", "under_review", 0, .underReview), ("won", "won", 0, .won), ("lost", "lost", 39_000, .lost),
        ("closed", "closed", 0, .won), ("closed", "closed", 39_000, .lost),
    ])
    func `a dispute tells where it stands`(
        event: String, status: String, deducted: Int, expected: GatewayDispute.Status
    ) async throws {
        let order = try await order()
        let id = try await bench.pay(order)
        let dispute: JSONValue = .object([
            "id": .string("disp_1"), "entity": .string("dispute"), "payment_id": .string(id),
            "amount": .number("39000"),
            "currency": .string("INR"), "amount_deducted": .number(String(deducted)), "status": .string(status),
            "reason_code": .string("chargeback_1"), "respond_by": .number("1590431400"),
        ])
        let expectation = GatewayDispute(
            "disp_1", expected, amount: Money(minorUnits: 39_000), reason: "chargeback_1",
            dueBy: Timestamp(seconds: 1_590_431_400))
        let full = try await notices("payment.dispute.\(event)", ["payment": .string(id), "dispute": dispute])
        let names = GatewayLookup(transactionID: "", reference: order.names.reference, transaction: id)
        #expect(full == [.dispute(expectation, of: names, currency: "INR")])
        let bare = try await notices("payment.dispute.\(event)", ["dispute": dispute])
        let transaction = GatewayLookup(transactionID: "", transaction: id)
        #expect(bare == [.dispute(expectation, of: transaction, currency: "INR")])
    }

    @Test(arguments: ["payment.downtime.started", "invoice.paid", "subscription.charged", "moon.rising"])
    func `other events tell nothing`(type: String) async throws {
        let id = try await bench.pay(try await order())
        #expect(try await notices(type, ["payment": .string(id)]).isEmpty)
    }

    @Test(arguments: [#"{"transaction_id": "p9-of-another"}"#, "[]", "{}", #"{"transaction_id": 5}"#, "null"])
    func `the notes of a payment, which its payer chooses, name nothing`(notes: String) throws {
        let event = """
            {"event": "payment.captured", "payload": {"payment": {"entity": {"id": "pay_1", "amount": 100, \
            "currency": "INR", "status": "captured", "order_id": "order_1", "notes": \(notes)}}}}
            """
        let told = try payment(try RazorpayBench.alone().notices(in: try JSONValue(parsing: event.utf8)))
        #expect(told.names == GatewayLookup(transactionID: "", reference: "order_1", transaction: "pay_1"))
    }

    @Test func `an authorization says nothing of a capture, whatever its flag says`() throws {
        let event = """
            {"event": "payment.authorized", "payload": {"payment": {"entity": {"id": "pay_1", "amount": 100, \
            "currency": "INR", "status": "authorized", "captured": true, "order_id": "order_1", "notes": []}}}}
            """
        let told = try payment(try RazorpayBench.alone().notices(in: try JSONValue(parsing: event.utf8)))
        #expect(told.authorized == Money(minorUnits: 100))
        #expect(told.captured == .zero)
    }

    @Test(arguments: [
        #"{"amount": 100, "currency": "INR", "status": "captured"}"#,
        #"{"id": "pay_1", "currency": "INR", "status": "captured"}"#,
        #"{"id": "pay_1", "amount": 1.5, "currency": "INR", "status": "captured"}"#,
        #"{"id": "pay_1", "amount": 100, "status": "captured"}"#,
    ])
    func `an event that lacks what is needed is a failure`(entity: String) throws {
        let event = #"{"event": "payment.captured", "payload": {"payment": {"entity": \#(entity)}}}"#
        let json = try JSONValue(parsing: event.utf8)
        #expect(throws: GatewayError.self) { try RazorpayBench.alone().notices(in: json) }
    }

    @Test(arguments: ["null", "[]", "{}", #"{"event": 1}"#, #"{"event": "payment.captured"}"#])
    func `what is no event tells nothing`(text: String) throws {
        #expect(try RazorpayBench.alone().notices(in: try JSONValue(parsing: text.utf8)).isEmpty)
    }

    @Test func `a payment in a currency that no shop has tells nothing`() throws {
        let event = """
            {"event": "payment.captured", "payload": {"payment": {"entity": {"id": "pay_1", "amount": 100, \
            "currency": "SLL", "status": "captured"}}}}
            """
        #expect(try RazorpayBench.alone().notices(in: try JSONValue(parsing: event.utf8)).isEmpty)
    }
}
