import Commerce
import Primitives
import Testing

@testable import Payments

/// What events tell; their resources have the shapes of PayPal's samples.
@Suite struct PayPalNoticesTests {
    private func notices(_ type: String, _ resource: String) throws -> [GatewayNotice] {
        let event = #"{"id": "WH-1", "event_type": "\#(type)", "resource": \#(resource)}"#
        return try PayPalNotices.read(PayPalFields(try JSONValue(parsing: Array(event.utf8))))
    }

    private func payment(_ type: String, _ resource: String) throws -> GatewayPayment? {
        guard case .payment(let payment, currency: "EUR") = try notices(type, resource).first else { return nil }
        return payment
    }

    private static let amount = #""amount": {"currency_code": "EUR", "value": "10.00"}"#
    private static let related = #""supplementary_data": {"related_ids": {"order_id": "O1"}}, "custom_id": "pay_a1""#

    private func capture(_ status: String) -> String {
        """
        {"id": "C1", "status": "\(status)", \(Self.amount), \(Self.related), "seller_receivable_breakdown":
        {"paypal_fee": {"currency_code": "EUR", "value": "0.84"}}}
        """
    }

    @Test func `an approval is reported as such`() throws {
        let order = """
            {"id": "O1", "intent": "CAPTURE", "status": "APPROVED",
             "purchase_units": [{"reference_id": "default", \(Self.amount), "custom_id": "pay_a1"}],
             "payer": {"email_address": "payer@example.com"},
             "links": [{"href": "https://api.paypal.com/v2/checkout/orders/O1/capture", "rel": "capture"}]}
            """
        let payment = try #require(try payment("CHECKOUT.ORDER.APPROVED", order))
        #expect(payment.names == GatewayLookup(transactionID: "pay_a1", reference: "O1"))
        #expect(payment.progress == .approved)
        #expect(payment.nextAction == nil)
        #expect(payment.response["payer"] == nil)
    }

    @Test func `a completed order tells its captures and refunds`() throws {
        let order = """
            {"id": "O1", "intent": "CAPTURE", "status": "COMPLETED", "purchase_units": [{"custom_id": "pay_a1", "payments":
             {"captures": [\(capture("PARTIALLY_REFUNDED"))], "refunds": [{"id": "R1", "status": "COMPLETED",
              "invoice_id": "pay_a1-r7", "amount": {"currency_code": "EUR", "value": "4.00"}}]}}]}
            """
        let payment = try #require(try payment("CHECKOUT.ORDER.COMPLETED", order))
        #expect(payment.names == GatewayLookup(transactionID: "pay_a1", reference: "O1", transaction: "C1"))
        #expect(payment.captured == Money(minorUnits: 1_000))
        #expect(payment.refunds == [GatewayRefund("R1", RefundID(7), amount: Money(minorUnits: 400), .completed)])
    }

    @Test(arguments: [
        ("PAYMENT.CAPTURE.COMPLETED", "COMPLETED", 1_000, GatewayPayment.Progress.processing),
        ("PAYMENT.CAPTURE.PENDING", "PENDING", 0, .processing), ("PAYMENT.CAPTURE.DENIED", "DECLINED", 0, .failed),
        ("PAYMENT.CAPTURE.DECLINED", "DECLINED", 0, .failed),
        ("PAYMENT.CAPTURE.COMPLETED", "REFUNDED", 1_000, .processing),
    ])
    func `a capture tells its amount, its order and our id`(
        type: String, status: String, captured: Int64, progress: GatewayPayment.Progress
    ) throws {
        let payment = try #require(try payment(type, capture(status)))
        #expect(payment.names.transactionID == "pay_a1")
        #expect(payment.names.reference == "O1")
        #expect(payment.captured.minorUnits == captured)
        #expect(payment.progress == progress)
        #expect(payment.fee == (captured > 0 ? Money(minorUnits: 84) : nil))
    }

    @Test(arguments: [
        ("PAYMENT.AUTHORIZATION.CREATED", "CREATED", 1_000, GatewayPayment.Progress.processing),
        ("PAYMENT.AUTHORIZATION.CREATED", "PENDING", 0, .processing),
        ("PAYMENT.AUTHORIZATION.VOIDED", "VOIDED", 1_000, .canceled),
    ])
    func `an authorization tells what is held`(
        type: String, status: String, authorized: Int64, progress: GatewayPayment.Progress
    ) throws {
        let resource = #"{"id": "A1", "status": "\#(status)", \#(Self.amount), \#(Self.related)}"#
        let payment = try #require(try payment(type, resource))
        #expect(payment.authorized.minorUnits == authorized)
        #expect(payment.captured == .zero)
        #expect(payment.progress == progress)
        #expect(payment.names == GatewayLookup(transactionID: "pay_a1", reference: "O1"))
    }

    @Test(arguments: [
        ("PAYMENT.CAPTURE.REFUNDED", "COMPLETED", GatewayRefund.Status.completed),
        ("PAYMENT.CAPTURE.REVERSED", "COMPLETED", .completed), ("PAYMENT.REFUND.PENDING", "PENDING", .pending),
        ("PAYMENT.REFUND.FAILED", "FAILED", .failed),
    ])
    func `a refund names its capture and our row`(type: String, word: String, status: GatewayRefund.Status) throws {
        let resource = """
            {"id": "R1", "status": "\(word)", \(Self.amount), "custom_id": "pay_a1", "invoice_id": "pay_a1-r7",
             "links": [{"href": "https://api.paypal.com/v2/payments/refunds/R1", "rel": "self"},
                       {"href": "https://api.paypal.com/v2/payments/captures/C1", "rel": "up"}]}
            """
        let refund = GatewayRefund("R1", RefundID(7), amount: Money(minorUnits: 1_000), status)
        let names = GatewayLookup(transactionID: "pay_a1", transaction: "C1")
        #expect(try notices(type, resource) == [.refund(refund, of: names, currency: "EUR")])
    }

    @Test func `what is no refund is asked about`() throws {
        let ask = GatewayNotice.ask(GatewayLookup(transactionID: "pay_a1", reference: "O1"))
        #expect(try notices("PAYMENT.CAPTURE.REVERSED", capture("REVERSED")) == [ask])
        let reversal = #"{"order_id": "O1", "purchase_units": [{"custom_id": "pay_a1"}], "payment_source": {}}"#
        #expect(try notices("CHECKOUT.PAYMENT-APPROVAL.REVERSED", reversal) == [ask])
    }

    @Test(arguments: [
        ("OPEN", "", GatewayDispute.Status.open), ("WAITING_FOR_SELLER_RESPONSE", "", .open), ("OTHER", "", .open),
        ("WAITING_FOR_BUYER_RESPONSE", "", .underReview), ("UNDER_REVIEW", "", .underReview),
        ("RESOLVED", "RESOLVED_BUYER_FAVOUR", .lost), ("RESOLVED", "ACCEPTED", .lost),
        ("RESOLVED", "RESOLVED_SELLER_FAVOUR", .won), ("RESOLVED", "CANCELED_BY_BUYER", .won),
        ("RESOLVED", "RESOLVED_WITH_PAYOUT", .won), ("RESOLVED", "DENIED", .won), ("RESOLVED", "NEW", .underReview),
    ])
    func `a dispute names the capture, its state and its date`(
        word: String, outcome: String, status: GatewayDispute.Status
    ) throws {
        let resource = """
            {"dispute_id": "PP-D-1", "reason": "MERCHANDISE_OR_SERVICE_NOT_RECEIVED", "status": "\(word)",
             "disputed_transactions": [{"seller_transaction_id": "C1", "custom": "pay_a1", "invoice_number": "K-1001-pay_a1"}],
             "dispute_amount": {"currency_code": "EUR", "value": "10.00"}, "dispute_outcome": {"outcome_code": "\(outcome)"},
             "seller_response_due_date": "2026-12-10T08:00:00.000Z"}
            """
        let dispute = GatewayDispute(
            "PP-D-1", status, amount: Money(minorUnits: 1_000), reason: "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
            dueBy: Timestamp("2026-12-10T08:00:00Z"))
        let names = GatewayLookup(transactionID: "pay_a1", transaction: "C1")
        #expect(
            try notices("CUSTOMER.DISPUTE.UPDATED", resource) == [.dispute(dispute, of: names, currency: "EUR")])
    }

    @Test func `what the shop does not follow tells nothing`() throws {
        #expect(try notices("BILLING.PLAN.CREATED", "{}").isEmpty)
        #expect(try notices("PAYMENT.SALE.COMPLETED", #"{"amount": {"total": "1.00", "currency": "EUR"}}"#).isEmpty)
        #expect(try notices("PAYMENT.CAPTURE.COMPLETED", #"{"amount": {"total": "1.00", "currency": "EUR"}}"#).isEmpty)
        #expect(try notices("CUSTOMER.DISPUTE.CREATED", "{}").isEmpty)
        #expect(try notices("CHECKOUT.ORDER.APPROVED", "{}").isEmpty)
        #expect(try PayPalNotices.read(PayPalFields(.null)).isEmpty)
    }

    @Test func `an event that lacks its amount or status is nonsense`() async throws {
        for resource in [
            #"{"id": "C1", \#(Self.amount), "custom_id": "pay_a1"}"#, capture("COMPLETED").without("10.00"),
        ] {
            let failure = try await PayPalShop.failure { _ = try notices("PAYMENT.CAPTURE.COMPLETED", resource) }
            #expect(failure == "unavailable")
        }
    }
}
