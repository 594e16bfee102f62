import SQL

/// Makes the table of what finds the rest that is to be erased of people.
enum PrivacySchema {
    static let migrations = [Migration(16, "privacy", steps)]

    static let steps: [Migration.Step] = [
        .create(addresses)
    ]

    /// The addresses of an erased user, while a job looks for what was left under them.
    private static let addresses = Table("erasure_addresses") {
        Column("user_id", .integer)
        Column("email", .text(254))
        Column("until_at", .timestamp)
        Constraint.primaryKey(["user_id", "email"])
    }
}
