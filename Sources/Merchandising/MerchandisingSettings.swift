import Modules
import Primitives

/// The settings of what vendors bring into the catalog.
public struct MerchandisingSettings: ModuleSettings {
    /// Whether vendors' products are shown without staff having seen them.
    public let approvesVendors: Bool

    /// Reads `VENDOR_AUTO_APPROVE`.
    ///
    /// - Throws: `SettingsError` where it is neither true nor false.
    public init(_ source: any SettingsSource, _ shop: ShopSettings) throws {
        approvesVendors = try source.flag("VENDOR_AUTO_APPROVE", or: false)
    }
}
