import Primitives
import SQL

/// The statements that write jobs, and those of a runner.
package enum JobsQueries {
    private static let rowsPerInsert = 500

    /// Inserts a job and returns its id; nil where the draft's key is claimed.
    static func insert(_ draft: JobDraft, _ tx: Transaction) throws -> JobID? {
        let id = JobID(
            rawValue: try tx.insert("INSERT INTO jobs (\(columns)) VALUES \(rows: [values(draft)])"))
        guard let key = draft.uniqueKey else { return id }
        if try insertKey(draft.kind, key.text, id, tx) { return id }
        try tx.execute("DELETE FROM jobs WHERE id = \(id)")
        return nil
    }

    static func insert(all drafts: [JobDraft], _ tx: Transaction) throws {
        for chunk in drafts.chunked(by: rowsPerInsert) {
            try tx.execute("INSERT INTO jobs (\(columns)) VALUES \(rows: chunk.map(values))")
        }
    }

    private static let columns: Query =
        "kind, payload, unique_key, unique_until, lane, priority, run_at, max_attempts, created_at, person"

    private static func values(_ draft: JobDraft) -> [SQLValue] {
        .row(
            draft.kind, draft.payload, draft.uniqueKey?.text ?? "",
            draft.uniqueKey?.release ?? .finished, draft.lane, draft.priority,
            draft.runAt, draft.maxAttempts, draft.createdAt,
            draft.person?.text ?? ""
        )
    }

    /// Returns the jobs that are due, best first. Reads a priority at a time, so that each is a range of `ix_jobs_due`.
    ///
    /// - Throws: `SQLError`.
    package static func due(
        _ lane: JobLane, kinds: [String], at now: Timestamp, limit: Int, _ connection: Connection
    ) throws -> [JobID] {
        var ids: [JobID] = []
        for priority in JobPriority.allCases where ids.count < limit {
            ids += try connection.column(
                dueQuery(lane, priority, kinds: kinds, at: now, limit: limit - ids.count, connection.dialect))
        }
        return ids
    }

    /// Returns the statement behind ``due(_:kinds:at:limit:_:)``, for tests of its plan.
    package static func dueQuery(
        _ lane: JobLane, _ priority: JobPriority, kinds: [String], at now: Timestamp, limit: Int,
        _ dialect: Dialect
    ) -> Query {
        """
        SELECT id FROM jobs \(dialect.through("ix_jobs_due")) WHERE state = \(JobState.ready) AND lane = \(lane) AND priority = \(priority)
        AND run_at <= \(now) AND kind IN (\(list: kinds)) ORDER BY run_at LIMIT \(limit)
        """
    }

    /// Takes those of `ids` that nobody else has taken since they were read: a compare-and-swap on each row.
    ///
    /// - Throws: `SQLError`.
    package static func claim(
        _ ids: [JobID], for owner: String, at now: Timestamp, until lease: Timestamp, _ tx: Transaction
    ) throws -> [ClaimedJob] {
        let found = try tx.execute(
            """
            UPDATE jobs SET state = \(JobState.running), lease_owner = \(owner), lease_until = \(lease),
            attempts = attempts + 1
            WHERE id IN (\(list: ids)) AND state = \(JobState.ready) AND run_at <= \(now)
            """)
        guard found > 0 else { return [] }
        let claimed: [ClaimedJob] = try tx.all(
            """
            SELECT \(ClaimedJob.columns) FROM jobs
            WHERE id IN (\(list: ids)) AND state = \(JobState.running) AND lease_owner = \(owner)
            ORDER BY priority, run_at, id
            """)
        for job in claimed where job.uniqueUntil == .started { try releaseKey(of: job, tx) }
        return claimed
    }

    /// Ends the job and deletes its row; returns false where this attempt no longer holds it.
    static func finish(_ job: ClaimedJob, _ tx: Transaction) throws -> Bool {
        guard try tx.execute("DELETE FROM jobs WHERE \(claimed(job))") == 1 else { return false }
        try releaseKey(of: job, tx)
        return true
    }

    /// Writes the verdict on a failure or a lost lease; returns false where this attempt no longer holds the job, or
    /// where its lease has not run out by `moment`.
    static func recordFailure(
        _ job: ClaimedJob, _ verdict: JobVerdict, expiredBy moment: Timestamp? = nil, _ tx: Transaction
    ) throws -> Bool {
        let expired: Query = moment.map { "AND lease_until <= \($0)" } ?? .empty
        let found = try tx.execute(
            """
            UPDATE jobs SET state = \(verdict.state), run_at = \(verdict.runAt), failures = \(verdict.failures),
            losses = \(verdict.losses), last_error = \(verdict.reason), died_at = \(verdict.diedAt),
            lease_owner = '', lease_until = 0
            WHERE \(claimed(job)) \(expired)
            """)
        guard found == 1 else { return false }
        if verdict.state == .dead { try releaseKey(of: job, tx) }
        return true
    }

    /// Releases jobs that were taken but not begun, or broken off by a shutdown.
    static func release(_ jobs: [ClaimedJob], _ tx: Transaction) throws {
        for job in jobs {
            try tx.execute(
                "UPDATE jobs SET state = \(JobState.ready), lease_owner = '', lease_until = 0 WHERE \(claimed(job))")
        }
    }

    /// Extends the leases of those among `ids` that `owner` still holds.
    static func extendLeases(_ ids: [JobID], of owner: String, until lease: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE jobs SET lease_until = \(lease)
            WHERE id IN (\(list: ids)) AND state = \(JobState.running) AND lease_owner = \(owner)
            """)
    }

    /// Returns jobs whose lease ran out: their runner was killed, or cut off from the database.
    static func expired(at now: Timestamp, limit: Int, _ connection: Connection) throws -> [ClaimedJob] {
        try connection.all(
            """
            SELECT \(ClaimedJob.columns) FROM jobs
            WHERE state = \(JobState.running) AND lease_until <= \(now) LIMIT \(limit)
            """)
    }

    private static func claimed(_ job: ClaimedJob) -> Query {
        """
        id = \(job.id) AND state = \(JobState.running) AND lease_owner = \(job.owner) AND attempts = \(job.attempt)
        """
    }

    static func insertKey(_ kind: String, _ key: String, _ id: JobID, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            \(tx.dialect.insertOrIgnore) job_unique_keys (kind, unique_key, job_id) VALUES (\(kind), \(key), \(id))
            """) == 1
    }

    private static func releaseKey(of job: ClaimedJob, _ tx: Transaction) throws {
        guard !job.uniqueKey.isEmpty else { return }
        try releaseKey(job.kind, job.uniqueKey, job.id, tx)
    }

    static func releaseKey(_ kind: String, _ key: String, _ id: JobID, _ tx: Transaction) throws {
        try tx.execute(
            "DELETE FROM job_unique_keys WHERE kind = \(kind) AND unique_key = \(key) AND job_id = \(id)")
    }
}
