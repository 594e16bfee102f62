import Jobs
import SQL

/// What is still to be erased of people, and what finds it.
enum ErasureTables {
    static let steps: [Migration.Step] =
        [.create(addresses), .create(orders), .addIndex(Index("user_id"), table: "mailbox")] + JobsSchema.personSteps
        + people

    /// Jobs that are there already say in their payloads whom they are about. MySQL 9 gives what it takes out of JSON a
    /// collation of its own (`utf8mb4_0900_bin`), which goes with no literal of ours.
    private static let people: [Migration.Step] = [
        .only(
            .sqlite,
            """
            UPDATE jobs SET person = COALESCE('user:' || json_extract(payload, '$.userID'),
            lower(json_extract(payload, '$.recipient')), '') WHERE person = ''
            """),
        .only(
            .mysql,
            """
            UPDATE jobs SET person = COALESCE(
            CONCAT('user:', CONVERT(JSON_VALUE(payload, '$.userID') USING utf8mb4) COLLATE utf8mb4_bin),
            LOWER(CONVERT(JSON_VALUE(payload, '$.recipient') USING utf8mb4) COLLATE utf8mb4_bin), '')
            WHERE person = ''
            """),
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
