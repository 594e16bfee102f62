import SQL

/// Makes the tables that all apps share.
enum CommerceSchema {
    static let migrations = [Migration(3, "commerce", steps)]

    static let steps: [Migration.Step] =
        [.create(revision), .create(keyLocks), .create(facts)] + slotRows

    /// A number that moves with whatever lists of products show, spread over slots that writers do not share.
    private static let revision = Table("catalog_revision") {
        Column("slot", .integer, .primaryKey)
        Column("revision", .integer)
    }

    /// Keys that transactions hold where what they count has no row of its own.
    private static let keyLocks = Table("key_locks") {
        // SHA-256 of the key, in hexadecimal.
        Column("name", .text(64), .primaryKey)
        Column("held_at", .timestamp)
        Index("held_at")
    }

    /// What the shop knows of itself whatever its settings say: currency, the secret key's fingerprint, its id.
    private static let facts = Table("shop_facts") {
        Column("name", .text(60), .primaryKey)
        Column("value", .text(500))
        Column("noted_at", .timestamp)
    }

    private static let slotRows: [Migration.Step] = [
        .only(.sqlite, "INSERT OR IGNORE INTO catalog_revision (slot, revision) VALUES \(slots)"),
        .only(.mysql, "INSERT IGNORE INTO catalog_revision (slot, revision) VALUES \(slots)"),
    ]

    private static let slots = (0..<16).map { "(\($0), 0)" as Query }.joined(by: ", ")
}
