import Modules
import Primitives

/// The shop owner's settings for reviews.
public struct ReviewsSettings: ModuleSettings {
    /// Whether reviews are shown before anybody has looked at them: `REVIEWS_AUTO_APPROVE`, off by default.
    let approvesAtOnce: Bool

    /// Reads `REVIEWS_AUTO_APPROVE`.
    ///
    /// - Throws: `SettingsError` naming the key.
    public init(_ source: any SettingsSource, _ shop: ShopSettings) throws {
        approvesAtOnce = try source.flag("REVIEWS_AUTO_APPROVE", or: false)
    }
}
