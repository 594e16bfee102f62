import LiveSettings
import Modules
import Primitives

extension Settings {
    /// Returns what rooms cannot use of these settings, the first fault of each; none where all can be used.
    static func problems(_ layers: SettingsLayers) -> [SettingsError] {
        do {
            let shop = try ShopSettings(layers)
            return Rooms.settings.compactMap { problem(of: $0, layers, shop) }
        } catch {
            return [described(error)]
        }
    }

    private static func problem(
        of room: any ModuleSettings.Type, _ layers: SettingsLayers, _ shop: ShopSettings
    ) -> SettingsError? {
        do {
            _ = try room.init(layers, shop)
            return nil
        } catch {
            return described(error)
        }
    }

    private static func described(_ error: any Error) -> SettingsError {
        error as? SettingsError ?? SettingsError("settings", "cannot be read: \(error)")
    }
}
