import Commerce
import Primitives

/// Payments over Razorpay's orders.
///
/// An order is made for the payer, whose browser opens Razorpay's checkout with it; each attempt there is a payment of
/// that order, of which at most one is captured. Orders and captures have no idempotency keys: what may have been made
/// is looked up by the order's receipt, which is our own id. https://razorpay.com/docs/api/
public struct RazorpayGateway: PaymentGateway {
    /// The keys of its configuration with their names in the environment.
    public static let keys = [
        GatewayConfiguration.Key("key_id", "RAZORPAY_KEY_ID", .text),
        GatewayConfiguration.Key("key_secret", "RAZORPAY_KEY_SECRET", .secret),
        GatewayConfiguration.Key("webhook_secret", "RAZORPAY_WEBHOOK_SECRET", .secret),
        GatewayConfiguration.Key("api_base", "RAZORPAY_API_BASE", .address),
        GatewayConfiguration.Key("capture_method", "RAZORPAY_CAPTURE", .choice(["automatic", "manual"])),
    ]

    /// Razorpay's own server.
    static let live = "https://api.razorpay.com"

    /// The code `razorpay`.
    public let code = GatewayCode.razorpay
    /// The methods that are offered by name; the checkout may offer more.
    public let methods = ["card", "upi", "netbanking", "wallet"]
    /// Razorpay's currencies.
    public let amounts = RazorpayAmounts.table
    /// Whether orders are made with `capture: automatic`, unless the configuration says `manual`.
    public let capturesAutomatically: Bool
    /// Zero: neither an order nor a capture has a key. Refunds do, for an unsaid time.
    public let keyLifetime = TimeSpan.seconds(0)

    let api: RazorpayAPI
    let webhookSecrets: [String]

    /// Creates a gateway of this configuration; nil where it lacks the key's id or secret.
    public init?(_ configuration: GatewayConfiguration, over channel: GatewayChannel) {
        guard let keyID = configuration["key_id"], let keySecret = configuration["key_secret"] else { return nil }
        let base = configuration["api_base"] ?? Self.live
        api = RazorpayAPI(keyID: keyID, keySecret: keySecret, base: base, channel: channel)
        webhookSecrets = configuration.rotation("webhook_secret")
        capturesAutomatically = configuration["capture_method"] != "manual"
    }

    /// The key's id.
    public var publicKey: String? { api.keyID }
    /// Whether the key is one of the test mode.
    public var isTest: Bool { Self.isTest(api.keyID) }

    /// Returns whether a key's id is one of the test mode.
    static func isTest(_ keyID: String) -> Bool { keyID.begins(with: "rzp_test_") }

    /// Makes an order; https://razorpay.com/docs/api/orders/create/. The payer's part is the checkout in the browser.
    ///
    /// - Throws: `GatewayError.unsupported` for an amount that cannot be said, and for an id that is no receipt.
    public func create(_ draft: GatewayDraft, key: String) async throws -> GatewayPayment {
        guard draft.transactionID.unicodeScalars.count <= 40 else {
            throw GatewayError.unsupported("Razorpay takes no receipt of more than 40 characters.")
        }
        let body: [String: JSONValue] = [
            "amount": try units(draft.amount, draft.currency),
            "currency": .string(draft.currency.code),
            "receipt": .string(draft.transactionID),
            "notes": .object([
                "transaction_id": .string(draft.transactionID), "order_number": .string(draft.orderNumber),
            ]),
            "payment": captureSettings,
        ]
        let order = try await api.post("orders", body, .unsafe, "create order")
        return try report(order, [], GatewayLookup(transactionID: draft.transactionID), in: draft.currency)
    }

    /// Says how payments of an order are captured, whatever the account's setting is: by itself whenever the
    /// authorization comes, or by us until the last moment that Razorpay allows (7,200 minutes), after which it is
    /// given back. https://razorpay.com/docs/payments/payments/capture-settings/api/
    private var captureSettings: JSONValue {
        var options: [String: JSONValue] = ["manual_expiry_period": .number("7200"), "refund_speed": .string("normal")]
        if capturesAutomatically { options["automatic_expiry_period"] = .number("7200") }
        return .object([
            "capture": .string(capturesAutomatically ? "automatic" : "manual"), "capture_options": .object(options),
        ])
    }

    func units(_ amount: Money, _ currency: Currency) throws(GatewayError) -> JSONValue {
        guard let units = amounts.units(amount, currency) else {
            throw .unsupported("Razorpay cannot take this amount in \(currency.code).")
        }
        return .number(String(units))
    }

    func report(
        _ order: RazorpayEntity, _ payments: [RazorpayEntity], _ names: GatewayLookup, in currency: Currency
    ) throws(GatewayError) -> GatewayPayment {
        try RazorpayReports.order(order, payments, names, publicKey: api.keyID, in: currency)
    }
}
