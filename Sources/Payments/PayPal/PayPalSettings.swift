import Primitives

/// What the gateway was set up with.
struct PayPalSettings: Sendable {
    static let live = "https://api-m.paypal.com"
    static let sandbox = "https://api-m.sandbox.paypal.com"

    let clientID: String
    let secret: String
    /// The ids of the webhook at PayPal that point at this shop; signatures are made over one of them.
    let webhookIDs: [String]
    /// The address of the API without a final slash.
    let base: String
    /// Whether orders are made to be authorized, and captured later by staff.
    let authorizes: Bool
    let isTest: Bool
    /// The PEM file of roots under an address that is not PayPal's; nil for the system's.
    let rootsFile: String?

    /// Nil where the client's id or secret is missing.
    init?(_ configuration: GatewayConfiguration) {
        guard let clientID = configuration["client_id"], let secret = configuration["secret"] else { return nil }
        self.clientID = clientID
        self.secret = secret
        self.webhookIDs = configuration.rotation("webhook_id")
        let mode = configuration["mode"]
        self.base = configuration["api_base"] ?? (mode == "sandbox" ? Self.sandbox : Self.live)
        self.authorizes = configuration["intent"] == "authorize"
        self.isTest = mode.map { $0 == "sandbox" } ?? (base != Self.live)
        self.rootsFile = configuration["ca_file"]
    }

    /// Whether the API is PayPal's own.
    var isPayPal: Bool { base == Self.live || base == Self.sandbox }

    /// The addresses under which certificates of webhooks are taken, with a final slash.
    var certificateFolders: [String] {
        let origins: [String] =
            switch base {
            case Self.live: ["https://api.paypal.com", Self.live]
            case Self.sandbox: ["https://api.sandbox.paypal.com", Self.sandbox]
            default: [origin]
            }
        return origins.map { $0 + "/v1/notifications/certs/" }
    }

    /// The host of the base without its port.
    var host: String {
        let authority = base.cut(at: "/", keepsEmpty: false).dropFirst().first ?? ""
        return String(authority.halves(at: ":").0)
    }

    private var origin: String {
        base.cut(at: "/", cuts: 3).prefix(3).joined(separator: "/")
    }
}
