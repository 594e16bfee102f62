import Primitives
import SQL

/// The rule by which a cron entry is due.
public enum CronSchedule: Sendable, Hashable {
    /// Due at every whole multiple of the span since 1970 in UTC, so that instances agree on the slots; at least a
    /// second.
    case every(TimeSpan)
    /// Due at every minute that matches, in UTC.
    case cron(CronExpression)

    /// Returns the first slot after `moment`.
    func next(after moment: Timestamp) -> Timestamp? {
        switch self {
        case .every(let span):
            let length = max(span, .seconds(1)).microseconds
            let rest = moment.microseconds % length
            return Timestamp(microseconds: moment.microseconds - (rest < 0 ? rest + length : rest) + length)
        case .cron(let expression): return expression.next(after: moment)
        }
    }
}

extension CronSchedule: CustomStringConvertible {
    /// The expression, or the span as `@every 10m`.
    public var description: String {
        switch self {
        case .every(let span): "@every " + Self.text(of: span)
        case .cron(let expression): expression.description
        }
    }

    private static func text(of span: TimeSpan) -> String {
        let seconds = max(span, .seconds(1)).microseconds / 1_000_000
        let parts = [(seconds / 3_600, "h"), (seconds % 3_600 / 60, "m"), (seconds % 60, "s")]
        return parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
    }
}

/// A job that is enqueued at every slot of a schedule, once across all instances of the program.
///
/// Slots that passed while no runner was up are made up for by one job. While the job of an earlier slot is still
/// waiting or running, no new one is made.
public struct CronEntry: Sendable {
    /// The stable and unique name, at most 100 characters: the time of the next slot is stored under it.
    public let name: String
    /// The rule for the entry's slots.
    public let schedule: CronSchedule
    let kind: String
    let enqueue: @Sendable (JobQueue, Timestamp, Transaction) throws -> JobID?

    /// Creates an entry with the same payload for each slot.
    public init<Payload: JobPayload>(_ name: String, _ schedule: CronSchedule, _ payload: Payload) {
        self.init(name, schedule) { (_: Timestamp) in payload }
    }

    /// Creates an entry whose payload is made for each slot, from the slot's moment.
    public init<Payload: JobPayload>(
        _ name: String, _ schedule: CronSchedule, _ payload: @escaping @Sendable (Timestamp) -> Payload
    ) {
        self.name = name
        self.schedule = schedule
        self.kind = Payload.kind
        self.enqueue = { queue, slot, tx in
            try queue.enqueue(payload(slot), uniqueKey: UniqueKey("cron-" + name), in: tx)
        }
    }
}
