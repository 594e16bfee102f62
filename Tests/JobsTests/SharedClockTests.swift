import Jobs
import Primitives
import SQL
import TestSupport
import Testing

/// Two instances whose machines' clocks differ, on one database.
@Suite(.timeLimit(.minutes(6)))
struct SharedClockTests {
    /// Returns a machine whose clock is this far ahead.
    private static func machine(ahead: TimeSpan) -> TimeSource { TimeSource { TimeSource.machine.now + ahead } }

    private static func queue(_ database: any Database, ahead: TimeSpan) -> JobQueue {
        JobQueue(database, time: machine(ahead: ahead), machine: machine(ahead: ahead))
    }

    @Test(arguments: Backend.available.filter { $0 == .mysql })
    func `a job that runs is not taken over by an instance whose clock is ahead`(_ backend: Backend) async throws {
        try await JobHarness.withTwo(backend) { stand, other in
            let right = Self.queue(stand.database, ahead: .seconds(0))
            let ahead = Self.queue(other.database, ahead: .seconds(60))
            let lines = LogLines()
            let taken = JobHandler.external(Letter.self) { _, _ in { tx in try EffectQueries.write("second", tx) } }
            let second = try JobRunner(ahead, handlers: [taken], logger: lines.logger)
            let kept = JobHandler.external(Letter.self) { _, _ in
                let takenOver = try await second.drain()
                #expect(takenOver == 0)
                return { tx in try EffectQueries.write("first", tx) }
            }
            let first = try JobRunner(right, handlers: [kept], logger: quietLogger)
            try await stand.database.write { _ = try right.enqueue(Letter(text: "x"), in: $0) }
            #expect(try await first.drain() == 1)
            #expect(try await stand.effects() == ["first"])
            #expect(lines.all.contains { $0.contains("this machine's clock and the database's differ") })
        }
    }

    @Test(arguments: Backend.available.filter { $0 == .mysql })
    func `a job for now is due at once, whichever instance's clock is behind`(_ backend: Backend) async throws {
        try await JobHarness.withTwo(backend) { stand, other in
            let behind = Self.queue(stand.database, ahead: .minutes(-5))
            let ahead = Self.queue(other.database, ahead: .minutes(5))
            let runners = try [behind, ahead].map { try JobRunner($0, handlers: [.notes], logger: quietLogger) }
            for runner in runners { try await runner.drain() }
            try await other.database.write { _ = try ahead.enqueue(Note(text: "from ahead"), in: $0) }
            // The clocks agree to within the way to the server.
            try await poll("what came from ahead") { try await runners[0].drain() == 1 }
            try await stand.database.write { _ = try behind.enqueue(Note(text: "from behind"), in: $0) }
            try await poll("what came from behind") { try await runners[1].drain() == 1 }
        }
    }
}
