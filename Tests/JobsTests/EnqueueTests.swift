import Jobs
import Primitives
import SQL
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(6)))
struct EnqueueTests {
    @Test(arguments: Backend.available)
    func `a transaction that rolls back leaves no job`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let queue = stand.queue
            let refused: @Sendable (Transaction) throws -> Void = { tx in
                try queue.enqueue(Note(text: "lost"), uniqueKey: "only", in: tx)
                throw TestRefusal()
            }
            do {
                try await stand.database.write(refused)
                Issue.record("the transaction was committed")
            } catch is TestRefusal {}
            #expect(try await stand.runner([.notes]).drain() == 0)
            #expect(try await stand.effects() == [])
            #expect(try await stand.enqueue(Note(text: "kept"), uniqueKey: "only") != nil)
        }
    }

    @Test(arguments: Backend.available)
    func `a job starts as soon as its transaction is committed`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let bell = EventRecorder()
            let handler = JobHandler.transactional(Note.self) { _, _ in bell.ring("ran") }
            // Only the wake-up can start it: the next look is an hour away.
            let runner = try stand.runner([handler], settings: .init(pollInterval: .hours(1)))
            try await stand.working([runner]) {
                try await stand.enqueue(Note(text: "first"))
                #expect(await bell.heard(1).count == 1)
                try await stand.enqueue(Note(text: "second"))
                #expect(await bell.heard(1).count == 1)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a job for later waits for its time`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            try await stand.enqueue(Note(text: "later"), runAt: stand.clock.source.now + .hours(1))
            let runner = try stand.runner([.notes])
            #expect(try await runner.drain() == 0)
            #expect(try await stand.queue.counts() == JobCounts(due: 0, scheduled: 1, running: 0, dead: 0))
            stand.clock.advance(by: .hours(1))
            #expect(try await runner.drain() == 1)
            #expect(try await stand.effects() == ["later"])
        }
    }

    @Test(arguments: Backend.available)
    func `a batch makes every job`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            try await stand.enqueue((0..<1_200).map { Note(text: "n\($0)") })
            #expect(try await stand.queue.counts().due == 1_200)
            #expect(try await stand.runner([.notes]).drain() == 1_200)
            #expect(Set(try await stand.effects()).count == 1_200)
            #expect(try await stand.queue.counts() == JobCounts(due: 0, scheduled: 0, running: 0, dead: 0))
        }
    }

    @Test(arguments: Backend.available)
    func `urgent jobs go first`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            try await stand.enqueue(Note(text: "normal"))
            try await stand.enqueue(UrgentNote(text: "urgent"))
            let one = JobRunner.Settings(databaseConcurrency: 1, batch: 1)
            _ = try await stand.runner([.notes, .urgentNotes], settings: one).drain()
            #expect(try await stand.effects() == ["urgent", "normal"])
        }
    }

    @Test(arguments: Backend.available)
    func `a job of a kind without a handler is left to others`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            try await stand.enqueue(Note(text: "unknown"))
            #expect(try await stand.runner([.urgentNotes]).drain() == 0)
            #expect(try await stand.runner([.notes]).drain() == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `a job enqueued by a job is there only if that job succeeds`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let queue = stand.queue
            let relay = JobHandler.transactional(UrgentNote.self) { note, tx in
                try queue.enqueue(Note(text: note.text), in: tx)
                if note.text == "broken" { throw JobFailure.permanent("broken") }
            }
            try await stand.enqueue(UrgentNote(text: "broken"))
            try await stand.enqueue(UrgentNote(text: "whole"))
            _ = try await stand.runner([relay, .notes]).drain()
            #expect(try await stand.effects() == ["whole"])
        }
    }
}
