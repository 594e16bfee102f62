import Jobs
import Primitives
import SQL
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(6)))
struct UniqueKeyTests {
    @Test(arguments: Backend.available)
    func `a second living job with the same key is not made`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand async throws in
            #expect(try await stand.enqueue(Note(text: "first"), uniqueKey: "k") != nil)
            #expect(try await stand.enqueue(Note(text: "second"), uniqueKey: "k") == nil)
            #expect(try await stand.enqueue(Note(text: "other"), uniqueKey: "K") != nil)
            #expect(try await stand.enqueue(UrgentNote(text: "of another kind"), uniqueKey: "k") != nil)
            #expect(try await stand.queue.counts().due == 3)
        }
    }

    @Test(arguments: Backend.available)
    func `a key is free once its job is done`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let runner = try stand.runner([.notes])
            try await stand.enqueue(Note(text: "first"), uniqueKey: "k")
            try await runner.drain()
            #expect(try await stand.enqueue(Note(text: "second"), uniqueKey: "k") != nil)
            try await runner.drain()
            #expect(try await stand.effects() == ["first", "second"])
        }
    }

    @Test(arguments: Backend.available)
    func `a key is held while a failed job waits, and free once it is dead`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let runner = try stand.runner([.refusedNotes])
            let first = try #require(try await stand.enqueue(Note(text: "first"), uniqueKey: "k", maxAttempts: 2))
            try await runner.drain()
            #expect(try await stand.enqueue(Note(text: "second"), uniqueKey: "k") == nil)
            stand.clock.advance(by: .minutes(5))
            try await runner.drain()
            #expect(try await stand.enqueue(Note(text: "third"), uniqueKey: "k") != nil)
            #expect(try await stand.queue.retry(first) == false)
        }
    }

    @Test(arguments: Backend.available)
    func `only a key held until the start is free while its job runs`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let started = UniqueKey("started", until: .started)
            let letters = JobHandler.external(Letter.self) { letter, _ in
                if letter.text == "again" { return JobHandler.nothingToWrite }
                let second = try await stand.enqueue(Letter(text: "again"), uniqueKey: started)
                let third = try await stand.enqueue(Letter(text: "again"), uniqueKey: "finished")
                #expect(second != nil && third == nil)
                return { tx in try EffectQueries.write(letter.text, tx) }
            }
            try await stand.enqueue(Letter(text: "first"), uniqueKey: started)
            try await stand.enqueue(Letter(text: "again"), uniqueKey: "finished")
            let one = JobRunner.Settings(externalConcurrency: 1, batch: 1)
            #expect(try await stand.runner([letters], settings: one).drain() == 3)
            #expect(try await stand.effects() == ["first"])
        }
    }

    @Test(arguments: Backend.available)
    func `keys beyond the column's length are told apart`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand async throws in
            let long = String(repeating: "ü", count: 300)
            #expect(try await stand.enqueue(Note(text: "a"), uniqueKey: UniqueKey(long + "a")) != nil)
            #expect(try await stand.enqueue(Note(text: "b"), uniqueKey: UniqueKey(long + "b")) != nil)
            #expect(try await stand.enqueue(Note(text: "a"), uniqueKey: UniqueKey(long + "a")) == nil)
        }
    }
}
