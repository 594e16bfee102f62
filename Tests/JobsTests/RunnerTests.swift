import Jobs
import Primitives
import SQL
import ServiceLifecycle
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct RunnerTests {
    @Test(arguments: Backend.available)
    func `two runners on one database run no job twice`(_ backend: Backend) async throws {
        try await JobHarness.withTwo(backend) { stand, other in
            let (bell, begun) = (EventRecorder(), Tally())
            let notes = JobHandler.transactional(Note.self) { note, tx in
                try EffectQueries.write(note.text, tx)
                tx.afterCommit { bell.ring() }
            }
            let letters = JobHandler.external(Letter.self) { letter, _ in
                begun.add()
                return { tx in
                    try EffectQueries.write(letter.text, tx)
                    tx.afterCommit { bell.ring() }
                }
            }
            let settings = JobRunner.Settings(databaseConcurrency: 4, externalConcurrency: 4, batch: 20)
            let runners = try [stand, other].map { try $0.runner([notes, letters], settings: settings) }
            try await stand.working(runners) {
                try await stand.enqueue((0..<1_000).map { Note(text: "n\($0)") })
                other.queue.wake()
                for number in 0..<50 { try await stand.enqueue(Letter(text: "l\(number)")) }
                _ = await bell.heard(1_050)
            }
            let effects = try await stand.effects()
            #expect(effects.count == 1_050 && Set(effects).count == 1_050)
            #expect(begun.value == 50)
            #expect(try await stand.queue.counts() == JobCounts(due: 0, scheduled: 0, running: 0, dead: 0))
        }
    }

    @Test(arguments: Backend.available)
    func `no job that was taken is forgotten while others end`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let bell = EventRecorder()
            let notes = JobHandler.transactional(Note.self) { _, tx in tx.afterCommit { bell.ring() } }
            let settings = JobRunner.Settings(databaseConcurrency: 3, batch: 4)
            try await stand.working([stand.runner([notes], settings: settings)]) {
                for _ in 0..<4 {
                    try await stand.enqueue((0..<1_000).map { Note(text: "\($0)") })
                    _ = await bell.heard(1_000)
                }
            }
            #expect(try await stand.queue.counts() == JobCounts(due: 0, scheduled: 0, running: 0, dead: 0))
        }
    }

    @Test(arguments: Backend.available)
    func `slow work outside does not hold up work in the database`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let (gate, bell) = (EventRecorder(), EventRecorder())
            let letters = JobHandler.external(Letter.self) { _, _ in
                _ = await gate.heard(1)
                return JobHandler.nothingToWrite
            }
            let notes = JobHandler.transactional(Note.self) { _, tx in tx.afterCommit { bell.ring() } }
            let runner = try stand.runner([letters, notes], settings: .init(externalConcurrency: 1))
            try await stand.working([runner]) {
                try await stand.enqueue(Letter(text: "slow"))
                try await stand.enqueue(Letter(text: "behind it"))
                try await stand.enqueue((0..<20).map { Note(text: "\($0)") })
                #expect(await bell.heard(20).count == 20)
                gate.ring()
                gate.ring()
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a graceful shutdown finishes what has begun and leaves the rest`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let (begun, gate) = (EventRecorder(), EventRecorder())
            let letters = JobHandler.external(Letter.self) { letter, _ in
                begun.ring()
                try await gracefulShutdown()
                _ = await gate.heard(1)
                return { tx in try EffectQueries.write(letter.text, tx) }
            }
            let runner = try stand.runner([letters], settings: .init(externalConcurrency: 1))
            try await stand.enqueue(Letter(text: "begun"))
            try await stand.working([runner]) {
                _ = await begun.heard(1)
                try await stand.enqueue(Letter(text: "waiting"))
                gate.ring()
            }
            #expect(try await stand.effects() == ["begun"])
            #expect(try await stand.queue.counts() == JobCounts(due: 1, scheduled: 0, running: 0, dead: 0))
        }
    }

    @Test(arguments: Backend.available)
    func `a runner takes no more slow jobs than it has room for`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let (begun, gate) = (EventRecorder(), EventRecorder())
            let letters = JobHandler.external(Letter.self) { _, _ in
                begun.ring()
                _ = await gate.heard(1)
                return JobHandler.nothingToWrite
            }
            for number in 1...3 { try await stand.enqueue(Letter(text: "\(number)")) }
            let runner = try stand.runner([letters], settings: .init(externalConcurrency: 1))
            try await stand.working([runner]) {
                _ = await begun.heard(1)
                let counts = try await stand.queue.counts()
                #expect(counts == JobCounts(due: 2, scheduled: 0, running: 1, dead: 0))
                for _ in 1...3 { gate.ring() }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a shutdown gives back what was taken and not begun`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let begun = EventRecorder()
            let handler = JobHandler.external(LocalWork.self) { work, _ in
                begun.ring()
                try await gracefulShutdown()
                return { tx in try EffectQueries.write("\(work.number)", tx) }
            }
            for number in 1...20 { try await stand.enqueue(LocalWork(number: number)) }
            let runner = try stand.runner([handler], settings: .init(databaseConcurrency: 2, batch: 15))
            try await stand.working([runner]) {
                _ = await begun.heard(2)
                let counts = try await stand.queue.counts()
                #expect(counts == JobCounts(due: 5, scheduled: 0, running: 15, dead: 0))
            }
            #expect(Set(try await stand.effects()) == ["1", "2"])
            #expect(try await stand.queue.counts() == JobCounts(due: 18, scheduled: 0, running: 0, dead: 0))
            #expect(try await stand.queue.list(.ready, limit: 100).allSatisfy { $0.losses == 0 && $0.failures == 0 })
        }
    }

    @Test(arguments: [false, true], Backend.available)
    func `a shutdown that waits no longer gives its jobs back unharmed`(
        drains: Bool, _ backend: Backend
    ) async throws {
        try await JobHarness.with(backend) { stand in
            let begun = EventRecorder()
            let letters = JobHandler.external(Letter.self) { _, _ in
                begun.ring()
                try await Task.sleep(for: .seconds(600))
                return JobHandler.nothingToWrite
            }
            let runner = try stand.runner([letters])
            let id = try #require(try await stand.enqueue(Letter(text: "x")))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    guard drains else { return try await runner.run() }
                    await #expect(throws: CancellationError.self) { try await runner.drain() }
                }
                _ = await begun.heard(1)
                group.cancelAll()
                try await group.waitForAll()
            }
            let job = try #require(try await stand.queue.job(id))
            #expect(job.state == .ready && job.failures == 0 && job.lastError == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `a runner outlives a database that fails it`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let (bell, lines) = (EventRecorder(), LogLines())
            let notes = JobHandler.transactional(Note.self) { _, tx in tx.afterCommit { bell.ring() } }
            let quick = JobRunner.Settings(pollInterval: .milliseconds(5))
            let runner = try stand.runner([notes], settings: quick, logger: lines.logger)
            try await stand.enqueue(Note(text: "x"))
            _ = try await stand.database.write { tx in try tx.execute("ALTER TABLE jobs RENAME TO hidden_jobs") }
            try await stand.working([runner]) {
                while !lines.all.contains(where: { $0.contains("jobs could not be taken") }) { await Task.yield() }
                _ = try await stand.database.write { tx in try tx.execute("ALTER TABLE hidden_jobs RENAME TO jobs") }
                #expect(await bell.heard(1).count == 1)
            }
        }
    }
}

/// Work outside the database in the lane whose jobs are taken many at a time.
private struct LocalWork: ExternalJobPayload {
    static let kind = "test.local"
    static var lane: JobLane { .database }
    let number: Int
}
