import SQL

/// Makes the tables of what is still to be erased of people, and of what finds it.
enum PrivacySchema {
    static let steps: [Migration.Step] = [
        .create(addresses), .create(orders),
    ]

    /// The addresses of an erased user, while a job looks for what was left under them.
    private static let addresses = Table("erasure_addresses") {
        Column("user_id", .integer)
        Column("email", .text(254))
        Column("until_at", .timestamp)
        Constraint.primaryKey(["user_id", "email"])
    }

    /// Orders of erased people that still name them: they are erased when they have come to their end.
    private static let orders = Table("erasure_orders") {
        Column("order_id", .integer, .primaryKey, .references("orders", onDelete: .cascade))
    }
}
