import Primitives
import SQL

/// What a job is to do, stored as JSON in the job's row.
///
///     struct ExpireReservation: JobPayload {
///         static let kind = "inventory.expire_reservation"
///         let orderID: Int64
///     }
///
/// A payload outlives the program that wrote it: new fields must be optional or have a new kind. Secrets go in sealed.
public protocol JobPayload: Codable, Sendable {
    /// The stable name of this sort of job, at most 100 characters; `app.verb` by custom.
    static var kind: String { get }
    /// Which of the runner's lanes carries it. `.database` unless said.
    static var lane: JobLane { get }
    /// What goes first when several are due. `.normal` unless said.
    static var priority: JobPriority { get }
    /// How often and after which pauses it is tried again.
    static var retry: RetryPolicy { get }
    /// Whom it is about; nil unless said. What names somebody in its payload has to say so.
    var person: JobPerson? { get }
}

extension JobPayload {
    public static var lane: JobLane { .database }
    public static var priority: JobPriority { .normal }
    public static var retry: RetryPolicy { RetryPolicy() }
    public var person: JobPerson? { nil }
}

/// A payload whose work happens outside the database: mail, HTTP, files.
public protocol ExternalJobPayload: JobPayload {
    /// After this long one attempt is cancelled and counts as failed. Five minutes unless said.
    static var timeLimit: TimeSpan { get }
}

extension ExternalJobPayload {
    public static var lane: JobLane { .external }
    public static var timeLimit: TimeSpan { .minutes(5) }
}

/// A runner's lanes: slow work outside never stands in the way of quick work in the database.
public enum JobLane: Int, Sendable, CaseIterable, SQLConvertible {
    case database = 0
    case external = 1
}

/// Among the jobs that are due, every `high` one starts before any `normal` one.
public enum JobPriority: Int, Sendable, CaseIterable, SQLConvertible {
    case high = 0
    case normal = 1
    case low = 2
}

/// How a failed job is tried again: pauses double from `firstPause` to `longestPause`, up to `maxAttempts` failures.
public struct RetryPolicy: Sendable, Hashable {
    /// After this many failures the job is dead.
    public let maxAttempts: Int
    public let firstPause: TimeSpan
    public let longestPause: TimeSpan

    /// The defaults spread twenty attempts over some ten hours.
    public init(
        maxAttempts: Int = 20, firstPause: TimeSpan = .seconds(5), longestPause: TimeSpan = .hours(1)
    ) {
        self.maxAttempts = max(1, maxAttempts)
        self.firstPause = max(firstPause, .milliseconds(1))
        self.longestPause = max(longestPause, self.firstPause)
    }

    /// The pause after the failure numbered `failure` (from 1): between half and the whole of the doubled pause, so
    /// that jobs that failed together do not come back together.
    func pause(afterFailure failure: Int, random: RandomSource) -> TimeSpan {
        var whole = firstPause.microseconds
        for _ in 1..<max(failure, 1) where whole < longestPause.microseconds { whole *= 2 }
        whole = min(whole, longestPause.microseconds)
        return TimeSpan(microseconds: whole - Int64(random.number(below: Int(whole / 2) + 1)))
    }
}
