import SQL
import Synchronization
import TestSupport
import Testing

@Suite struct MySQLConflictTests {
    @Test(arguments: mysqlOnly)
    func `a closure that throws a conflict is run again, one that keeps throwing is given up`(
        _ backend: Backend
    ) async throws {
        try await withDatabase(backend) { database in
            let attempts = Mutex(0)
            let last = try await database.write { _ in
                let attempt = attempts.withLock { count in
                    count += 1
                    return count
                }
                if attempt < 3 { throw SQLError(.conflict, message: "concurrentUpdate") }
                return attempt
            }
            #expect(last == 3)
            let error = await #expect(throws: SQLError.self) {
                try await database.write { _ in throw SQLError(.conflict, message: "always") }
            }
            #expect(error?.kind == .conflict)
        }
    }
}
