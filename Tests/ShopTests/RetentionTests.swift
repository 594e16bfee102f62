import Jobs
import Logging
import Media
import Primitives
import SQL
import Schema
import TestSupport
import Testing

@testable import KontorApp
@testable import Modules

/// What has had its time goes, all of it at one run.
@Suite struct RetentionTests {
    @Test(arguments: Backend.available)
    func `upkeep that finds a full chunk goes on at once, and what is young stays`(_ backend: Backend) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            let clock = MovableClock(startingAt: Timestamp(seconds: 1_800_000_000))
            let now = clock.source.now
            let (old, count) = (now - .days(1_000), 3 * Housekeeping.chunk + 7)
            try await Self.fill(database, count, at: old)
            try await Self.fill(database, 5, at: now - .days(1))
            #expect(try await Self.run(database, clock) == 4)
            #expect(try await Self.counts(database) == [5, 5, 5, 5])
        }
    }

    @Test(arguments: Backend.available)
    func `an age of 0 keeps for ever`(_ backend: Backend) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            let clock = MovableClock(startingAt: Timestamp(seconds: 1_800_000_000))
            try await Self.fill(database, 3, at: clock.source.now - .days(9_000))
            let keys = ["DEAD_JOB_DAYS", "MAILBOX_DAYS", "ORDERED_CART_DAYS", "AUDIT_DAYS"]
            let settings = Dictionary(uniqueKeysWithValues: keys.map { ($0, "0") })
            #expect(try await Self.run(database, clock, settings) == 1)
            #expect(try await Self.counts(database) == [3, 3, 3, 3])
        }
    }

    /// Runs the shop's housekeeping until there is nothing more to do; how many jobs that took.
    private static func run(
        _ database: any Database, _ clock: MovableClock, _ settings: [String: String] = [:]
    ) async throws -> Int {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let context = try ModuleContext(try .ofTest(database, settings: settings, time: clock.source))
        let handlers = try await Rooms(context).modules.jobs.filter { $0.kind == Housekeeping.kind }
        _ = try await database.write { try context.jobs.enqueue(Housekeeping(), in: $0) }
        return try await JobRunner(context.jobs, handlers: handlers, logger: logger).drain()
    }

    /// Adds `count` dead jobs, messages, ordered carts and entries of the audit each.
    private static func fill(_ database: any Database, _ count: Int, at moment: Timestamp) async throws {
        let number = moment.seconds
        _ = try await database.write { tx in
            for index in 0..<count {
                try tx.execute(
                    """
                    INSERT INTO jobs (kind, payload, unique_key, unique_until, lane, priority, state, run_at, max_attempts,
                    created_at, died_at) VALUES ('k', '{}', '', 0, 0, 1, 2, 0, 1, \(moment), \(moment))
                    """)
                try tx.execute(
                    """
                    INSERT INTO mailbox (channel, recipient, subject, text_content, html_content, links, created_at)
                    VALUES ('email', 'a@example.com', '', '', '', '[]', \(moment))
                    """)
                try tx.execute(
                    """
                    INSERT INTO carts (owner_key, status, notices, created_at, updated_at)
                    VALUES (\("o:\(number)-\(index)"), 'ordered', '[]', \(moment), \(moment))
                    """)
                try tx.execute(
                    """
                    INSERT INTO audit_entries (actor_id, method, template, path, before_json, after_json, created_at)
                    VALUES (1, 'PUT', '/', '/', '', '', \(moment))
                    """)
            }
        }
    }

    private static func counts(_ database: any Database) async throws -> [Int] {
        try await database.read { connection in
            let queries: [Query] = [
                "SELECT COUNT(*) FROM jobs", "SELECT COUNT(*) FROM mailbox", "SELECT COUNT(*) FROM carts",
                "SELECT COUNT(*) FROM audit_entries",
            ]
            return try queries.map { try connection.value($0, as: Int.self) ?? 0 }
        }
    }
}
