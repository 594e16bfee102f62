import Primitives
import SQL

/// Operations for staff.
extension JobQueue {
    private static let maxRetriedAtOnce = 200

    /// Counts the jobs by state.
    ///
    /// - Throws: `SQLError`.
    public func counts() async throws -> JobCounts {
        let now = time.now
        return try await database.report { try JobAdminQueries.counts(at: now, $0) }
    }

    /// Returns a page of the jobs in `state`, newest first.
    ///
    /// - Throws: `SQLError`.
    public func list(
        _ state: JobState, kind: String? = nil, limit: Int = 20, offset: Int = 0
    ) async throws -> [JobRecord] {
        try await database.report { try JobAdminQueries.list(state, kind: kind, limit: limit, offset: offset, $0) }
    }

    /// Returns one job; nil where it is finished or never was.
    ///
    /// - Throws: `SQLError`.
    public func job(_ id: JobID) async throws -> JobRecord? {
        try await database.read { try JobAdminQueries.job(id, $0) }
    }

    /// Makes a dead job ready again, with its failures reset.
    ///
    /// - Returns: false where it is not dead, or another job holds its unique key by now.
    /// - Throws: `SQLError`.
    public func retry(_ id: JobID, in tx: Transaction) throws -> Bool {
        guard try JobAdminQueries.requeue(id, at: time.now, tx) else { return false }
        let signal = signal
        tx.afterCommit { signal.wake(nil) }
        return true
    }

    /// Deletes a job that is not running.
    ///
    /// - Returns: false where it is running or gone.
    /// - Throws: `SQLError`.
    public func discard(_ id: JobID, in tx: Transaction) throws -> Bool {
        try JobAdminQueries.discard(id, tx)
    }

    /// Calls `retry(_:in:)` in a transaction of its own.
    ///
    /// - Throws: `SQLError`.
    public func retry(_ id: JobID) async throws -> Bool {
        try await database.write { try retry(id, in: $0) }
    }

    /// Calls `discard(_:in:)` in a transaction of its own.
    ///
    /// - Throws: `SQLError`.
    public func discard(_ id: JobID) async throws -> Bool {
        try await database.write { try discard(id, in: $0) }
    }

    /// Makes every dead job ready, 200 in a transaction, and returns their number.
    ///
    /// - Throws: `SQLError`; what was made ready before it stays so.
    public func retryAllDead() async throws -> Int {
        var (reinstated, last) = (0, JobID(rawValue: 0))
        while true {
            let after = last
            let ids = try await database.read {
                try JobAdminQueries.dead(after: after, limit: Self.maxRetriedAtOnce, $0)
            }
            guard let end = ids.last else { return reinstated }
            reinstated += try await database.write { tx in try ids.count { try retry($0, in: tx) } }
            last = end
        }
    }
}
