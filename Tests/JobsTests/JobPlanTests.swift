import Jobs
import Primitives
import SQL
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(6)))
struct JobPlanTests {
    @Test(arguments: Backend.available)
    func `the look for due jobs reads its index and sorts nothing`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let now = stand.clock.source.now
            try await stand.enqueue((0..<3_000).map { Note(text: "\($0)") })
            try await stand.enqueue(Letter(text: "x"))
            let query = JobsQueries.dueQuery(
                .database, .normal, kinds: [Note.kind], at: now, limit: 100, stand.database.dialect)
            let plan = try await Self.plan(of: query, stand)
            #expect(plan.count == 1)
            #expect(plan.allSatisfy { $0.contains("ix_jobs_due") })
            #expect(!plan.contains { $0.contains("TEMP B-TREE") || $0.contains("filesort") })
        }
    }

    @Test(arguments: Backend.available)
    func `a list finds the few dead among many jobs by the index`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            try await stand.enqueue((0..<3_000).map { Note(text: "\($0)") })
            _ = try await stand.database.write { tx in
                try tx.execute("UPDATE jobs SET state = \(JobState.dead) WHERE id <= 3")
            }
            for kind in [nil, Note.kind] {
                let filter = JobFilter(state: .dead, kind: kind)
                let query = JobAdminQueries.pageQuery(filter, limit: 20, offset: 0, stand.database.dialect)
                let plan = try await Self.plan(of: query, stand)
                #expect(plan.contains { $0.contains("ix_jobs_state") }, "\(plan)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `each order of jobs walks an index`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            try await stand.enqueue((0..<3_000).map { Note(text: "\($0)") })
            _ = try await stand.database.write { tx in
                try tx.execute("UPDATE jobs SET state = \(JobState.dead), attempts = 3 WHERE id <= 30")
            }
            let indexes: [(JobOrder.Key, String)] = [
                (.runAt, "ix_jobs_run_at"), (.attempts, "ix_jobs_attempts"), (.state, "ix_jobs_state"),
            ]
            let filters = [JobFilter(), JobFilter(state: .dead), JobFilter(kind: Note.kind)]
            for (key, index) in indexes {
                for filter in filters {
                    for descending in [false, true] {
                        let order = JobOrder(key, descending: descending)
                        let dialect = stand.database.dialect
                        let query = JobAdminQueries.pageQuery(filter, by: order, limit: 20, offset: 40, dialect)
                        let plan = try await Self.plan(of: query, stand)
                        #expect(plan.contains { $0.contains(index) }, "\(order): \(plan)")
                        // The rows of the page are put in order once more.
                        let sorts = plan.count { $0.contains("TEMP B-TREE") || $0.contains("filesort") }
                        #expect(sorts <= 1, "\(order): \(plan)")
                    }
                }
            }
        }
    }

    private static func plan(of query: Query, _ stand: JobHarness) async throws -> [String] {
        try await stand.database.write { tx in
            let rows =
                switch tx.dialect {
                case .sqlite: try tx.rows("EXPLAIN QUERY PLAN \(query)")
                case .mysql: try tx.rows("EXPLAIN FORMAT=TRADITIONAL \(query)")
                }
            return rows.map { row in (0..<row.count).map { "\(row.raw($0))" }.joined(separator: " ") }
        }
    }

    @Test(arguments: Backend.available)
    func `logs name the job and never its payload`(_ backend: Backend) async throws {
        try await JobHarness.with(backend) { stand in
            let lines = LogLines()
            let id = try #require(try await stand.enqueue(Note(text: "hush"), maxAttempts: 1))
            try await stand.runner([.refusedNotes], logger: lines.logger).drain()
            let written = lines.all
            #expect(written.contains { $0.contains("job is dead") && $0.contains("test.note") && $0.contains("\(id)") })
            #expect(!written.contains { $0.contains("hush") })
        }
    }
}
