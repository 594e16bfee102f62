import Primitives
import SQL

/// Deletes dead jobs by age.
public enum DeadJobQueries {
    /// Deletes up to `limit` jobs that died before `moment`.
    ///
    /// - Returns: the number of deleted jobs.
    /// - Throws: `SQLError`.
    public static func purge(before moment: Timestamp, limit: Int, in tx: Transaction) throws -> Int {
        let ids = try tx.column(
            "SELECT id FROM jobs WHERE state = \(JobState.dead) AND died_at < \(moment) LIMIT \(limit)", as: Int64.self)
        guard !ids.isEmpty else { return 0 }
        return try tx.execute("DELETE FROM jobs WHERE id IN (\(list: ids)) AND state = \(JobState.dead)")
    }
}
