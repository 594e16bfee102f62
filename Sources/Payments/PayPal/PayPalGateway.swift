import Commerce
import Primitives

/// PayPal's Orders v2 and Payments v2 (developer.paypal.com/docs/api/orders/v2, …/payments/v2), for payers with a PayPal account.
///
/// The payer approves an order on PayPal's page; the capture, or with intent `authorize` the authorization, is then the shop's to make.
public struct PayPalGateway: PaymentGateway {
    /// The keys of its configuration. `mode` chooses between PayPal's two addresses where `api_base` is not set; `ca_file` has the
    /// roots of webhooks' certificates under another `api_base`.
    public static let keys: [GatewayConfiguration.Key] = [
        .init("client_id", "PAYPAL_CLIENT_ID", .text),
        .init("secret", "PAYPAL_SECRET", .secret),
        .init("webhook_id", "PAYPAL_WEBHOOK_ID", .text),
        .init("mode", "PAYPAL_MODE", .choice(["live", "sandbox"])),
        .init("api_base", "PAYPAL_API_BASE", .address),
        .init("intent", "PAYPAL_INTENT", .choice(["capture", "authorize"])),
        .init("ca_file", "PAYPAL_CA_FILE", .text),
    ]

    let settings: PayPalSettings
    let client: PayPalClient
    let certificates: PayPalCertificates

    /// Sets the gateway up; nil where the client's id or secret is missing.
    public init?(_ configuration: GatewayConfiguration, _ channel: GatewayChannel) {
        guard let settings = PayPalSettings(configuration) else { return nil }
        self.settings = settings
        self.client = PayPalClient(settings, channel)
        self.certificates = PayPalCertificates(settings, channel)
    }

    /// `paypal`.
    public var code: GatewayCode { .paypal }
    /// The client's id, with which PayPal's buttons are loaded in a browser; the page to go to needs none.
    public var publicKey: String? { settings.clientID }
    /// Whether it is PayPal's sandbox, by `mode`, else by the address.
    public var isTest: Bool { settings.isTest }
    /// `paypal` alone.
    public var methods: [String] { ["paypal"] }
    /// PayPal's 25 currencies.
    public var amounts: GatewayAmounts { PayPalAmounts.table }
    /// True for intent `capture`: what the payer approves is captured without staff's word.
    public var capturesAutomatically: Bool { !settings.authorizes }
    /// Six hours: PayPal keeps the ids of requests to orders for that long, those to payments for 45 days.
    public var keyLifetime: TimeSpan { .hours(6) }
}
