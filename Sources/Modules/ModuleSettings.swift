import Primitives

/// The settings of one room. The composition root reads all of them at the start, so that an invalid value is refused
/// before anything is opened.
public protocol ModuleSettings: Sendable {
    /// Reads the room's settings.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    init(_ source: any SettingsSource, _ shop: ShopSettings) throws

    /// The settings that a shop on the open network should change.
    var findings: [CheckFinding] { get }
}

extension ModuleSettings {
    /// No findings, unless a room has its own.
    public var findings: [CheckFinding] { [] }
}
