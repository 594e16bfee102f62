import Jobs
import Primitives
import SQL
import Synchronization
import TestSupport
import Testing

/// Many jobs that fail as often as they say, against counting their tries.
@Suite(.timeLimit(.minutes(10)))
struct JobLivesTests {
    private struct Life: Sendable {
        let text: String
        let failures: Int
        let tries: Int
        let startsAfter: Int64
    }

    private static func lives(_ random: RandomSource) -> [Life] {
        (0..<40).map { number in
            Life(
                text: "job-\(number)", failures: random.number(below: 5), tries: 1 + random.number(below: 4),
                startsAfter: Int64(random.number(below: 4)) * 600)
        }
    }

    @Test(arguments: Backend.available, [1, 2] as [UInt64])
    func `a job is done once when it succeeds, or dead after as many tries as it has, and never early`(
        _ backend: Backend, _ seed: UInt64
    ) async throws {
        let lives = Self.lives(.seeded(seed))
        try await JobHarness.with(backend) { stand in
            let start = stand.clock.source.now
            for life in lives {
                try await stand.enqueue(
                    Note(text: life.text), runAt: start + .seconds(life.startsAfter), maxAttempts: life.tries)
            }
            let seen = Mutex<[String: [Timestamp]]>([:])
            let byText = Dictionary(uniqueKeysWithValues: lives.map { ($0.text, $0) })
            let handler = JobHandler.transactional(Note.self) { note, tx in
                let tries = seen.withLock { seen in
                    seen[note.text, default: []].append(stand.clock.source.now)
                    return seen[note.text, default: []].count
                }
                try EffectQueries.write(note.text, tx)
                if tries <= byText[note.text]?.failures ?? 0 { throw TestRefusal() }
            }
            let runner = try stand.runner(
                [handler], settings: JobRunner.Settings(databaseConcurrency: 1, batch: 5))
            for _ in 0..<60 {
                _ = try await runner.drain()
                stand.clock.advance(by: .minutes(1))
            }
            let tries = seen.withLock { $0 }
            for life in lives {
                let moments = tries[life.text] ?? []
                #expect(moments.count == min(life.failures + 1, life.tries), "\(life)")
                #expect(moments.allSatisfy { $0 >= start + .seconds(life.startsAfter) }, "\(life)")
                #expect(moments == moments.sorted(), "\(life)")
            }
            let succeeded = lives.filter { $0.failures < $0.tries }
            #expect(try await stand.effects().sorted() == succeeded.map(\.text).sorted(), "what failed left nothing")
            let dead = lives.count - succeeded.count
            #expect(try await stand.queue.counts() == JobCounts(due: 0, scheduled: 0, running: 0, dead: dead))
        }
    }
}
