import SQL

/// Makes the table of what staff have set.
enum SettingsSchema {
    static let migrations = [Migration(23, "settings", steps)]

    static let steps: [Migration.Step] = [.create(settings)]

    /// One row for each setting that was ever saved; one that was taken back is empty. The highest version is that of the
    /// whole, so rows are never deleted.
    private static let settings = Table("shop_settings") {
        // As the environment has it.
        Column("name", .text(60), .primaryKey)
        // Sealed where it is a secret.
        Column("value", .longText)
        Column("version", .integer)
        Column("updated_at", .timestamp)
    }
}
