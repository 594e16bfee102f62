import Commerce
import Jobs
import Primitives
import SQL
import Web

/// A job as staff see it. Whom it is about is not told, only whether it is about somebody.
struct JobBody: ResponseBody {
    /// Whether it waits, runs or has given up.
    enum State: String, WireEnum {
        case ready
        case running
        case dead

        init(_ state: JobState) {
            switch state {
            case .ready: self = .ready
            case .running: self = .running
            case .dead: self = .dead
            }
        }

        var state: JobState {
            switch self {
            case .ready: .ready
            case .running: .running
            case .dead: .dead
            }
        }
    }

    let id: Int64
    let kind: String
    let state: State
    let runAt: Timestamp
    let attempts: Int
    let failures: Int
    let maxAttempts: Int
    let lastError: String?
    let isPersonal: Bool
    let createdAt: Timestamp
    let diedAt: Timestamp?
    /// The numbers and flags of what it was enqueued with, such as ids; each text is blanked, since none tells whether it is
    /// somebody's secret. Null unless it was asked for.
    let payload: JSONValue?

    init(_ job: JobRecord, withPayload: Bool = false) {
        (id, kind, state) = (job.id.rawValue, job.kind, State(job.state))
        (runAt, attempts, failures, maxAttempts) = (job.runAt, job.attempts, job.failures, job.maxAttempts)
        (lastError, isPersonal, createdAt, diedAt) = (job.lastError, job.isPersonal, job.createdAt, job.diedAt)
        payload = withPayload ? (try? JSONValue(parsing: job.payload.utf8))?.withoutTexts : nil
    }
}

/// How many jobs there are.
struct JobCountsBody: ResponseBody {
    let due: Int
    let scheduled: Int
    let running: Int
    let dead: Int

    init(_ counts: JobCounts) {
        (due, scheduled, running, dead) = (counts.due, counts.scheduled, counts.running, counts.dead)
    }
}

/// How many jobs are tried again.
struct RetriedBody: ResponseBody {
    let count: Int
}

/// Something that is done on a schedule, by UTC.
struct CronBody: ResponseBody {
    let name: String
    let kind: String
    /// An expression of five fields, or a span: `@every 10m`.
    let schedule: String
    let nextAt: Timestamp?
    let lastAt: Timestamp?

    init(_ slot: CronSlot) {
        (name, kind, schedule) = (slot.name, slot.kind, slot.schedule.description)
        (nextAt, lastAt) = (slot.next, slot.last)
    }
}

extension JSONValue {
    /// This value with an ellipsis for each text in it.
    fileprivate var withoutTexts: JSONValue {
        switch self {
        case .null, .bool, .number: self
        case .string: .string("…")
        case .array(let elements): .array(elements.map(\.withoutTexts))
        case .object(let members): .object(members.mapValues(\.withoutTexts))
        }
    }
}
