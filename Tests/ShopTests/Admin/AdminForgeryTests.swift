import AdminPages
import AppHarness
import HTTPTypes
import Primitives
import TestSupport
import Testing
import Web

@testable import KontorApp
@testable import SQL

/// Forms that another site, another session or nobody's page has sent.
@Suite(.timeLimit(.minutes(10)))
struct AdminForgeryTests {
    @Test func `no form does anything without the token of its own session`() async throws {
        try await withAdminWorld(.sqlite) { world in
            let admin = world[.admin]
            let (other, clerk) = (world.stand.browser(), world[.clerk])
            try await other.signIn(ShopHarness.adminEmail)
            let visitor = try await world.stand.browser().get("/admin/sign-in/").page.forms.first?["csrf"] ?? ""
            let forged: [String?] = [
                nil, "", "x", try await other.token(), try await clerk.token(), visitor, try await admin.token() + "A",
                String(try await admin.token().dropLast()),
            ]
            for address in try await Self.forms(world) {
                let before = try await world.stand.contents()
                for token in forged {
                    let fields = address.fields + (token.map { [(name: "csrf", value: $0)] } ?? [])
                    let answer = try await admin.post(address.path, fields)
                    #expect(answer.status == 403, "\(address) with \(token ?? "no token")")
                    #expect(answer.page.heading.contains("expired"), "\(address): \(answer.page.heading)")
                }
                let after = try await world.stand.contents()
                #expect(after == before, "\(address) changed \(Self.difference(before, after))")
            }
        }
    }

    @Test func `a token in the address does not stand for one in the form`() async throws {
        try await withShop(.sqlite) { stand in
            let admin = try await stand.adminBrowser()
            let token = try await admin.token()
            let answer = try await admin.post("/admin/tax-rates/new/?csrf=\(token)", [(name: "name", value: "x")])
            #expect(answer.status == 403)
        }
    }

    @Test func `the forms of visitors ask for the token of their own browser`() async throws {
        try await withShop(.sqlite) { stand in
            _ = try await stand.admin()
            let (mine, theirs) = (stand.browser(), stand.browser())
            let form = try #require(try await mine.get("/admin/sign-in/").page.form(to: "/admin/sign-in/"))
            let foreign = try #require(try await theirs.get("/admin/sign-in/").page.forms.first?["csrf"])
            let values = ["email": ShopHarness.adminEmail, "password": ShopHarness.password]
            for token in ["", "x", foreign] {
                let answer = try await mine.submit(form, values.merging(["csrf": token]) { $1 })
                #expect(answer.status == 403 && mine.cookies["kontor_admin"] == nil, "\(token)")
            }
            mine.cookies = [:]
            #expect(try await mine.submit(form, values).status == 403, "without the visitor's cookie")
            #expect(try await mine.post("/admin/sign-in/code/", [(name: "code", value: "123456")]).status == 403)
            #expect(try await mine.post("/admin/forgot/", [(name: "email", value: "a@example.com")]).status == 403)
            #expect(try await mine.post("/admin/reset/", [(name: "token", value: "x")]).status == 403)
            #expect(try await mine.post("/admin/welcome/", [(name: "email", value: "a@example.com")]).status == 403)
        }
    }

    @Test func `forms are answered by no other method, and pages by no other's words`() async throws {
        try await withShop(.sqlite) { stand in
            let admin = try await stand.adminBrowser()
            let probe = HTTPProbe(port: stand.anonymous.port)
            let cookie = ["Cookie": "kontor_admin=\(admin.cookies["kontor_admin"] ?? "")"]
            for method in ["PUT", "PATCH", "DELETE"] {
                let answer = try await probe.send(method, "/admin/tax-rates/", headers: cookie, body: [])
                #expect(answer.status == 405, "\(method): \(answer.status)")
            }
            let json = try await probe.send(
                "POST", "/admin/tax-rates/new/", headers: cookie,
                json: ["csrf": .string(try await admin.token()), "name": "x"])
            #expect(json.status == 403 || json.status == 415, "a form is no JSON: \(json.status)")
            // What opens the admin opens nothing else.
            #expect(try await probe.send("GET", "/api/admin/tax-rates/", headers: cookie).status == 401)
            let bearer = ["Authorization": "Bearer \(admin.cookies["kontor_admin"] ?? "")"]
            #expect(try await probe.send("GET", "/api/admin/tax-rates/", headers: bearer).status == 401)
        }
    }

    /// Every address that a form is sent to; those of screens with a row of theirs.
    private static func forms(_ world: AdminWorld) async throws -> [AdminCalls.Address] {
        var forms: [AdminCalls.Address] = []
        for screen in world.screens {
            let key = try await world.key(of: screen)
            forms += world.calls.addresses(of: screen, key: key).filter { $0.method == "POST" }
        }
        // Pages of their own, which no screen declares.
        let ofVisitors = [
            "/admin/sign-in/", "/admin/sign-in/code/", "/admin/welcome/", "/admin/forgot/", "/admin/reset/",
        ]
        let own = world.stand.adminEndpoints.filter { endpoint in
            endpoint.method == .post && !endpoint.template.contains("{screen}")
                && !ofVisitors.contains(endpoint.template)
        }
        return forms
            + own.map {
                AdminCalls.Address(
                    method: "POST", path: $0.template.replacing(/\{[^}]*\}/, with: "1"), needed: [])
            }
    }

    private static func difference(_ before: [String: [Int]], _ after: [String: [Int]]) -> [String] {
        before.keys.filter { before[$0] != after[$0] }.sorted()
    }
}

extension ShopHarness {
    /// What jobs go on working on after a request: only the number of their rows is looked at.
    private static let workedOn: Set = ["webhook_deliveries", "email_logs"]

    /// What the tables of a SQLite shop hold, but for what runs by itself: the number of rows, of changes and of bytes.
    func contents() async throws -> [String: [Int]] {
        try await shop.installation.database.read { connection in
            let tables = try connection.column(
                """
                SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
                AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%cron%' AND name NOT LIKE '%job%'
                AND name NOT LIKE 'search_%' AND name NOT LIKE '%session%' ORDER BY name
                """, as: String.self)
            var contents: [String: [Int]] = [:]
            for table in tables { contents[table] = try Self.contents(of: table, connection) }
            return contents
        }
    }

    private static func contents(of table: String, _ connection: Connection) throws -> [Int] {
        if workedOn.contains(table) {
            return [try connection.value(Query(rendered: "SELECT COUNT(*) FROM \"\(table)\""), as: Int.self) ?? 0]
        }
        let columns = try connection.column("SELECT name FROM pragma_table_info(\(table))", as: String.self)
        let lengths = columns.map { "COALESCE(LENGTH(\"\($0)\"), 0)" }.joined(separator: " + ")
        var sums = ["COUNT(*)", "COALESCE(SUM(\(lengths)), 0)"]
        for name in ["version", "updated_at"] where columns.contains(name) {
            sums.append("COALESCE(SUM(\"\(name)\"), 0)")
        }
        return try sums.map { sum in
            try connection.value(Query(rendered: "SELECT \(sum) FROM \"\(table)\""), as: Int.self) ?? 0
        }
    }
}
