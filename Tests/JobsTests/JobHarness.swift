import Jobs
import Logging
import Primitives
import SQL
import ServiceLifecycle
import TestSupport

/// A queue on a clean database beside a table that counts effects, under a clock that the test moves.
struct JobHarness: Sendable {
    let database: any Database
    let clock: MovableClock
    let queue: JobQueue

    init(_ database: any Database, _ clock: MovableClock) {
        self.database = database
        self.clock = clock
        self.queue = JobQueue(database, time: clock.source)
    }

    static func with(_ backend: Backend, _ body: @escaping @Sendable (JobHarness) async throws -> Void) async throws {
        try await withDatabase(backend, migrations: [schema]) { database in
            try await body(JobHarness(database, MovableClock(startingAt: start)))
        }
    }

    /// Runs `body` with two harnesses on one database, as two processes would have it.
    static func withTwo(
        _ backend: Backend, _ body: @escaping @Sendable (JobHarness, JobHarness) async throws -> Void
    ) async throws {
        try await withDatabases(backend, instances: 2, migrations: [schema]) { databases in
            let clock = MovableClock(startingAt: start)
            try await body(JobHarness(databases[0], clock), JobHarness(databases[1], clock))
        }
    }

    private static let start = Timestamp(seconds: 1_800_000_000)

    private static let schema = Migration(
        1, "jobs",
        JobsSchema.tables.map { .create($0) } + JobsSchema.listSteps + [
            .create(
                Table("effects") {
                    Column.id
                    Column("text", .text(100))
                })
        ])

    func runner(
        _ handlers: [JobHandler], cron: [CronEntry] = [], settings: JobRunner.Settings? = nil,
        logger: Logger = quietLogger
    ) throws -> JobRunner {
        try JobRunner(
            queue, handlers: handlers, cron: cron, settings: settings, random: .system, logger: logger)
    }

    @discardableResult
    func enqueue<Payload: JobPayload>(
        _ payload: Payload, runAt: Timestamp? = nil, uniqueKey: UniqueKey? = nil, maxAttempts: Int? = nil
    ) async throws -> JobID? {
        let queue = queue
        return try await database.write {
            try queue.enqueue(payload, runAt: runAt, uniqueKey: uniqueKey, maxAttempts: maxAttempts, in: $0)
        }
    }

    func enqueue(_ notes: [Note]) async throws {
        let queue = queue
        try await database.write { try queue.enqueue(all: notes, in: $0) }
    }

    /// Returns what the handlers wrote, in order.
    func effects() async throws -> [String] {
        try await database.read { try $0.column("SELECT text FROM effects ORDER BY id") }
    }

    /// Runs `body` while `runners` work, then shuts them down gracefully and waits for them.
    func working(_ runners: [JobRunner], _ body: () async throws -> Void) async throws {
        let group = ServiceGroup(
            configuration: .init(services: runners.map { .init(service: $0) }, logger: quietLogger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await body()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }
}

let quietLogger = Logger(label: "jobs.tests") { _ in SwiftLogNoOpLogHandler() }

enum EffectQueries {
    static func write(_ text: String, _ tx: Transaction) throws {
        try tx.insert("INSERT INTO effects (text) VALUES (\(text))")
    }
}

/// A payload of the database lane.
struct Note: JobPayload, Equatable {
    static let kind = "test.note"
    static var retry: RetryPolicy {
        RetryPolicy(maxAttempts: 3, firstPause: .seconds(10), maxPause: .seconds(60))
    }
    let text: String
}

struct UrgentNote: JobPayload {
    static let kind = "test.urgent"
    static var priority: JobPriority { .high }
    let text: String
}

/// A payload of the external lane.
struct Letter: ExternalJobPayload {
    static let kind = "test.letter"
    let text: String
}

struct TestRefusal: Error, CustomStringConvertible {
    let description = "refused by the test"
}

extension JobHandler {
    /// Writes each note's text into `effects`.
    static let notes = JobHandler.transactional(Note.self) { note, tx in try EffectQueries.write(note.text, tx) }
    static let urgentNotes = JobHandler.transactional(UrgentNote.self) { note, tx in
        try EffectQueries.write(note.text, tx)
    }
    static let refusedNotes = JobHandler.transactional(Note.self) { note, tx in
        try EffectQueries.write(note.text, tx)
        throw TestRefusal()
    }
}
