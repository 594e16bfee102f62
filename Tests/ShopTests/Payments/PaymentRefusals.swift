/// Bad input to the endpoints of payments, with the answer that it gets; orders are over 20.00.
struct PaymentRefusal: Sendable {
    /// What a refusal has to name.
    enum Reason: Sendable {
        /// The stable code beside `detail`.
        case code(String)
        /// The field, with a dot where it is in another.
        case field(String)
    }

    let by: TestAccounts.Part
    let row: PermissionRow
    let status: Int
    let reason: Reason

    private init(_ by: TestAccounts.Part, _ endpoint: String, _ json: String?, _ status: Int, _ reason: Reason) {
        self.by = by
        row = json.map { PermissionRow(endpoint, "", $0) } ?? PermissionRow(endpoint, "")
        self.status = status
        self.reason = reason
    }

    private static func bad(
        _ field: String, _ endpoint: String, _ json: String? = nil, by part: TestAccounts.Part = .staff
    ) -> PaymentRefusal {
        PaymentRefusal(part, endpoint, json, 400, .field(field))
    }

    private static func conflict(
        _ code: String, _ endpoint: String, _ json: String? = "{}", by part: TestAccounts.Part = .staff
    ) -> PaymentRefusal {
        PaymentRefusal(part, endpoint, json, 409, .code(code))
    }

    private static func missing(
        _ endpoint: String, _ json: String? = nil, by part: TestAccounts.Part = .staff
    ) -> PaymentRefusal {
        PaymentRefusal(part, endpoint, json, 404, .code("not_found"))
    }

    /// All of them.
    static let all = initiating + looking + refunding + deciding + capturing + lists + methods + gateways + others

    private static let pay = "POST /api/payments/initiate/"

    private static let initiating: [PaymentRefusal] =
        [
            bad("gateway", pay, #"{"order_id": {card_order}, "gateway": "bitcoin"}"#, by: .owner),
            bad("gateway", pay, #"{"order_id": {card_order}, "gateway": "stripe"}"#, by: .owner),
            bad("gateway", pay, #"{"order_id": {card_order}, "gateway": "manual"}"#, by: .owner),
            bad("gateway", pay, #"{"order_id": {card_order}, "gateway": "cod"}"#, by: .owner),
            bad("gateway", pay, #"{"order_id": {card_order}}"#, by: .owner),
            bad("order_id", pay, #"{"gateway": "sandbox"}"#, by: .owner),
            missing(pay, #"{"order_id": 999999, "gateway": "sandbox"}"#, by: .owner),
            missing(
                pay, #"{"order_id": {card_order}, "gateway": "sandbox", "save_payment_method": true}"#, by: .stranger),
            conflict("already_paid", pay, #"{"order_id": {completed_order}, "gateway": "sandbox"}"#, by: .owner),
            conflict("already_paid", pay, #"{"order_id": {authorized_order}, "gateway": "sandbox"}"#, by: .owner),
            conflict("order_cancelled", pay, #"{"order_id": {cancelled_order}, "gateway": "sandbox"}"#, by: .owner),
            bad("payment_method", pay, wish(#""payment_method": "cheque""#), by: .owner),
            bad("payment_method_id", pay, wish(#""payment_method_id": {foreign_card}"#), by: .owner),
            bad("payment_method_id", pay, wish(#""payment_method_id": 999999"#), by: .owner),
            bad("payment_method_id", pay, wish(#""payment_method_id": "x""#), by: .owner),
            bad("save_payment_method", pay, wish(#""save_payment_method": "perhaps""#), by: .owner),
        ] + returnURLs.map { bad("return_url", pay, wish(#""return_url": "\#($0)""#), by: .owner) }

    /// As they stand in JSON; the shop's own pages are at `http://localhost:3000`.
    private static let returnURLs = [
        "https://evil.test/", "http://localhost:3000.evil.test/", "http://localhost:3000@evil.test/",
        "http://localhost:30000/", "javascript:alert(1)", "//evil.test/", "/orders", "localhost:3000",
        #"http://localhost:3000\\@evil.test/"#, #"http://localhost:3000/\\evil.test"#, #"http:\\\\localhost:3000/"#,
        "http://localhost:3000/a b", #"http://localhost:3000/\u0301"#, #"http://localhost:3000/\r\nx"#,
        "http://evil.test/http://localhost:3000/", "https://localhost:3000/", "data:text/html,x",
    ]

    private static func wish(_ more: String) -> String {
        #"{"order_id": {card_order}, "gateway": "sandbox", \#(more)}"#
    }

    private static let looking: [PaymentRefusal] = [
        missing("GET /api/payments/999999/status/", by: .owner), missing("GET /api/payments/x/status/", by: .owner),
        missing("POST /api/payments/999999/confirm/", "{}", by: .owner),
        bad("razorpay_signature", "POST /api/payments/{payment}/confirm/", #"{"razorpay_signature": {}}"#, by: .owner),
        missing("GET /api/admin/payments/999999/"),
    ]

    private static let refunding: [PaymentRefusal] = [
        (TestAccounts.Part.owner, "/api/payments/"), (.staff, "/api/admin/payments/"),
    ]
    .flatMap { part, path in
        let completed = "POST \(path){completed}/refund/"
        let amounts = ["20.01", "0.00", "-1.00", "1.001", "x", "99999999999999999999", ""].map {
            bad("amount", completed, #"{"amount": "\#($0)", "reason": "x"}"#, by: part)
        }
        let items = [
            #"{"order_item_id": 999999, "quantity": 1}"#, #"{"order_item_id": {completed_line}, "quantity": 3}"#,
            #"{"order_item_id": {completed_line}, "quantity": 1}, {"order_item_id": {completed_line}, "quantity": 1}"#,
        ].map { bad("items", completed, #"{"reason": "x", "items": [\#($0)]}"#, by: part) }
        return amounts + items + [
            bad("amount", "POST \(path){partly_asked}/refund/", #"{"amount": "18.01", "reason": "x"}"#, by: part),
            bad("reason", completed, #"{"amount": "1.00"}"#, by: part),
            bad("reason", completed, #"{"amount": "1.00", "reason": " "}"#, by: part),
            bad("items", completed, #"{"reason": "x", "restock": true}"#, by: part),
            conflict("invalid_state", "POST \(path){payment}/refund/", #"{"reason": "x"}"#, by: part),
            conflict("invalid_state", "POST \(path){authorized}/refund/", #"{"reason": "x"}"#, by: part),
            missing("POST \(path)999999/refund/", #"{"reason": "x"}"#, by: part),
        ]
    }

    private static let deciding: [PaymentRefusal] = [
        conflict("refund_decided", "POST /api/admin/refunds/{approved_refund}/approve/"),
        conflict("refund_decided", "POST /api/admin/refunds/{rejected_refund}/approve/"),
        conflict("refund_decided", "POST /api/admin/refunds/{approved_refund}/reject/", #"{"reason": "x"}"#),
        conflict("refund_decided", "POST /api/admin/refunds/{rejected_refund}/reject/", #"{"reason": "x"}"#),
        bad("reason", "POST /api/admin/refunds/{refund}/reject/", "{}"),
        bad("reason", "POST /api/admin/refunds/{refund}/reject/", #"{"reason": ""}"#),
        bad("amount", "POST /api/admin/refunds/{refund}/approve/", #"{"amount": "20.01"}"#),
        bad("amount", "POST /api/admin/refunds/{refund}/approve/", #"{"amount": "0.00"}"#),
        missing("POST /api/admin/refunds/999999/approve/", "{}"),
        missing("POST /api/admin/refunds/999999/reject/", #"{"reason": "x"}"#),
    ]

    private static let capturing: [PaymentRefusal] = [
        bad("amount", "POST /api/admin/payments/{authorized}/capture/", #"{"amount": "20.01"}"#),
        bad("amount", "POST /api/admin/payments/{authorized}/capture/", #"{"amount": "0.00"}"#),
        conflict("invalid_state", "POST /api/admin/payments/{completed}/capture/"),
        conflict("invalid_state", "POST /api/admin/payments/{payment}/capture/"),
        conflict("invalid_state", "POST /api/admin/payments/{void}/capture/"),
        conflict("invalid_state", "POST /api/admin/payments/{completed}/cancel/"),
        conflict("invalid_state", "POST /api/admin/payments/{void}/cancel/"),
        missing("POST /api/admin/payments/999999/capture/", "{}"),
        missing("POST /api/admin/payments/999999/cancel/", "{}"),
    ]

    private static let lists: [PaymentRefusal] =
        [
            ("payments", "status"), ("payments", "gateway"), ("payments", "order"), ("payments", "user"),
            ("payments", "from"), ("payments", "until"), ("payments", "is_surplus"), ("refunds", "status"),
            ("refunds", "payment"), ("refunds", "order"), ("disputes", "status"), ("disputes", "payment"),
            ("webhook-events", "status"), ("webhook-events", "gateway"), ("ledger", "from"), ("ledger", "until"),
            ("ledger", "order"), ("ledger", "payment"),
        ].map { list, name in bad(name, "GET /api/admin/\(list)/?\(name)=2026-02-30") }
        + ["payments", "refunds", "disputes", "webhook-events", "ledger"].map {
            missing("GET /api/admin/\($0)/?page=9999")
        }

    private static let methods: [PaymentRefusal] = [
        bad("gateway", "POST /api/payment-methods/setup/", #"{"gateway": "bitcoin"}"#, by: .owner),
        bad("gateway", "POST /api/payment-methods/setup/", #"{"gateway": "cod"}"#, by: .owner),
        bad("gateway", "POST /api/payment-methods/setup/", #"{"gateway": "stripe"}"#, by: .owner),
        bad("gateway", "POST /api/payment-methods/setup/", "{}", by: .owner),
        bad("gateway_payment_method_id", "POST /api/payment-methods/", #"{"gateway": "sandbox"}"#, by: .owner),
        bad("gateway_payment_method_id", "POST /api/payment-methods/", card("nonsense"), by: .owner),
        bad("gateway_payment_method_id", "POST /api/payment-methods/", card("{foreign_handed}"), by: .owner),
        bad(
            "is_default", "POST /api/payment-methods/",
            #"{"gateway": "sandbox", "gateway_payment_method_id": "{handed}", "is_default": "x"}"#, by: .owner),
        missing("DELETE /api/payment-methods/999999/", by: .owner),
        missing("DELETE /api/payment-methods/{foreign_card}/", by: .owner),
    ]

    private static func card(_ id: String) -> String {
        #"{"gateway": "sandbox", "gateway_payment_method_id": "\#(id)"}"#
    }

    private static let gateways: [PaymentRefusal] = ["PATCH", "PUT"].flatMap { method in
        let stripe = "\(method) /api/admin/payment-gateways/stripe/"
        return [
            bad("configuration.color", stripe, #"{"configuration": {"color": "red"}}"#),
            bad("configuration.api_base", stripe, #"{"configuration": {"api_base": "ftp://x"}}"#),
            bad("configuration.api_base", stripe, #"{"configuration": {"api_base": "api.stripe.com"}}"#),
            bad("configuration.capture_method", stripe, #"{"configuration": {"capture_method": "later"}}"#),
            bad("configuration.secret_key", stripe, #"{"configuration": {"secret_key": "sk_\u00fc"}}"#),
            bad("configuration.secret_key", stripe, #"{"configuration": {"secret_key": {}}}"#),
            bad("configuration", stripe, #"{"configuration": "sk_live_1"}"#),
            bad("supported_currencies", stripe, #"{"supported_currencies": ["XXZ"]}"#),
            bad("supported_currencies", stripe, #"{"supported_currencies": "USD"}"#),
            bad("display_order", stripe, #"{"display_order": -1}"#),
            bad("is_active", stripe, #"{"is_active": "perhaps"}"#),
            missing("\(method) /api/admin/payment-gateways/bitcoin/", #"{"display_order": 1}"#),
        ]
    }

    private static let others: [PaymentRefusal] = [
        missing("GET /api/admin/payment-gateways/bitcoin/"),
        missing("DELETE /api/admin/payment-gateways/bitcoin/logo/"),
        missing("POST /api/admin/webhook-events/999999/replay/", "{}"),
        missing("POST /api/admin/webhook-events/{cleared_event}/replay/", "{}"),
        missing("POST /api/payments/stripe/webhook/", "{}", by: .anonymous),
        missing("POST /api/payments/paypal/webhook/", "{}", by: .anonymous),
        missing("POST /api/payments/razorpay/webhook/", "{}", by: .anonymous),
        PaymentRefusal(.anonymous, "POST /api/payments/sandbox/webhook/", "{}", 400, .code("invalid_signature")),
        missing("POST /api/payments/bitcoin/webhook/", "{}", by: .anonymous),
        missing("GET /sandbox/payments/nonsense/"), missing("GET /sandbox/pay/nonsense/", by: .anonymous),
        PaymentRefusal(.anonymous, "POST /sandbox/setups/nonsense/", "{}", 404, .code("resource_missing")),
        bad("outcome", "POST /sandbox/pay/{reference}/", #"{"outcome": "perhaps"}"#, by: .anonymous),
        bad("action", "POST /sandbox/payments/{reference}/", #"{"action": "perhaps"}"#),
        bad("loss_percent", "PUT /sandbox/webhooks/", #"{"loss_percent": 101}"#),
    ]
}
