import Primitives
import SQL

/// The number of a job's row; never given twice in one database.
public struct JobID: RawRepresentable, Sendable, Hashable, SQLConvertible, CustomStringConvertible {
    /// The primary key of the row in `jobs`.
    public let rawValue: Int64

    /// Wraps a row's primary key, without a look at the database.
    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// The number in decimal digits.
    public var description: String { String(rawValue) }
}

/// The state of a job. A finished job has no row.
public enum JobState: Int, Sendable, CaseIterable, SQLConvertible {
    /// Waiting for its time or for a free place.
    case ready = 0
    /// Taken by a runner, under a lease.
    case running = 1
    /// Given up after its last failure; kept until staff retry or discard it.
    case dead = 2
}

/// A job as the administration and the command line show it.
public struct JobRecord: Sendable, RowDecodable {
    static let columns: Query = """
        id, kind, payload, unique_key, lane, priority, state, run_at, attempts, failures, losses, max_attempts,
        lease_owner, lease_until, last_error, created_at, died_at, person <> ''
        """

    /// The primary key of the row.
    public let id: JobID
    /// The kind of its payload, by which its handler is found.
    public let kind: String
    /// The payload in JSON.
    public let payload: String
    /// Its unique key within its kind; empty where it has none.
    public let uniqueKey: String
    /// The lane in which it runs.
    public let lane: JobLane
    /// Its rank among the jobs that are due.
    public let priority: JobPriority
    /// Whether it waits, runs or is dead.
    public let state: JobState
    /// The time at which it is to run, or is tried again.
    public let runAt: Timestamp
    /// The number of times that it was taken by a runner.
    public let attempts: Int
    /// The number of failures since it was enqueued or retried by staff.
    public let failures: Int
    /// The number of leases that ran out in that time.
    public let losses: Int
    /// The number of failures after which it is dead.
    public let maxAttempts: Int
    /// The runner that holds its lease; empty unless it is running.
    public let leaseOwner: String
    /// The end of its lease; 1970 unless it is running.
    public let leaseUntil: Timestamp
    /// The reason of its last failure, at most 1,000 characters, without a part of the payload; nil where it never
    /// failed.
    public let lastError: String?
    /// The time at which it was enqueued.
    public let createdAt: Timestamp
    /// The time of the failure that made it dead; nil unless it is dead.
    public let diedAt: Timestamp?
    /// Whether it is about somebody.
    public let isPersonal: Bool

    /// Decodes a row of `columns`.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        id = try row()
        kind = try row()
        payload = try row()
        uniqueKey = try row()
        lane = try row()
        priority = try row()
        state = try row()
        runAt = try row()
        attempts = try row()
        failures = try row()
        losses = try row()
        maxAttempts = try row()
        leaseOwner = try row()
        leaseUntil = try row()
        lastError = try row()
        createdAt = try row()
        diedAt = try row()
        isPersonal = try row()
    }
}

/// The numbers of jobs by state.
public struct JobCounts: Sendable, Hashable {
    /// Jobs that are due and wait for a free place.
    public let due: Int
    /// Jobs that are ready, but for a later time.
    public let scheduled: Int
    /// Jobs under a lease, those of a runner that vanished included.
    public let running: Int
    /// Jobs that gave up and wait for staff.
    public let dead: Int

    /// Counts taken at one moment.
    public init(due: Int, scheduled: Int, running: Int, dead: Int) {
        self.due = due
        self.scheduled = scheduled
        self.running = running
        self.dead = dead
    }
}

/// A job that a runner has taken. `owner` and `attempt` together identify the attempt: whoever finishes or fails the
/// job must still hold it by both.
package struct ClaimedJob: Sendable, RowDecodable {
    static let columns: Query = """
        id, kind, payload, unique_key, unique_until, lane, lease_owner, attempts, failures, losses, max_attempts,
        created_at
        """

    /// The primary key of the row.
    package let id: JobID
    /// The kind of its payload.
    package let kind: String
    let payload: String
    let uniqueKey: String
    let uniqueUntil: UniqueKey.Release
    let lane: JobLane
    let owner: String
    /// The number of this attempt, from 1.
    package let attempt: Int
    let failures: Int
    let losses: Int
    let maxAttempts: Int
    let createdAt: Timestamp

    /// Decodes a row of `columns`.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    package init(row: inout RowReader) throws {
        id = try row()
        kind = try row()
        payload = try row()
        uniqueKey = try row()
        uniqueUntil = try row()
        lane = try row()
        owner = try row()
        attempt = try row()
        failures = try row()
        losses = try row()
        maxAttempts = try row()
        createdAt = try row()
    }
}
