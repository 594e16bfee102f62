import LiveSettings
import Primitives

/// Everything that a start would refuse of the settings, not its first fault alone.
enum SettingFaults {
    /// Returns the faults, each by its setting; none where a shop can be made of the settings.
    static func all(of source: any SettingsSource) -> [SettingsError] {
        var faults: [SettingsError] = []
        var hidden: Set<String> = []
        while let fault = first(of: Without(source, hidden)) {
            let isKnown = faults.contains { $0.key == fault.key }
            if !isKnown { faults.append(fault) }
            // What is missing cannot be hidden: then the rooms are asked one by one.
            guard hidden.insert(fault.key).inserted else { break }
        }
        let others = Settings.problems(SettingsLayers(Without(source, hidden)))
        return faults + others.filter { other in !faults.contains { $0.key == other.key } }
    }

    private static func first(of source: Without) -> SettingsError? {
        do {
            _ = try Settings(source)
            return nil
        } catch {
            return error as? SettingsError ?? SettingsError("The settings", "cannot be read: \(error)")
        }
    }

    /// The settings of another source without some of them.
    private struct Without: SettingsSource {
        let source: any SettingsSource
        let hidden: Set<String>

        init(_ source: any SettingsSource, _ hidden: Set<String>) {
            self.source = source
            self.hidden = hidden
        }

        func text(_ name: String) -> String? { hidden.contains(name) ? nil : source.text(name) }
    }
}
