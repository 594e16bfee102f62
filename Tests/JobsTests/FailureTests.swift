import Jobs
import Primitives
import SQL
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(6)))
struct FailureTests {
    @Test(arguments: Backend.available)
    func `a failed job is tried again after pauses that double`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let runner = try stand.runner([.refusedNotes])
            let id = try #require(try await stand.enqueue(Note(text: "no")))
            for (failure, pause) in [(1, TimeSpan.seconds(10)), (2, .seconds(20))] {
                #expect(try await runner.drain() == 1)
                let job = try #require(try await stand.queue.job(id))
                let now = stand.clock.source.now
                #expect(job.state == .ready && job.failures == failure && job.attempts == failure)
                #expect(job.runAt <= now + pause)
                #expect(job.runAt >= now + TimeSpan(microseconds: pause.microseconds / 2))
                #expect(try await runner.drain() == 0)
                stand.clock.advance(by: pause)
            }
            #expect(try await stand.effects() == [])
        }
    }

    @Test(arguments: Backend.available)
    func `after its last failure a job is dead, and staff can retry it`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let id = try #require(try await stand.enqueue(Note(text: "patient"), uniqueKey: "k"))
            let refusing = try stand.runner([.refusedNotes])
            for _ in 1...3 {
                #expect(try await refusing.drain() == 1)
                stand.clock.advance(by: .hours(1))
            }
            #expect(try await refusing.drain() == 0)
            let dead = try #require(try await stand.queue.list(.dead).first)
            #expect(dead.id == id && dead.failures == 3 && dead.diedAt != nil)
            #expect(dead.lastError == "refused by the test")
            #expect(try await stand.queue.counts() == JobCounts(due: 0, scheduled: 0, running: 0, dead: 1))

            #expect(try await stand.queue.retry(id))
            #expect(try await stand.queue.retry(id) == false)
            #expect(try await stand.enqueue(Note(text: "second"), uniqueKey: "k") == nil)
            #expect(try await stand.runner([.notes]).drain() == 1)
            #expect(try await stand.effects() == ["patient"])
            #expect(try await stand.queue.job(id) == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `a failure undoes its own effect and no other`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let handler = JobHandler.transactional(Note.self) { note, tx in
                try EffectQueries.write(note.text, tx)
                if note.text.hasSuffix("3") { throw TestRefusal() }
            }
            try await stand.enqueue((0..<100).map { Note(text: "n\($0)") })
            try await stand.runner([handler]).drain()
            let wanted = (0..<100).map { "n\($0)" }.filter { !$0.hasSuffix("3") }
            #expect(Set(try await stand.effects()) == Set(wanted))
            #expect(try await stand.effects().count == 90)
            #expect(try await stand.queue.counts().scheduled == 10)
        }
    }

    @Test(arguments: Backend.available)
    func `a permanent failure is not tried again`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let handler = JobHandler.external(Letter.self) { _, _ in throw JobFailure.permanent("no such address") }
            try await stand.enqueue(Letter(text: "x"))
            try await stand.runner([handler]).drain()
            #expect(try await stand.queue.list(.dead).map(\.lastError) == ["no such address"])
        }
    }

    @Test(arguments: Backend.available)
    func `the other side may name the time of the next attempt`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let handler = JobHandler.external(Letter.self) { _, _ in
                throw JobFailure.retry(after: .seconds(77), "too many requests")
            }
            let id = try #require(try await stand.enqueue(Letter(text: "x")))
            try await stand.runner([handler]).drain()
            let job = try #require(try await stand.queue.job(id))
            #expect(job.runAt == stand.clock.source.now + .seconds(77) && job.failures == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `a payload that cannot be read is dead at once and not quoted`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let id = try #require(try await stand.enqueue(Note(text: "x")))
            _ = try await stand.database.write { tx in
                try tx.execute(#"UPDATE jobs SET payload = '{"text": ["hush"]}' WHERE id = \#(id)"#)
            }
            try await stand.runner([.notes]).drain()
            let job = try #require(try await stand.queue.job(id))
            #expect(job.state == .dead)
            #expect(job.lastError == "the payload is not a test.note at text")
        }
    }

    @Test(arguments: Backend.available)
    func `an external attempt that takes too long is cancelled and counts as failed`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let handler = JobHandler.external(HastyLetter.self) { _, _ in
                for await _ in AsyncStream<Void>(unfolding: { try? await Task.sleep(for: .seconds(60)) }) {
                    if Task.isCancelled { break }
                }
                return { tx in try EffectQueries.write("too late", tx) }
            }
            let id = try #require(try await stand.enqueue(HastyLetter()))
            try await stand.runner([handler]).drain()
            #expect(try await stand.queue.job(id)?.lastError == "the attempt took too long")
            #expect(try await stand.effects() == [])
        }
    }

    @Test(arguments: Backend.available)
    func `an error's text of any length and script is kept as far as it fits`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let family = "👨‍👩‍👧‍👦"
            let handler = JobHandler.transactional(Note.self) { _, _ in
                throw JobFailure.permanent(String(repeating: family, count: 500))
            }
            let id = try #require(try await stand.enqueue(Note(text: "x")))
            try await stand.runner([handler]).drain()
            let job = try #require(try await stand.queue.job(id))
            #expect(job.state == .dead && job.lastError?.unicodeScalars.count == 1_000)
        }
    }
}

private struct HastyLetter: ExternalJobPayload {
    static let kind = "test.hasty"
    static var timeLimit: TimeSpan { .milliseconds(20) }
}
