import Primitives

/// What a room reads of the settings. The composition root reads all of them at the start, so that a value that cannot be used is
/// refused before anything is opened.
public protocol ModuleSettings: Sendable {
    /// Reads the room's settings.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    init(_ source: any SettingsSource, _ shop: ShopSettings) throws

    /// What a shop on the open network should set otherwise.
    var findings: [CheckFinding] { get }
}

extension ModuleSettings {
    public var findings: [CheckFinding] { [] }
}
