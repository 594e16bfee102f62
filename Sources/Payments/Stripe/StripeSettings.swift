import Primitives

/// The settings of an account at Stripe.
struct StripeSettings: Sendable {
    /// Stripe's own server.
    static let live = "https://api.stripe.com"

    /// The key of the server, which may do everything.
    let secretKey: String
    /// The key of the browser.
    let publicKey: String
    /// The secrets of the webhook's endpoint, the newest first; during a rotation there are two.
    let webhookSecrets: [String]
    /// The address of the API without a final slash.
    let base: String
    /// Whether Stripe captures by itself what the payer authorizes.
    let capturesAutomatically: Bool

    /// Reads the settings; nil where one of the two keys is missing.
    init?(_ configuration: GatewayConfiguration) {
        guard let secretKey = configuration["secret_key"], let publicKey = configuration["public_key"] else {
            return nil
        }
        self.secretKey = secretKey
        self.publicKey = publicKey
        webhookSecrets = configuration.rotation("webhook_secret")
        base = (configuration["api_base"] ?? Self.live).withoutFinalSlashes
        capturesAutomatically = configuration["capture_method"] != "manual"
    }

    /// Whether no money moves. Keys name their mode (https://docs.stripe.com/keys): `sk_live_…` and restricted ones,
    /// `rk_live_…`.
    var isTest: Bool { !(secretKey.begins(with: "sk_live_") || secretKey.begins(with: "rk_live_")) }
}

extension StripeGateway {
    /// The keys of its configuration with the settings that name them in the environment.
    public static let keys: [GatewayConfiguration.Key] = [
        .init("secret_key", "STRIPE_SECRET_KEY", .secret),
        .init("public_key", "STRIPE_PUBLIC_KEY", .text),
        .init("webhook_secret", "STRIPE_WEBHOOK_SECRET", .secret),
        .init("api_base", "STRIPE_API_BASE", .address),
        .init("capture_method", "STRIPE_CAPTURE_METHOD", .choice(["automatic", "manual"])),
    ]
}
