import Primitives
import SQL

/// The number of a job's row; never given twice in one database.
public struct JobID: RawRepresentable, Sendable, Hashable, SQLConvertible, CustomStringConvertible {
    public let rawValue: Int64

    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    public var description: String { String(rawValue) }
}

/// Where a job stands. A finished job has no row.
public enum JobState: Int, Sendable, CaseIterable, SQLConvertible {
    /// Waiting for its time or for a free place.
    case ready = 0
    /// Taken up by a runner, under a lease.
    case running = 1
    /// Given up after its last failure; kept until staff retry or discard it.
    case dead = 2
}

/// A job as the administration and the command line show it.
public struct JobRecord: Sendable, RowDecodable {
    static let columns: Query = """
        id, kind, payload, unique_key, lane, priority, state, run_at, attempts, failures, losses, max_attempts,
        lease_owner, lease_until, last_error, created_at, died_at
        """

    public let id: JobID
    public let kind: String
    /// JSON.
    public let payload: String
    /// Empty where the job has none.
    public let uniqueKey: String
    public let lane: JobLane
    public let priority: JobPriority
    public let state: JobState
    /// When it is to run, or is tried again.
    public let runAt: Timestamp
    /// How often it was taken up.
    public let attempts: Int
    /// How often it failed since it was enqueued or retried by staff.
    public let failures: Int
    /// How often its runner vanished in that time.
    public let losses: Int
    public let maxAttempts: Int
    /// The runner that has it; empty unless it is running.
    public let leaseOwner: String
    public let leaseUntil: Timestamp
    public let lastError: String?
    public let createdAt: Timestamp
    public let diedAt: Timestamp?

    public init(row: Row) throws {
        id = try row[0]
        kind = try row[1]
        payload = try row[2]
        uniqueKey = try row[3]
        lane = try row[4]
        priority = try row[5]
        state = try row[6]
        runAt = try row[7]
        attempts = try row[8]
        failures = try row[9]
        losses = try row[10]
        maxAttempts = try row[11]
        leaseOwner = try row[12]
        leaseUntil = try row[13]
        lastError = try row[14]
        createdAt = try row[15]
        diedAt = try row[16]
    }
}

/// How many jobs there are.
public struct JobCounts: Sendable, Hashable {
    /// Due, and waiting for a free place.
    public let due: Int
    /// Ready, but for a later time.
    public let scheduled: Int
    public let running: Int
    public let dead: Int

    public init(due: Int, scheduled: Int, running: Int, dead: Int) {
        self.due = due
        self.scheduled = scheduled
        self.running = running
        self.dead = dead
    }
}

/// A job that a runner has taken up. `owner` and `attempt` together name this one taking: whoever finishes or fails the
/// job must still hold it by both.
package struct ClaimedJob: Sendable, RowDecodable {
    static let columns: Query = """
        id, kind, payload, unique_key, unique_until, lane, lease_owner, attempts, failures, losses, max_attempts,
        created_at
        """

    package let id: JobID
    package let kind: String
    let payload: String
    let uniqueKey: String
    let uniqueUntil: UniqueKey.Release
    let lane: JobLane
    let owner: String
    package let attempt: Int
    let failures: Int
    let losses: Int
    let maxAttempts: Int
    let createdAt: Timestamp

    package init(row: Row) throws {
        id = try row[0]
        kind = try row[1]
        payload = try row[2]
        uniqueKey = try row[3]
        uniqueUntil = try row[4]
        lane = try row[5]
        owner = try row[6]
        attempt = try row[7]
        failures = try row[8]
        losses = try row[9]
        maxAttempts = try row[10]
        createdAt = try row[11]
    }
}
