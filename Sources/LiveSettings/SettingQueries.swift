import Primitives
import SQL

/// A setting as staff have saved it; empty where they took it back.
struct SettingRow: Sendable {
    var name = ""
    /// Sealed where the setting is a secret.
    var value = ""
    var version = 0
    var updatedAt = Timestamp(seconds: 0)
}

extension SettingRow: Record {
    static let columns = Columns<SettingRow>(
        .column("name", \.name), .column("value", \.value), .column("version", \.version),
        .column("updated_at", \.updatedAt))
}

/// The statements of `shop_settings`.
enum SettingQueries {
    static func all(_ connection: Connection) throws -> [SettingRow] {
        try connection.all("SELECT \(SettingRow.columns) FROM shop_settings")
    }

    /// The highest version; 0 where nothing was ever saved. Few rows, so that asking often costs next to nothing.
    static func version(_ connection: Connection) throws -> Int {
        try connection.value("SELECT COALESCE(MAX(version), 0) FROM shop_settings") ?? 0
    }

    static func save(_ row: SettingRow, _ tx: Transaction) throws {
        let known = try tx.execute("UPDATE shop_settings SET \(set: try row.values()) WHERE name = \(row.name)")
        if known == 0 { try tx.execute("INSERT INTO shop_settings \(insert: try row.values())") }
    }
}
