import Commerce
import Primitives
import SQL

/// The settings of a shop: the environment's, then those that staff have saved, then what a command falls back on.
public struct SettingsLayers: SettingsSource {
    /// What the process is started with.
    public let environment: any SettingsSource
    /// What staff have saved.
    public let saved: SavedSettings
    private let fallbacks: any SettingsSource

    /// Creates the layers of a process; without rows at first.
    public init(
        _ environment: any SettingsSource, saved: SavedSettings = .none,
        fallbacks: any SettingsSource = SettingsValues([:])
    ) {
        self.environment = environment
        self.saved = saved
        self.fallbacks = fallbacks
    }

    /// Returns the text under an environment name; nil where none of the layers has it.
    public func text(_ name: String) -> String? {
        environment.text(name) ?? saved.text(name) ?? fallbacks.text(name)
    }

    /// Returns these layers with other rows.
    public func with(_ saved: SavedSettings) -> SettingsLayers {
        SettingsLayers(environment, saved: saved, fallbacks: fallbacks)
    }

    func origin(of name: String) -> SettingOrigin {
        if environment.text(name) != nil { return .environment }
        return saved.text(name) == nil ? .standard : .shop
    }
}

/// The layer that a setting comes from.
enum SettingOrigin: String, WireEnum {
    /// The environment of the process, which goes before everything else.
    case environment
    /// A row that staff have saved.
    case shop
    /// Nobody has set it.
    case standard = "default"
}
