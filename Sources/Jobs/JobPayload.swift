import Primitives
import SQL

/// The instruction for a job, stored as JSON in the job's row.
///
///     struct ExpireReservation: JobPayload {
///         static let kind = "inventory.expire_reservation"
///         let orderID: Int64
///     }
///
/// A payload outlives the program that wrote it: new fields must be optional or have a new kind. Secrets are sealed.
public protocol JobPayload: Codable, Sendable {
    /// The stable name of this kind of job, at most 100 characters; `app.verb` by custom.
    static var kind: String { get }
    /// The lane in which it runs; `.database` by default.
    static var lane: JobLane { get }
    /// The rank among jobs that are due; `.normal` by default.
    static var priority: JobPriority { get }
    /// The number of attempts and the pauses between them.
    static var retry: RetryPolicy { get }
    /// The person whom the job is about; nil by default. A payload that identifies somebody has to name the person.
    var person: JobPerson? { get }
}

extension JobPayload {
    /// The database's lane, unless a payload has its own.
    public static var lane: JobLane { .database }
    /// The middle rank, unless a payload has its own.
    public static var priority: JobPriority { .normal }
    /// Twenty attempts over some ten hours, unless a payload has its own.
    public static var retry: RetryPolicy { RetryPolicy() }
    /// Nobody, unless a payload names a person.
    public var person: JobPerson? { nil }
}

/// A payload whose work happens outside the database: mail, HTTP, files.
public protocol ExternalJobPayload: JobPayload {
    /// The time after which one attempt is canceled and counts as failed; five minutes by default.
    static var timeLimit: TimeSpan { get }
}

extension ExternalJobPayload {
    /// The external lane, unless a payload has its own.
    public static var lane: JobLane { .external }
    /// Five minutes, unless a payload has its own.
    public static var timeLimit: TimeSpan { .minutes(5) }
}

/// A lane of a runner: slow work outside of the database never delays quick work in it.
public enum JobLane: Int, Sendable, CaseIterable, SQLConvertible {
    /// Work that is a transaction.
    case database = 0
    /// Work over the network or on files.
    case external = 1
    /// Calls of machines that the shop's owners name, which may be as slow as they like.
    case callback = 2
}

/// The rank of a job: of those that are due, every `high` one starts before any `normal` one.
public enum JobPriority: Int, Sendable, CaseIterable, SQLConvertible {
    /// Before all others.
    case high = 0
    /// The default.
    case normal = 1
    /// After all others.
    case low = 2
}

/// The retries of a failed job: pauses double from `firstPause` to `maxPause`, up to `maxAttempts` failures.
public struct RetryPolicy: Sendable, Hashable {
    /// The number of failures after which the job is dead, at least 1.
    public let maxAttempts: Int
    /// The pause after the first failure, at least a millisecond.
    public let firstPause: TimeSpan
    /// The longest pause, at least `firstPause`.
    public let maxPause: TimeSpan

    /// Creates a policy; the defaults spread twenty attempts over some ten hours.
    public init(
        maxAttempts: Int = 20, firstPause: TimeSpan = .seconds(5), maxPause: TimeSpan = .hours(1)
    ) {
        self.maxAttempts = max(1, maxAttempts)
        self.firstPause = max(firstPause, .milliseconds(1))
        self.maxPause = max(maxPause, self.firstPause)
    }

    /// Returns the pause after the failure numbered `failure` (from 1): between half and the whole of the doubled
    /// pause, so that jobs that failed together do not come back together.
    func pause(afterFailure failure: Int, random: RandomSource) -> TimeSpan {
        var whole = firstPause.microseconds
        for _ in 1..<max(failure, 1) where whole < maxPause.microseconds { whole *= 2 }
        whole = min(whole, maxPause.microseconds)
        return TimeSpan(microseconds: whole - Int64(random.number(below: Int(whole / 2) + 1)))
    }
}
