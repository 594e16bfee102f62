import Primitives
import SQL
import TestSupport
import Testing

/// Transactions of random depth, some of whose parts are given up, against a list that is put back.
@Suite struct SavepointModelTests {
    private struct GivenUp: Error {}

    /// Writes numbers and opens further savepoints; `kept` is what stands when it ends.
    private static func play(
        _ random: RandomSource, _ depth: Int, _ kept: inout [Int64], _ next: inout Int64, _ tx: Transaction
    ) throws {
        for _ in 0..<(1 + random.number(below: 4)) {
            if depth < 5, random.number(below: 2) == 0 {
                var inner = kept
                var number = next
                let fails = random.number(below: 3) == 0
                do {
                    try tx.savepoint { tx in
                        try play(random, depth + 1, &inner, &number, tx)
                        if fails { throw GivenUp() }
                    }
                    kept = inner
                } catch is GivenUp {}
                next = number
            } else {
                let number = next
                next += 1
                try tx.execute("INSERT INTO things (number) VALUES (\(number))")
                kept.append(number)
            }
        }
    }

    @Test(arguments: Backend.available, [1, 2, 3] as [UInt64])
    func `what was given up is gone with all within it, and what stands outside stays`(
        _ backend: Backend, _ seed: UInt64
    ) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            var (standing, start) = ([Int64](), Int64(1))
            for round in 0..<25 {
                let (before, first, fails) = (standing, start, round % 5 == 4)
                do {
                    (standing, start) = try await database.write { tx in
                        // A closure may run twice: it draws the same then.
                        let random = RandomSource.seeded(seed &* 1_000 &+ UInt64(round))
                        var (kept, next) = (before, first)
                        try play(random, &kept, &next, tx)
                        if fails { throw GivenUp() }
                        return (kept, next)
                    }
                } catch is GivenUp {
                    #expect(fails)
                }
                let found = try await database.read {
                    try $0.column("SELECT number FROM things ORDER BY number", as: Int64.self)
                }
                try #require(found == standing.sorted(), "round \(round)")
            }
        }
    }

    private func play(
        _ random: RandomSource, _ kept: inout [Int64], _ next: inout Int64, _ tx: Transaction
    ) throws {
        try Self.play(random, 0, &kept, &next, tx)
    }
}
