import Dispatch
import FoundationEssentials
import Logging
import SQL
import SQLiteDriver
import TestSupport
import Testing

/// The write-ahead log while reads overlap.
@Suite struct SQLiteCheckpointTests {
    private func open(_ path: String, logger: Logger = Logger(label: "test")) throws -> SQLiteDatabase {
        var configuration = SQLiteConfiguration()
        configuration.checkpointPages = 20
        configuration.restartPages = 100
        configuration.reportThreads = 2
        configuration.synchronous = .normal
        return try SQLiteDatabase.open(.file(path), configuration: configuration, logger: logger)
    }

    /// Reads that overlap, so that at no moment nobody reads: each begins before the one before it ends.
    private struct Relay: Sendable {
        static let reads = 60
        let begins = (0...reads).map { _ in DispatchSemaphore(value: 0) }
        let ends = (0...reads).map { _ in DispatchSemaphore(value: 0) }
        /// Signalled with every tenth commit.
        let pace = DispatchSemaphore(value: 0)

        func read(_ number: Int, _ database: SQLiteDatabase) async throws {
            try await database.report { connection in
                begins[number].wait()
                _ = try connection.value("SELECT COUNT(*) FROM users", as: Int.self)
                if number > 0 { ends[number - 1].signal() }
                // As long as ten commits take, or a short while where the writer itself waits.
                _ = pace.wait(timeout: .now() + .milliseconds(30))
                begins[number + 1].signal()
                if number + 1 < Self.reads { ends[number].wait() }
            }
        }
    }

    @Test func `a log that reads overlap starts anew`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/a.db"
            let database = try open(path)
            try await Migrator(database, Fixture.migrations).migrate()
            let relay = Relay()
            relay.begins[0].signal()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for lane in 0..<2 {
                    group.addTask {
                        for number in stride(from: lane, to: Relay.reads, by: 2) {
                            try await relay.read(number, database)
                        }
                    }
                }
                for index in 0..<600 {
                    try await database.write { _ = try Fixture.addUser("user\(index)", $0) }
                    if index % 10 == 9 { relay.pace.signal() }
                }
                try await group.waitForAll()
            }
            let size = try #require(FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int)
            #expect(size < 400 * 4_120, "the log has \(size / 4_120) pages")
            await database.close()
        }
    }

    @Test func `a log that cannot start anew is told of, and commits go on`() async throws {
        try await withTemporaryFolder { folder in
            let lines = LogLines()
            let database = try open(folder + "/a.db", logger: lines.logger)
            try await Migrator(database, Fixture.migrations).migrate()
            let (begun, end) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await database.report { connection in
                        _ = try connection.value("SELECT COUNT(*) FROM users", as: Int.self)
                        begun.signal()
                        end.wait()
                    }
                }
                try await poll("the read") { begun.wait(timeout: .now()) == .success }
                for index in 0..<200 { try await database.write { _ = try Fixture.addUser("user\(index)", $0) } }
                #expect(lines.messages.contains("the write-ahead log could not be moved into the database"))
                end.signal()
                try await group.waitForAll()
            }
            #expect(try await database.read { try $0.value("SELECT COUNT(*) FROM users", as: Int.self) } == 200)
            await database.close()
        }
    }
}
