import Primitives
import SQL

/// What staff have saved, as it is at one moment.
public struct SavedSettings: SettingsSource {
    /// Counts the changes; 0 where nothing was ever saved.
    public let version: Int
    /// The names of secrets that were sealed under another key: as good as unset.
    public let lost: [String]
    private let values: [String: String]

    /// Nothing saved.
    public static let none = SavedSettings(version: 0, values: [:], lost: [])

    private init(version: Int, values: [String: String], lost: [String]) {
        self.version = version
        self.values = values
        self.lost = lost
    }

    /// Opens rows; those of settings that this program does not know are passed over.
    init(_ rows: [SettingRow], _ box: SecretBox) {
        var (values, lost): ([String: String], [String]) = ([:], [])
        for row in rows where !row.value.isEmpty {
            guard let setting = ShopSetting.all.first(where: { $0.key == row.name }) else { continue }
            if !setting.kind.isSecret {
                values[row.name] = row.value
            } else if let text = try? box.open(row.value, context: row.name) {
                values[row.name] = text
            } else {
                lost.append(row.name)
            }
        }
        self.init(version: rows.map(\.version).max() ?? 0, values: values, lost: lost)
    }

    /// Reads what is saved.
    ///
    /// - Throws: `SQLError`.
    public static func read(_ secret: SecretKey, _ connection: Connection) throws -> SavedSettings {
        SavedSettings(try SettingQueries.all(connection), SecretBox(secret, purpose: SettingsService.purpose))
    }

    /// Reads the version alone.
    ///
    /// - Throws: `SQLError`.
    public static func version(_ connection: Connection) throws -> Int { try SettingQueries.version(connection) }

    /// The names of what is set.
    public var names: [String] { values.keys.sorted() }

    /// Returns the text under an environment name; nil where none is saved.
    public func text(_ name: String) -> String? { values[name] }

    /// Returns what is left without a setting; without any where `name` is nil.
    public func leaving(_ name: String?) -> SavedSettings {
        SavedSettings(
            version: version, values: name == nil ? [:] : values.filter { $0.key != name }, lost: lost)
    }

    /// Returns what is saved after a change, in which an empty text takes a setting back.
    func changed(by change: [String: String]) -> SavedSettings {
        SavedSettings(
            version: version + 1, values: values.merging(change) { $1 }.filter { !$0.value.isEmpty },
            lost: lost.filter { change[$0] == nil })
    }
}
