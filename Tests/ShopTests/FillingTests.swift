import Foundation
import Primitives
import SQL
import TestSupport
import Testing

/// Filling a shop with made-up data, broken off and repeated.
@Suite(.timeLimit(.minutes(12)))
struct FillingTests {
    @Test(arguments: Backend.available)
    func `seed asks before it fills a shop that has products, and a repeated one adds only what is missing`(
        _ backend: Backend
    ) async throws {
        try await withDatabaseAddress(backend) { database in
            try await withTemporaryFolder { data in
                let words = ["seed", "--users", "3", "--orders", "4", "--products"]
                try await ShopProcess.run(words + ["5"], over: database, data: data)
                await #expect(throws: ChildProcessError.self) {
                    try await ShopProcess.run(words + ["9"], over: database, data: data)
                }
                #expect(try await Self.counts(database) == [5, 3, 4])
                try await ShopProcess.run(words + ["9", "--yes"], over: database, data: data)
                #expect(try await Self.counts(database) == [9, 3, 4])
            }
        }
    }

    @Test(.timeLimit(.minutes(12)), arguments: Backend.available)
    func `a demo shop whose filling was killed is filled by the next start`(_ backend: Backend) async throws {
        try await withDatabaseAddress(backend) { database in
            try await withTemporaryFolder { data in
                try await ShopProcess.run(["migrate"], over: database, data: data)
                for milliseconds in [200, 600] {
                    try ShopProcess.runKilled(
                        ["serve", "--demo", "--port", "0"], over: database, data: data, after: milliseconds)
                }
                let shop = try await ShopProcess(over: database, data: data, ["--demo"])
                #expect(try await Self.counts(database) == [200, 12, 60])
                #expect(try await shop.terminate() == 0)
            }
        }
    }

    /// Returns the counts of products, users and orders.
    private static func counts(_ address: String) async throws -> [Int] {
        let database = try openDatabase(beside: address)
        let counts = try await database.read { connection in
            try ["SELECT COUNT(*) FROM products", "SELECT COUNT(*) FROM users", "SELECT COUNT(*) FROM orders"].map {
                (query: Query) in try connection.value(query, as: Int.self) ?? 0
            }
        }
        await database.close()
        return counts
    }
}
