import Primitives
import SQL

/// The statements of the administration and the command line.
enum JobAdminQueries {
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

    static func list(
        _ state: JobState, kind: String?, limit: Int, offset: Int, _ connection: Connection
    ) throws -> [JobRecord] {
        let ofKind: Query = kind.map { "AND kind = \($0)" } ?? .empty
        return try connection.all(
            """
            SELECT \(JobRecord.columns) FROM jobs WHERE state = \(state) \(ofKind)
            ORDER BY id DESC LIMIT \(limit) OFFSET \(offset)
            """)
    }

    static func job(_ id: JobID, _ connection: Connection) throws -> JobRecord? {
        try connection.first("SELECT \(JobRecord.columns) FROM jobs WHERE id = \(id)")
    }

    static func dead(after id: JobID, limit: Int, _ connection: Connection) throws -> [JobID] {
        try connection.column(
            "SELECT id FROM jobs WHERE state = \(JobState.dead) AND id > \(id) ORDER BY id LIMIT \(limit)")
    }

    /// Makes a dead job ready, with its failures reset; returns false where it is not dead or its key is held by
    /// another.
    static func requeue(_ id: JobID, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        guard let job = try locked(id, tx), job.state == .dead else { return false }
        if !job.uniqueKey.isEmpty, try !JobsQueries.insertKey(job.kind, job.uniqueKey, id, tx) { return false }
        return try tx.execute(
            """
            UPDATE jobs SET state = \(JobState.ready), run_at = \(now), failures = 0, losses = 0, died_at = NULL
            WHERE id = \(id) AND state = \(JobState.dead)
            """) == 1
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
