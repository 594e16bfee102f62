import Jobs
import Primitives
import SQL
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(6)))
struct LeaseTests {
    /// Takes every due note as a runner would that is killed right after.
    private func takeAndVanish(_ stand: JobHarness, lease: TimeSpan = .seconds(30)) async throws -> [ClaimedJob] {
        let now = stand.clock.source.now
        return try await stand.database.write { tx in
            let ids = try JobsQueries.due(.database, kinds: [Note.kind], at: now, limit: 100, tx)
            return try JobsQueries.claim(ids, for: "vanished", at: now, until: now + lease, tx)
        }
    }

    @Test(arguments: Backend.available)
    func `what a killed runner held is taken over when the lease has run out`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            try await stand.enqueue((0..<10).map { Note(text: "n\($0)") })
            #expect(try await takeAndVanish(stand).count == 10)
            let runner = try stand.runner([.notes])
            stand.clock.advance(by: .seconds(29))
            #expect(try await runner.drain() == 0)
            #expect(try await stand.queue.counts().running == 10)
            stand.clock.advance(by: .seconds(1))
            #expect(try await runner.drain() == 10)
            #expect(Set(try await stand.effects()).count == 10)
        }
    }

    @Test(arguments: Backend.available)
    func `a job is not taken twice`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let id = try #require(try await stand.enqueue(Note(text: "x")))
            let now = stand.clock.source.now
            let takings = try await stand.database.write { tx in
                try ["one", "two"].map {
                    try JobsQueries.claim([id], for: $0, at: now, until: now + .seconds(9), tx).count
                }
            }
            #expect(takings == [1, 0])
        }
    }

    @Test(arguments: Backend.available)
    func `an attempt that lost its lease writes nothing`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let keys = Mutex<[String]>([])
            let second = try stand.runner([
                .external(Letter.self) { _, context in
                    keys.withLock { $0.append(context.deduplicationKey) }
                    return { tx in try EffectQueries.write("second", tx) }
                }
            ])
            let first = try stand.runner([
                .external(Letter.self) { _, context in
                    keys.withLock { $0.append(context.deduplicationKey) }
                    stand.clock.advance(by: .minutes(1))
                    let takenOver = try await second.drain()
                    #expect(takenOver == 1)
                    return { tx in try EffectQueries.write("first", tx) }
                }
            ])
            try await stand.enqueue(Letter(text: "x"))
            #expect(try await first.drain() == 1)
            #expect(try await stand.effects() == ["second"])
            #expect(keys.withLock { $0.count == 2 && $0.first == $0.last })
        }
    }

    @Test(arguments: Backend.available)
    func `the lease of a long job is lengthened while it runs`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let handler = JobHandler.external(Letter.self) { _, context in
                let before = try #require(try await stand.queue.job(context.jobID)).leaseUntil
                stand.clock.advance(by: .milliseconds(50))
                // Ends by the heartbeat alone.
                while try await stand.queue.job(context.jobID)?.leaseUntil == before { await Task.yield() }
                return { tx in try EffectQueries.write("done", tx) }
            }
            try await stand.enqueue(Letter(text: "x"))
            let runner = try stand.runner([handler], settings: .init(lease: .milliseconds(100)))
            #expect(try await runner.drain() == 1)
            #expect(try await stand.effects() == ["done"])
        }
    }

    @Test(arguments: Backend.available)
    func `a clock that jumps does not make a runner take over its own jobs`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let (bell, begun) = (EventRecorder(), Tally())
            let letters = JobHandler.external(Letter.self) { _, _ in
                begun.add()
                stand.clock.advance(by: .hours(2))
                stand.queue.wake()
                // The entry fires after the look for expired leases.
                _ = await bell.heard(1)
                return { tx in try EffectQueries.write("letter", tx) }
            }
            let notes = JobHandler.transactional(Note.self) { _, tx in tx.afterCommit { bell.ring() } }
            let entry = CronEntry("hourly", .every(.hours(1)), Note(text: "slot"))
            let runner = try stand.runner([letters, notes], cron: [entry], settings: .init(pollInterval: .hours(1)))
            try await runner.drain()
            try await stand.enqueue(Letter(text: "x"))
            try await stand.working([runner]) {
                // Shutdown waits for the letter, which waits for the slot.
                while begun.value == 0 { await Task.yield() }
                while try await stand.effects().isEmpty { await Task.yield() }
            }
            #expect(begun.value == 1)
            #expect(try await stand.effects() == ["letter"])
        }
    }

    @Test(arguments: Backend.available)
    func `a job whose runners keep vanishing is dead in the end`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let id = try #require(try await stand.enqueue(Note(text: "deadly")))
            let idle = try stand.runner([.urgentNotes])
            for _ in 1...50 {
                #expect(try await takeAndVanish(stand).count == 1)
                stand.clock.advance(by: .minutes(1))
                try await idle.drain()
                stand.clock.advance(by: .hours(2))
            }
            #expect(try await stand.queue.job(id)?.state == .dead)
            #expect(try await stand.queue.job(id)?.failures == 0)
        }
    }
}
