import Primitives
import SQL

/// The durable queue: jobs are rows, written in the transaction that makes them necessary.
///
///     try await database.write { tx in
///         try OrderQueries.insert(order, tx)
///         try jobs.enqueue(SendConfirmation(order: order.id), in: tx)
///     }
///
/// A transaction that rolls back leaves no job; one that commits wakes the runner of this process.
public struct JobQueue: Sendable {
    let database: any Database
    let clock: SharedClock
    let signal = JobSignal()
    let metrics = JobMetrics()
    let listCounts = CountCache()

    /// Creates a queue in `database`. `time` is the instance's own clock. Runners measure how far the database's is
    /// from `machine`, and leases, due times and cron slots go by the database's from then on.
    public init(_ database: any Database, time: TimeSource = .machine, machine: TimeSource = .machine) {
        self.database = database
        self.clock = SharedClock(time, machine: machine)
    }

    /// The time of day that all instances share.
    var time: TimeSource { clock.source }

    /// Writes one job, to run as soon as `tx` is committed or at `runAt`.
    ///
    /// Where another waiting or running job of the same kind holds `uniqueKey`, nothing is written. After `maxAttempts`
    /// failures the job is dead; by default the payload's policy says how many.
    ///
    /// - Returns: the new job's id; nil where the key is claimed.
    /// - Throws: `EncodingError`, `SQLError`.
    @discardableResult
    public func enqueue<Payload: JobPayload>(
        _ payload: Payload, runAt: Timestamp? = nil, uniqueKey: UniqueKey? = nil, maxAttempts: Int? = nil,
        in tx: Transaction
    ) throws -> JobID? {
        let now = time.now
        let draft = JobDraft(
            Payload.self, text: try JobCoding.encode(payload), person: payload.person, uniqueKey: uniqueKey,
            runAt: runAt.map(clock.shared) ?? now,
            maxAttempts: maxAttempts, createdAt: now)
        guard let id = try JobsQueries.insert(draft, tx) else { return nil }
        announce(Payload.self, count: 1, due: draft.runAt <= now, tx)
        return id
    }

    /// Writes one job per payload, up to 500 in a statement.
    ///
    /// - Throws: `EncodingError`, `SQLError`.
    public func enqueue<Payload: JobPayload>(
        all payloads: some Collection<Payload>, runAt: Timestamp? = nil, maxAttempts: Int? = nil, in tx: Transaction
    ) throws {
        guard !payloads.isEmpty else { return }
        let now = time.now
        let drafts = try payloads.map { payload in
            JobDraft(
                Payload.self, text: try JobCoding.encode(payload), person: payload.person, uniqueKey: nil,
                runAt: runAt.map(clock.shared) ?? now, maxAttempts: maxAttempts, createdAt: now)
        }
        try JobsQueries.insert(all: drafts, tx)
        announce(Payload.self, count: drafts.count, due: (runAt.map(clock.shared) ?? now) <= now, tx)
    }

    /// Wakes the runners of this process to look for work and cron slots now: after the clock was moved.
    public func wake() {
        signal.wake(nil)
    }

    private func announce<Payload: JobPayload>(_ type: Payload.Type, count: Int, due: Bool, _ tx: Transaction) {
        let (signal, metrics) = (signal, metrics)
        tx.afterCommit {
            metrics.count(.enqueued, kind: Payload.kind, by: count)
            if due { signal.wake(Payload.lane) }
        }
    }
}

/// A job that has no row yet.
struct JobDraft: Sendable {
    let kind: String
    let payload: String
    let person: JobPerson?
    let uniqueKey: UniqueKey?
    let lane: JobLane
    let priority: JobPriority
    let runAt: Timestamp
    let maxAttempts: Int
    let createdAt: Timestamp

    init<Payload: JobPayload>(
        _ type: Payload.Type, text: String, person: JobPerson?, uniqueKey: UniqueKey?, runAt: Timestamp,
        maxAttempts: Int?,
        createdAt: Timestamp
    ) {
        self.kind = Payload.kind
        self.payload = text
        self.person = person
        self.uniqueKey = uniqueKey
        self.lane = Payload.lane
        self.priority = Payload.priority
        self.runAt = runAt
        self.maxAttempts = max(1, maxAttempts ?? Payload.retry.maxAttempts)
        self.createdAt = createdAt
    }
}
