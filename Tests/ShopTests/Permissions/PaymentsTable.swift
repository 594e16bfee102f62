/// Every endpoint of payments, and what it says to whom, in a shop with the sandbox whose captures are staff's.
enum PaymentsTable {
    /// The settings of such a shop.
    static let settings = ["SANDBOX_GATEWAY": "true", "SANDBOX_CAPTURE_METHOD": "manual"]

    /// anonymous, stranger, vendor, clerk, owner, staff.
    static let rows = payers + webhooks + methods + gateways + desk + sandbox

    private static let (open, forbidden) = ("200 200 200 200 200 200", "401 403 403 403 403 ")
    private static let hidden = "401 404 404 404 "

    private static let payers: [PermissionRow] = [
        .init("GET /api/payment-gateways/", open),
        .init(
            "POST /api/payments/initiate/", hidden + "201 404", #"{"order_id": {order}, "gateway": "sandbox"}"#),
        .init("GET /api/payments/{payment}/status/", hidden + "200 200"),
        .init("POST /api/payments/{payment}/confirm/", hidden + "200 200", "{}"),
        .init(
            "POST /api/payments/{completed}/refund/", hidden + "201 201", #"{"amount": "1.00", "reason": "x"}"#),
    ]

    /// Nobody is asked who they are: the signature says it. Gateways that are not set up are not there.
    private static let webhooks: [PermissionRow] =
        ["stripe", "paypal", "razorpay"].map {
            .init("POST /api/payments/\($0)/webhook/", "404 404 404 404 404 404", "{}")
        } + [.init("POST /api/payments/sandbox/webhook/", "400 400 400 400 400 400", "{}")]

    private static let methods: [PermissionRow] = [
        .init("GET /api/payment-methods/", "401 200 200 200 200 200"),
        .init("POST /api/payment-methods/setup/", "401 200 200 200 200 200", #"{"gateway": "sandbox"}"#),
        .init(
            "POST /api/payment-methods/", "401 400 400 400 201 400",
            #"{"gateway": "sandbox", "gateway_payment_method_id": "{handed}"}"#),
        .init("DELETE /api/payment-methods/{card}/", "401 404 404 404 204 404"),
    ]

    private static let gateways: [PermissionRow] = [
        .init("GET /api/admin/payment-gateways/", forbidden + "200"),
        .init("GET /api/admin/payment-gateways/stripe/", forbidden + "200"),
        .init("PUT /api/admin/payment-gateways/stripe/", forbidden + "200", #"{"display_order": 1}"#),
        .init("PATCH /api/admin/payment-gateways/stripe/", forbidden + "200", #"{"display_order": 2}"#),
        .init(
            "POST /api/admin/payment-gateways/stripe/logo/", forbidden + "200",
            .form(part: "logo", CommerceTable.picture)),
        .init("DELETE /api/admin/payment-gateways/stripe/logo/", forbidden + "200"),
    ]

    private static let desk: [PermissionRow] = [
        .init("GET /api/admin/payments/", forbidden + "200"),
        .init("GET /api/admin/payments/totals/?user={user}", forbidden + "200"),
        .init("GET /api/admin/payments/{payment}/", forbidden + "200"),
        .init("POST /api/admin/payments/{authorized}/capture/", forbidden + "200", "{}"),
        .init("POST /api/admin/payments/{payment}/cancel/", forbidden + "200", "{}"),
        .init("POST /api/admin/payments/{completed}/refund/", forbidden + "201", #"{"reason": "x"}"#),
        .init("GET /api/admin/refunds/", forbidden + "200"),
        .init("GET /api/admin/refunds/{refund}/", forbidden + "200"),
        .init("GET /api/admin/refunds/{refund}/goods/", forbidden + "200"),
        .init("GET /api/admin/refunds/{refund}/papers/", forbidden + "200"),
        .init("POST /api/admin/refunds/{refund}/approve/", forbidden + "200", "{}"),
        .init("POST /api/admin/refunds/{refund}/reject/", forbidden + "200", #"{"reason": "x"}"#),
        .init("GET /api/admin/disputes/", forbidden + "200"),
        .init("GET /api/admin/webhook-events/", forbidden + "200"),
        .init("GET /api/admin/webhook-events/{event}/", forbidden + "200"),
        .init("POST /api/admin/webhook-events/{event}/replay/", forbidden + "200"),
        .init("GET /api/admin/ledger/", forbidden + "200"),
    ]

    /// Who knows a payment's reference may choose on its page, as at every gateway.
    private static let sandbox: [PermissionRow] = [
        .init("GET /sandbox/pay/{reference}/", open),
        .init("POST /sandbox/pay/{reference}/", moved, #"{"outcome": "challenge"}"#),
        .init("GET /sandbox/pay/{reference}/challenge/", open),
        .init("POST /sandbox/pay/{reference}/challenge/", moved, #"{"answer": "confirm"}"#),
        .init("GET /sandbox/payments/{reference}/", forbidden + "200"),
        .init("POST /sandbox/payments/{reference}/", forbidden + "200", #"{"action": "pay"}"#),
        .init("GET /sandbox/webhooks/", forbidden + "200"),
        .init("PUT /sandbox/webhooks/", forbidden + "200", "{}"),
        .init("POST /sandbox/setups/{setup}/", "201 201 201 201 201 201", "{}"),
    ]

    private static let moved = "303 303 303 303 303 303"
}
