import Commerce
import Primitives

/// Payments by Stripe's PaymentIntents (https://docs.stripe.com/api/payment_intents).
///
/// The payer pays in the browser, by Stripe's library and the intent's client secret; a saved method is charged at
/// once.
public struct StripeGateway: MethodVault {
    let api: StripeAPI
    let settings: StripeSettings
    let reader: StripeReader

    /// Creates the gateway over its channel; nil where the configuration names no keys.
    public init?(_ configuration: GatewayConfiguration, over channel: GatewayChannel) {
        guard let settings = StripeSettings(configuration) else { return nil }
        self.settings = settings
        api = StripeAPI(channel: channel, settings: settings)
        reader = StripeReader(publicKey: settings.publicKey)
    }

    /// Stripe's code.
    public var code: GatewayCode { .stripe }
    /// The key of the browser: `pk_…`.
    public var publicKey: String? { settings.publicKey }
    /// Whether the secret key is one of test mode.
    public var isTest: Bool { settings.isTest }
    /// Cards; a payment for which no method was chosen offers whatever the account has switched on for its currency.
    public var methods: [String] { ["card"] }
    /// ``StripeAmounts``.
    public var amounts: GatewayAmounts { StripeAmounts.table }
    /// As the setting says; automatically unless it says `manual`.
    public var capturesAutomatically: Bool { settings.capturesAutomatically }
    /// A day (https://docs.stripe.com/api/idempotent_requests). Until then the same key gives the stored answer, a
    /// failure (500) too.
    public var keyLifetime: TimeSpan { .hours(24) }
}

extension StripeGateway {
    /// Returns an amount in Stripe's units.
    ///
    /// - Throws: `GatewayError.unsupported` where Stripe does not take the currency or the amount.
    func units(_ amount: Money, _ currency: Currency) throws(GatewayError) -> String {
        guard let units = amounts.units(amount, currency) else {
            throw GatewayError.unsupported("Stripe does not take this amount in \(currency.code).")
        }
        return String(units)
    }

    /// Returns Stripe's id of a payment, which is looked for where it is not known.
    ///
    /// - Throws: `GatewayError.refused` where there is none; what a call throws.
    func intent(_ names: GatewayLookup, in currency: Currency) async throws -> String {
        if let reference = names.reference { return try Self.checked(reference) }
        guard let found = try await find(names, in: currency)?.names.reference else {
            throw GatewayError.refused(status: 404, code: StripeRefusal.isMissing, "there is no such payment")
        }
        return try Self.checked(found)
    }

    /// Returns an id that may stand in a path.
    ///
    /// - Throws: `GatewayError.refused` for any other text.
    static func checked(_ id: String) throws(GatewayError) -> String {
        guard isID(id) else { throw .refused(status: 404, code: StripeRefusal.isMissing, "this is no id of Stripe's") }
        return id
    }

    /// Returns whether a text has the shape of Stripe's ids: letters, digits and `_`.
    static func isID(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 255 && text.unicodeScalars.allSatisfy(\.isPlainWord)
    }
}
