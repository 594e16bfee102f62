import Commerce
import Modules
import Outbound
import Primitives

/// The settings of outgoing webhooks.
public struct WebhooksSettings: ModuleSettings {
    /// Private networks that may be called (`WEBHOOK_ALLOWED_NETWORKS`, none by default).
    let allowed: [PeerNetwork]
    /// The age at which an event's data is cleared (`WEBHOOK_PAYLOAD_DAYS`, 30 by default); nil keeps it as long as its
    /// deliveries.
    let payloads: TimeSpan?
    /// The age at which deliveries are deleted (`WEBHOOK_DAYS`, 90 by default); nil keeps them for ever.
    let deliveries: TimeSpan?
    /// The addresses that are told of a receiver that was switched off: `STAFF_EMAIL`, the shop's own sender by default.
    let staff: [String]

    /// Reads the settings.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public init(_ source: any SettingsSource, _ shop: ShopSettings) throws {
        allowed = try source.list("WEBHOOK_ALLOWED_NETWORKS").map { text in
            guard let network = PeerNetwork(text) else {
                throw SettingsError("WEBHOOK_ALLOWED_NETWORKS", "holds what is no network: \(text)")
            }
            return network
        }
        payloads = try source.retention("WEBHOOK_PAYLOAD_DAYS", orDays: 30)
        deliveries = try source.retention("WEBHOOK_DAYS", orDays: 90)
        staff = try source.staffAddresses()
    }

    /// Networks that webhooks may reach although nobody outside does.
    public var findings: [CheckFinding] {
        guard !allowed.isEmpty else { return [] }
        return [
            CheckFinding(
                "WEBHOOK_ALLOWED_NETWORKS", "lets whoever edits webhooks have the shop call machines of these networks")
        ]
    }
}
