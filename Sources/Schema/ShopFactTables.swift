import SQL

/// What the shop knows of itself whatever its settings say: currency, the secret key's fingerprint, its id.
enum ShopFactTables {
    static let steps: [Migration.Step] = [
        .create(
            Table("shop_facts") {
                Column("name", .text(60), .primaryKey)
                Column("value", .text(500))
                Column("noted_at", .timestamp)
            })
    ]
}
