import Jobs
import Primitives
import SQL
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(6)))
struct JobAdminTests {
    @Test(arguments: Backend.available)
    func `every dead job is made ready at once`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let queue = stand.queue
            try await stand.database.write { tx in
                try queue.enqueue(all: (0..<450).map { Note(text: "n\($0)") }, maxAttempts: 1, in: tx)
            }
            try await stand.runner([.refusedNotes]).drain()
            #expect(try await queue.counts().dead == 450)
            #expect(try await queue.retryAllDead() == 450)
            #expect(try await queue.counts() == JobCounts(due: 450, scheduled: 0, running: 0, dead: 0))
        }
    }

    @Test(arguments: Backend.available)
    func `lists are by state and kind, newest first, in pages`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            try await stand.enqueue((0..<5).map { Note(text: "n\($0)") })
            try await stand.enqueue(UrgentNote(text: "u"))
            let ids = try await stand.queue.list(.ready, limit: 10).map(\.id.rawValue)
            #expect(ids.count == 6 && ids == ids.sorted(by: >))
            #expect(try await stand.queue.list(.ready, limit: 2, offset: 1).map(\.id.rawValue) == Array(ids[1...2]))
            #expect(try await stand.queue.list(.ready, kind: UrgentNote.kind).map(\.kind) == [UrgentNote.kind])
            #expect(try await stand.queue.list(.dead).isEmpty)
            let queue = stand.queue
            let (count, page) = try await stand.database.read { connection in
                let filter = JobFilter()
                return (
                    try queue.count(filter, connection), try queue.list(filter, limit: 3, offset: 2, connection)
                )
            }
            #expect(count == 6 && page.map(\.id.rawValue) == Array(ids[2...4]))
        }
    }

    @Test(arguments: Backend.available)
    func `jobs are found by number, kind and error, and listed in each order`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            try await stand.enqueue(Note(text: "n"), maxAttempts: 1)
            try await stand.runner([.refusedNotes]).drain()
            try await stand.enqueue(UrgentNote(text: "u"), runAt: stand.clock.source.now + .hours(1))
            let (dead, urgent) = (
                try #require(try await stand.queue.list(.dead).first),
                try #require(try await stand.queue.list(.ready).first)
            )
            let error = try #require(dead.lastError)
            let queue = stand.queue
            func found(_ search: String, by order: JobOrder = .newestFirst) async throws -> [JobID] {
                try await stand.database.read { connection in
                    let filter = try JobFilter(search: search).done(connection)
                    let jobs = try queue.list(filter, by: order, limit: 10, offset: 0, connection)
                    #expect(try queue.count(filter, connection) == jobs.count)
                    return jobs.map(\.id)
                }
            }
            #expect(try await found(error.uppercased()) == [dead.id])
            #expect(try await found(dead.id.description) == [dead.id])
            #expect(try await found(UrgentNote.kind) == [urgent.id])
            #expect(try await found("no such text").isEmpty)
            for key in JobOrder.Key.allCases {
                let ascending = key == .createdAt || key == .runAt ? [dead.id, urgent.id] : [urgent.id, dead.id]
                let rows = try await stand.database.read { connection in
                    try [false, true].map { descending in
                        let order = JobOrder(key, descending: descending)
                        return try queue.list(JobFilter(), by: order, limit: 10, offset: 0, connection).map(\.id)
                    }
                }
                #expect(rows == [ascending, ascending.reversed()], "\(key)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `of dead jobs with one key only one is made ready`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let runner = try stand.runner([.refusedNotes])
            for text in ["first", "second"] {
                try await stand.enqueue(Note(text: text), uniqueKey: "k", maxAttempts: 1)
                try await runner.drain()
            }
            try await stand.enqueue(Note(text: "third"), maxAttempts: 1)
            try await runner.drain()
            #expect(try await stand.queue.retryAllDead() == 2)
            #expect(try await stand.queue.counts() == JobCounts(due: 2, scheduled: 0, running: 0, dead: 1))
        }
    }

    @Test(arguments: Backend.available)
    func `a waiting job can be discarded, a running one cannot`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let id = try #require(try await stand.enqueue(Note(text: "x"), uniqueKey: "k"))
            let letter = JobHandler.external(Letter.self) { _, context in
                let isDiscarded = try await stand.queue.discard(context.jobID)
                #expect(!isDiscarded)
                return JobHandler.nothingToWrite
            }
            try await stand.enqueue(Letter(text: "running"))
            #expect(try await stand.runner([letter]).drain() == 1)
            #expect(try await stand.queue.discard(id))
            #expect(try await stand.queue.discard(id) == false)
            #expect(try await stand.enqueue(Note(text: "y"), uniqueKey: "k") != nil)
        }
    }

    @Test func `a runner is refused two handlers of one kind and entries that nothing handles`() throws {
        let queue = JobQueue(NoDatabase())
        let hourly = CronSchedule.every(.hours(1))
        #expect(throws: JobRunnerError.twoHandlers(Note.kind)) {
            try JobRunner(queue, handlers: [.notes, .refusedNotes], logger: quietLogger)
        }
        #expect(throws: JobRunnerError.noHandler(UrgentNote.kind)) {
            let entry = CronEntry("nightly", hourly, UrgentNote(text: "x"))
            return try JobRunner(queue, handlers: [.notes], cron: [entry], logger: quietLogger)
        }
        #expect(throws: JobRunnerError.twoEntries("nightly")) {
            let entry = CronEntry("nightly", hourly, Note(text: "x"))
            return try JobRunner(queue, handlers: [.notes], cron: [entry, entry], logger: quietLogger)
        }
    }
}

/// Stands where a runner is made and never run.
private struct NoDatabase: Database {
    let dialect = Dialect.sqlite

    func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        throw SQLError(.unavailable, message: "there is none")
    }

    func report<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        throw SQLError(.unavailable, message: "there is none")
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        throw SQLError(.unavailable, message: "there is none")
    }

    func close() async {}
}
