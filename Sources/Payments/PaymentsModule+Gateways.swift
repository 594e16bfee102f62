import Commerce
import Modules
import Outbound
import Primitives

/// The gateways that the shop knows, in the order in which customers see them.
extension PaymentsModule {
    static func kinds(_ sandbox: SandboxGateway?, taking currency: Currency) -> [GatewayDirectory.Kind] {
        let online: [GatewayDirectory.Kind] = [
            .init(.stripe, "Card", keys: StripeGateway.keys) { StripeGateway($0, over: $1.channel) },
            .init(.paypal, "PayPal", keys: PayPalGateway.keys) { PayPalGateway($0, $1.channel) },
            .init(.razorpay, "Razorpay", keys: RazorpayGateway.keys) { RazorpayGateway($0, over: $1.channel) },
            .init(.sandbox, "Sandbox", keys: []) { _, _ in sandbox },
        ]
        let offline = [(GatewayCode.cashOnDelivery, "Cash on delivery"), (.manual, "Outside of gateways")]
        return online
            + offline.map { code, name in
                GatewayDirectory.Kind(code, name, keys: []) { _, _ in OfflineGateway(code, taking: [currency]) }
            }
    }

    static func sandbox(_ context: ModuleContext, _ settings: SandboxSettings, _ client: HTTPClient) throws -> Sandbox {
        let address = context.address
        return Sandbox(
            database: context.database, jobs: context.jobs, client: client, secret: context.secret,
            shopName: context.shop.name, baseURL: { address.text }, isOn: settings.isOn,
            capturesAutomatically: settings.capturesAutomatically, time: context.time, random: context.random)
    }
}

/// The settings of the sandbox gateway, which is off unless it is a demonstration.
public struct SandboxSettings: ModuleSettings {
    /// Whether the sandbox is offered.
    public let isOn: Bool

    /// Whether it captures by itself what payers authorize.
    public let capturesAutomatically: Bool

    /// Reads `SANDBOX_GATEWAY` and `SANDBOX_CAPTURE_METHOD` (`automatic`, `manual`).
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public init(_ source: any SettingsSource, _ shop: ShopSettings) throws {
        isOn = try Sandbox.isOn(source, or: false)
        let method = source.text("SANDBOX_CAPTURE_METHOD", or: "automatic")
        guard ["automatic", "manual"].contains(method) else {
            throw SettingsError("SANDBOX_CAPTURE_METHOD", "is neither automatic nor manual")
        }
        capturesAutomatically = method == "automatic"
    }

    /// Says that orders can be had without paying.
    public var findings: [CheckFinding] {
        isOn ? [CheckFinding("SANDBOX_GATEWAY", "is on: everybody can pay without money")] : []
    }
}
