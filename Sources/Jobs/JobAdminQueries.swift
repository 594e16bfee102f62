import Primitives
import SQL

/// The statements of the administration and the command line.
package enum JobAdminQueries {
    static func counts(at now: Timestamp, _ connection: Connection) throws -> JobCounts {
        let byState: [JobState: Int] = Dictionary(
            uniqueKeysWithValues: try connection.tuples("SELECT state, COUNT(*) FROM jobs GROUP BY state"))
        let due: Int =
            try connection.value(
                "SELECT COUNT(*) FROM jobs WHERE state = \(JobState.ready) AND run_at <= \(now)") ?? 0
        let ready = byState[.ready] ?? 0
        return JobCounts(
            due: due, scheduled: max(0, ready - due), running: byState[.running] ?? 0, dead: byState[.dead] ?? 0)
    }

    static func countQuery(_ filter: JobFilter) -> Query { "SELECT COUNT(*) FROM jobs WHERE \(filter.condition)" }

    /// Returns the statement that finds a page of a list: its ids first, by an index that has all that it asks for, so that
    /// payloads are read of the page alone. Those of one kind in the order of their age are read until the page is full.
    package static func pageQuery(
        _ filter: JobFilter, by order: JobOrder = .newestFirst, limit: Int, offset: Int, _ dialect: Dialect
    ) -> Query {
        .page(
            of: JobRecord.columns, from: "jobs", through: filter.walk(order, dialect), where: filter.condition,
            by: order.sql, "LIMIT \(limit) OFFSET \(offset)")
    }

    static func list(
        _ filter: JobFilter, by order: JobOrder, limit: Int, offset: Int, _ connection: Connection
    ) throws -> [JobRecord] {
        try connection.all(pageQuery(filter, by: order, limit: limit, offset: offset, connection.dialect))
    }

    /// Returns a query for the jobs that a search means. Only what a runner has taken can have an error: the others are passed
    /// over by the index.
    static func matches(_ text: String) -> Query {
        let part = text.lowercased()
        var found: [Query] = [
            "SELECT id FROM jobs WHERE INSTR(LOWER(kind), \(part)) > 0",
            "SELECT id FROM jobs WHERE attempts > 0 AND INSTR(LOWER(last_error), \(part)) > 0",
        ]
        if let number = Int64(text) { found.append("SELECT id FROM jobs WHERE id = \(number)") }
        return found.joined(by: " UNION ")
    }

    static func job(_ id: JobID, _ connection: Connection) throws -> JobRecord? {
        try connection.first("SELECT \(JobRecord.columns) FROM jobs WHERE id = \(id)")
    }

    static func dead(after id: JobID, limit: Int, _ connection: Connection) throws -> [JobID] {
        try connection.column(
            "SELECT id FROM jobs WHERE state = \(JobState.dead) AND id > \(id) ORDER BY id LIMIT \(limit)")
    }

    /// Makes those of `ids` ready that are dead, with their failures reset, and returns how many; one whose key another job
    /// holds by now stays dead.
    static func requeue(_ ids: [JobID], at now: Timestamp, _ tx: Transaction) throws -> Int {
        let found = try tx.all(
            "SELECT id, kind, unique_key, state FROM jobs WHERE id IN (\(list: ids)) \(tx.dialect.forUpdate)"
        ) {
            (id: try $0(JobID.self), kind: try $0(String.self), key: try $0(String.self), state: try $0(JobState.self))
        }
        let free = try found.filter { job in
            guard job.state == .dead else { return false }
            return try job.key.isEmpty || JobsQueries.insertKey(job.kind, job.key, job.id, tx)
        }
        guard !free.isEmpty else { return 0 }
        return try tx.execute(
            """
            UPDATE jobs SET state = \(JobState.ready), run_at = \(now), failures = 0, losses = 0, died_at = NULL
            WHERE id IN (\(list: free.map(\.id))) AND state = \(JobState.dead)
            """)
    }

    /// Deletes a job that is not running; returns false where it is running or gone.
    static func discard(_ id: JobID, _ tx: Transaction) throws -> Bool {
        guard let job = try locked(id, tx), job.state != .running else { return false }
        try JobsQueries.releaseKey(job.kind, job.uniqueKey, id, tx)
        return try tx.execute("DELETE FROM jobs WHERE id = \(id) AND state = \(job.state)") == 1
    }

    static func erase(
        _ person: JobPerson, by moment: Timestamp?, holding text: String?, limit: Int, _ tx: Transaction
    ) throws -> Int {
        var conditions: [Query] = ["person = \(person.text)"]
        if let moment { conditions.append("created_at <= \(moment)") }
        if let text { conditions.append("INSTR(payload, \(text)) > 0") }
        let found = try tx.all(
            "SELECT id, kind, unique_key FROM jobs WHERE \(conditions.joined(by: " AND ")) LIMIT \(limit)"
        ) { (id: try $0(JobID.self), kind: try $0(String.self), key: try $0(String.self)) }
        guard !found.isEmpty else { return 0 }
        try tx.execute("DELETE FROM jobs WHERE id IN (\(list: found.map(\.id)))")
        for job in found where !job.key.isEmpty { try JobsQueries.releaseKey(job.kind, job.key, job.id, tx) }
        return found.count
    }

    private static func locked(_ id: JobID, _ tx: Transaction) throws -> JobRecord? {
        try tx.first("SELECT \(JobRecord.columns) FROM jobs WHERE id = \(id) \(tx.dialect.forUpdate)")
    }
}
