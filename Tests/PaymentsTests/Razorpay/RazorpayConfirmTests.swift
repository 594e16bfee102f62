import Commerce
import Payments
import Testing

@Suite struct RazorpayConfirmTests {
    private static let payment = "pay_29QQoUBi66xm2f"
    private static let order = "order_9A33XWu170gUtm"
    private static let good = RazorpaySignature.payment(payment, of: order, keySecret: "peer secret")
    private static let names = GatewayLookup(transactionID: "p1", reference: order)

    private func evidence(_ changes: [String: String] = [:]) -> [String: String] {
        [
            "razorpay_payment_id": Self.payment, "razorpay_order_id": Self.order, "razorpay_signature": Self.good,
        ].merging(changes) { $1 }
    }

    @Test func `a good signature names the payment`() throws {
        let names = try RazorpayBench.alone().confirm(Self.names, evidence())
        #expect(names == GatewayLookup(transactionID: "p1", reference: Self.order, transaction: Self.payment))
    }

    @Test(arguments: [
        ("forged", ["razorpay_signature": String(repeating: "0", count: 64)]),
        ("in capitals", ["razorpay_signature": good.uppercased()]),
        ("cut", ["razorpay_signature": String(good.dropLast())]),
        ("of another payment", ["razorpay_payment_id": "pay_other"]),
        (
            "of another order",
            [
                "razorpay_order_id": "order_other",
                "razorpay_signature": RazorpaySignature.payment(payment, of: "order_other", keySecret: "peer secret"),
            ]
        ),
        (
            "under the webhook's secret",
            [
                "razorpay_signature": RazorpaySignature.payment(
                    payment, of: order, keySecret: "peer webhook secret")
            ]
        ),
    ])
    func `a signature that does not prove this payment is refused`(what: String, changes: [String: String]) throws {
        #expect(throws: ValidationError("razorpay_signature", "The signature does not prove this payment.")) {
            try RazorpayBench.alone().confirm(Self.names, evidence(changes))
        }
    }

    @Test func `nothing is proven of a payment that has no order yet`() throws {
        #expect(throws: ValidationError.self) {
            try RazorpayBench.alone().confirm(GatewayLookup(transactionID: "p1"), evidence())
        }
    }

    @Test(arguments: ["razorpay_payment_id", "razorpay_order_id", "razorpay_signature"])
    func `each field is required`(field: String) throws {
        #expect(throws: ValidationError(field, "This field is required.")) {
            try RazorpayBench.alone().confirm(Self.names, evidence([field: ""]))
        }
    }

    @Test func `all missing fields are named at once`() throws {
        let required = FieldErrors.messages(["This field is required."])
        let fields = ["razorpay_payment_id", "razorpay_order_id", "razorpay_signature"]
        let errors = FieldErrors.members(Dictionary(uniqueKeysWithValues: fields.map { ($0, required) }))
        #expect(throws: ValidationError(errors)) { try RazorpayBench.alone().confirm(Self.names, [:]) }
    }
}
