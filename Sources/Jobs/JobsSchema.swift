import SQL

/// The tables of the job queue, for the migrations of `Schema`.
public enum JobsSchema {
    /// The tables, each with all its columns and indexes.
    public static let tables: [Table] = [jobs, uniqueKeys, cron]

    /// One index serves the queue: its first column finds what runs or is dead, its whole length what is due next in a
    /// lane. `person` is whom a job is about.
    private static let jobs = Table("jobs") {
        Column.id
        Column("kind", .text(100))
        Column("payload", .json)
        Column("person", .text(JobPerson.maxLength), .defaultText(""))
        Column("unique_key", .text(UniqueKey.maxLength), .defaultText(""))
        Column("unique_until", .integer, .defaultInteger(0))
        Column("lane", .integer)
        Column("priority", .integer)
        Column("state", .integer, .defaultInteger(0))
        Column("run_at", .timestamp)
        Column("attempts", .integer, .defaultInteger(0))
        Column("failures", .integer, .defaultInteger(0))
        Column("losses", .integer, .defaultInteger(0))
        Column("max_attempts", .integer)
        Column("lease_owner", .text(64), .defaultText(""))
        Column("lease_until", .timestamp, .defaultInteger(0))
        Column("last_error", .text(JobFailure.maxReason), .null)
        Column("created_at", .timestamp)
        Column("died_at", .timestamp, .null)
        Index("state", "lane", "priority", "run_at", "kind", name: "ix_jobs_due")
        Index("person")
    }

    /// The indexes by which staff order the jobs of a list, with what their filters compare.
    public static let listSteps: [Migration.Step] = [
        .addIndex(Index("state", "id", "kind", name: "ix_jobs_state"), table: "jobs"),
        .addIndex(Index("run_at", "id", "state", "kind", name: "ix_jobs_run_at"), table: "jobs"),
        .addIndex(Index("attempts", "id", "state", "kind", name: "ix_jobs_attempts"), table: "jobs"),
    ]

    private static let uniqueKeys = Table("job_unique_keys") {
        Column("kind", .text(100))
        Column("unique_key", .text(UniqueKey.maxLength))
        Column("job_id", .integer)
        Constraint.primaryKey(["kind", "unique_key"])
    }

    private static let cron = Table("job_cron") {
        Column("name", .text(100), .primaryKey)
        Column("next_slot", .timestamp)
        Column("last_slot", .timestamp, .null)
    }
}
