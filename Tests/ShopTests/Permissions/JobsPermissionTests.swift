import Jobs
import KontorApp
import Primitives
import SQL
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct JobsPermissionTests {
    @Test(arguments: Backend.available)
    func `every endpoint of jobs says to each caller what the table says`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let cast = try await TestAccounts(stand)
            let world = try await CommerceFixture(cast)
            try await cast.expect(JobsTable.rows) { try await world.values(for: $0.placeholders) }
        }
    }

    @Test func `no endpoint of jobs is missing from the table`() async throws {
        try await withShop(.sqlite) { stand in
            let found = try await stand.documentedShapes {
                $0.hasPrefix("/api/admin/jobs/") || $0.hasPrefix("/api/admin/cron/")
            }
            #expect(found == Set(JobsTable.rows.map(\.shape)))
        }
    }

    @Test(arguments: Backend.available)
    func `who sees jobs may not change them`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let cast = try await TestAccounts(stand)
            _ = try await stand.shop.installation.database.write { tx in
                try tx.execute("UPDATE users SET permissions = 'jobs.view' WHERE email = 'staff@example.com'")
            }
            let job = try await stand.addJob(.dead)
            let staff = cast[.staff]
            #expect(try await staff.send("GET", "/api/admin/jobs/\(job)/").status == 200)
            #expect(try await staff.send("POST", "/api/admin/jobs/\(job)/retry/").status == 403)
            #expect(try await staff.send("DELETE", "/api/admin/jobs/\(job)/").status == 403)
            #expect(try await staff.send("POST", "/api/admin/jobs/retry-dead/").status == 403)
        }
    }
}
