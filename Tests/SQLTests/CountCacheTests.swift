import SQL
import TestSupport
import Testing

@Suite struct CountCacheTests {
    private static let query: Query = "SELECT COUNT(*) FROM things"

    @Test(arguments: Backend.available)
    func `short lists are counted each time, long ones once a second`(_ backend: Backend) async throws {
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            let hands = MovableInstant()
            let counts = CountCache(shortest: 4) { hands.now }
            func add(_ numbers: ClosedRange<Int64>) async throws {
                try await database.write { try Fixture.addNumbers(Array(numbers), $0) }
            }
            func count() async throws -> Int { try await database.read { try counts.count(Self.query, $0) } }
            try await add(1...3)
            #expect(try await count() == 3)
            try await add(4...5)
            #expect(try await count() == 5)
            try await add(6...6)
            #expect(try await count() == 5)
            hands.advance(by: .milliseconds(500))
            #expect(try await count() == 6)
            try await add(7...7)
            hands.advance(by: .milliseconds(499))
            #expect(try await count() == 6)
            hands.advance(by: .seconds(2))
            #expect(try await count() == 7)
            let other: Query = "SELECT COUNT(*) FROM things WHERE number > \(3)"
            #expect(try await database.read { try counts.count(other, $0) } == 4)
            _ = try await database.write { try $0.execute("DELETE FROM things WHERE number > 2") }
            hands.advance(by: .seconds(1))
            #expect(try await count() == 2)
            try await add(3...3)
            #expect(try await count() == 3)
        }
    }

    @Test func `one caller renews while the others get what is kept`() async throws {
        try await withDatabase(.sqlite, migrations: Fixture.migrations) { database in
            let hands = MovableInstant()
            let counts = CountCache(shortest: 1) { hands.now }
            try await database.write { try Fixture.addNumbers([1, 2], $0) }
            #expect(try await database.read { try counts.count(Self.query, $0) } == 2)
            hands.advance(by: .milliseconds(600))
            let meter = StatementMeter()
            try await StatementMeter.$current.withValue(meter) {
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<20 {
                        group.addTask { try await database.read { try counts.count(Self.query, $0) } }
                    }
                    for try await count in group { #expect(count == 2) }
                }
            }
            #expect(meter.statements == 1)
        }
    }
}
