import Primitives
import SQL

/// When a cron entry is due.
public enum CronSchedule: Sendable, Hashable {
    /// At every whole multiple of the span since 1970 in UTC, so that instances agree on the slots; at least a second.
    case every(TimeSpan)
    case cron(CronExpression)

    /// The first slot after `moment`.
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

/// A job that is enqueued at every slot of a schedule, once across all instances of the program.
///
/// Slots that passed while nothing ran are made up for by one job. While the job of an earlier slot is still waiting or
/// running a new one is not made.
public struct CronEntry: Sendable {
    /// Stable and unique, at most 100 characters: the schedule's memory hangs on it.
    public let name: String
    public let schedule: CronSchedule
    let kind: String
    let enqueue: @Sendable (JobQueue, Timestamp, Transaction) throws -> JobID?

    public init<Payload: JobPayload>(_ name: String, _ schedule: CronSchedule, _ payload: Payload) {
        self.init(name, schedule) { (_: Timestamp) in payload }
    }

    /// An entry whose payload is made for each slot, given the slot's moment.
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
