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
        let filter = JobFilter(state: state, kind: kind)
        return try await database.report { try list(filter, limit: limit, offset: offset, $0) }
    }

    /// Returns a page of the jobs that the filter finds, newest first unless `order` says otherwise.
    ///
    /// - Throws: `SQLError`.
    public func list(
        _ filter: JobFilter, by order: JobOrder = .newestFirst, limit: Int, offset: Int, _ connection: Connection
    ) throws -> [JobRecord] {
        try JobAdminQueries.list(filter, by: order, limit: limit, offset: offset, connection)
    }

    /// Counts the jobs that the filter finds; of very many as they were at most a second ago.
    ///
    /// - Throws: `SQLError`.
    public func count(_ filter: JobFilter, _ connection: Connection) throws -> Int {
        try listCounts.count(JobAdminQueries.countQuery(filter), connection)
    }

    /// Returns one job; nil where it is finished or never was.
    ///
    /// - Throws: `SQLError`.
    public func job(_ id: JobID) async throws -> JobRecord? {
        try await database.read { try job(id, $0) }
    }

    /// Returns one job; nil where it is finished or never was.
    ///
    /// - Throws: `SQLError`.
    public func job(_ id: JobID, _ connection: Connection) throws -> JobRecord? {
        try JobAdminQueries.job(id, connection)
    }

    /// Makes a dead job ready again, with its failures reset.
    ///
    /// - Returns: false where it is not dead, or another job holds its unique key by now.
    /// - Throws: `SQLError`.
    public func retry(_ id: JobID, in tx: Transaction) throws -> Bool {
        try retry([id], in: tx) == 1
    }

    private func retry(_ ids: [JobID], in tx: Transaction) throws -> Int {
        let count = try JobAdminQueries.requeue(ids, at: time.now, tx)
        let signal = signal
        if count > 0 { tx.afterCommit { signal.wake(nil) } }
        return count
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
            reinstated += try await database.write { try retry(ids, in: $0) }
            last = end
        }
    }
}
