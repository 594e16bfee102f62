import Jobs
import KontorApp
import Primitives
import SQL
import TestSupport
import Testing

extension CommerceFixture {
    /// Returns what stands for a placeholder of what the shop keeps by itself: a job that gave up, a caught message, an entry
    /// of the audit.
    func system(_ name: String) async throws -> [String: String] {
        switch name {
        case "dead_job": return [name: String(try await cast.stand.addJob(.dead))]
        case "message": return [name: String(try await message())]
        default:
            _ = try await sent("POST", "/api/categories/", #"{"name": "E{n}"}"#, by: cast.admin)
            let audit = try await cast.admin.send("GET", "/api/admin/audit/?page_size=1")
            return [name: Self.text(audit["results"]?[0]?["id"])]
        }
    }

    private func message() async throws -> Int64 {
        try await cast.stand.shop.installation.database.write { tx in
            try tx.insert(
                """
                INSERT INTO mailbox (channel, recipient, subject, text_content, html_content, links, created_at)
                VALUES ('email', 'a@example.com', 'S', 'T', '<p>T</p>', '[]', 0)
                """)
        }
    }
}

extension ShopHarness {
    /// A kind that no handler does, so that its jobs stay as they are.
    static let idleKind = "test.idle"

    /// Adds a job in a state, which nothing takes up, and returns its id.
    func addJob(
        _ state: JobState, key: String = "", payload: String = "{}", person: String = ""
    ) async throws -> Int64 {
        let now = TimeSource.machine.now
        let diedAt = state == .dead ? now : nil
        return try await shop.installation.database.write { tx in
            try tx.insert(
                """
                INSERT INTO jobs (kind, payload, person, unique_key, lane, priority, state, run_at, failures, max_attempts,
                    lease_until, last_error, created_at, died_at)
                VALUES (\(Self.idleKind), \(payload), \(person), \(key), 0, 1, \(state), \(now), 3, 3, \(now + .hours(1)),
                    'it broke', \(now), \(diedAt))
                """)
        }
    }
}
