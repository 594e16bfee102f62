import Commerce
import Modules
import Primitives

/// The settings of gateways in the environment: those that ``GatewayConfiguration`` takes before what staff have saved.
public struct GatewaySettings: ModuleSettings {
    static let keys: [GatewayCode: [GatewayConfiguration.Key]] = [
        .stripe: StripeGateway.keys, .paypal: PayPalGateway.keys, .razorpay: RazorpayGateway.keys,
    ]

    /// What a shop that takes money should change: other servers than the gateways', and test keys.
    public let findings: [CheckFinding]

    /// Reads the settings of every gateway.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used, without its value.
    public init(_ source: any SettingsSource, _ shop: ShopSettings) throws {
        findings = try GatewayCode.allCases.flatMap { code in
            let keys = Self.keys[code] ?? []
            for key in keys {
                if let reason = source.text(key.setting).flatMap(key.refusal) {
                    throw SettingsError(key.setting, "cannot be used: \(reason)")
                }
            }
            return GatewayConfiguration([:]).overridden(by: source, keys).findings(of: code, keys)
        }
    }
}

extension GatewayConfiguration {
    /// Returns what a shop that takes money should change of this configuration, by the names of the settings.
    func findings(of code: GatewayCode, _ keys: [Key]) -> [CheckFinding] {
        let base = keys.first { $0.name == "api_base" }
        let elsewhere =
            base.flatMap { key in
                self[key.name] == nil || isVendors(code)
                    ? nil : CheckFinding(key.setting, "is not the gateway's own server: payments go there")
            }
        let test = testSetting(code).map { CheckFinding($0, "belongs to the gateway's test mode: no money moves") }
        return [elsewhere, test].compactMap { $0 }
    }

    private func isVendors(_ code: GatewayCode) -> Bool {
        switch code {
        case .stripe: self["api_base"] == StripeSettings.live
        case .paypal: [PayPalSettings.live, PayPalSettings.sandbox].contains(self["api_base"])
        case .razorpay: self["api_base"] == RazorpayGateway.live
        case .cashOnDelivery, .manual, .sandbox: true
        }
    }

    /// Returns the name of the setting by which this is a test configuration; nil where money moves.
    private func testSetting(_ code: GatewayCode) -> String? {
        switch code {
        case .stripe: StripeSettings(self)?.isTest == true ? "STRIPE_SECRET_KEY" : nil
        case .paypal:
            if self["mode"] == "sandbox" {
                "PAYPAL_MODE"
            } else {
                self["mode"] == nil && self["api_base"] == PayPalSettings.sandbox ? "PAYPAL_API_BASE" : nil
            }
        case .razorpay: self["key_id"].map(RazorpayGateway.isTest) == true ? "RAZORPAY_KEY_ID" : nil
        case .cashOnDelivery, .manual, .sandbox: nil
        }
    }
}
