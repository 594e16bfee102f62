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
    @Test(arguments: Backend.available)
    func `no form does anything without the token of its own session`(_ backend: Backend) async throws {
        try await withAdminWorld(backend) { world in
            let tokens = try await Self.forged(world)
            let rooms = try await Self.forms(world)
            var reached: Set<String> = []
            var before = try await world.stand.restingContents()
            for forms in rooms {
                for (place, address) in forms.enumerated() {
                    let route = world.stand.adminRoute(address.method, address.path) ?? ""
                    // The first form of a route comes with every kind of token, the others with none and with one kind each.
                    let isFirst = reached.insert(route).inserted
                    let sent = isFirst ? tokens : [nil, tokens[1 + place % (tokens.count - 1)]]
                    for token in sent { try await Self.expectRefusal(of: address, with: token, world) }
                }
                let after = try await world.stand.contents()
                #expect(after == before, "one of \(forms) changed \(Self.difference(before, after))")
                before = after
            }
            let routes = world.stand.adminRoutes.union(["POST /admin/sign-out/"]).filter { $0.hasPrefix("POST ") }
            #expect(routes.subtracting(reached).isEmpty, "no walk goes to \(routes.subtracting(reached).sorted())")
        }
    }

    /// Tokens that are none of the administrator's session.
    private static func forged(_ world: AdminWorld) async throws -> [String?] {
        let (admin, other) = (world[.admin], world.stand.browser())
        try await other.signIn(ShopHarness.adminEmail)
        let visitor = try await world.stand.browser().get("/admin/sign-in/").page.forms.first?["csrf"] ?? ""
        return [
            nil, "", "x", try await other.token(), try await world[.clerk].token(), visitor,
            try await admin.token() + "A", String(try await admin.token().dropLast()),
        ]
    }

    private static func expectRefusal(
        of address: AdminCalls.Address, with token: String?, _ world: AdminWorld
    ) async throws {
        let fields = address.fields + (token.map { [(name: "csrf", value: $0)] } ?? [])
        let answer = try await world.ask(address, by: .admin, fields)
        let isRefused = answer.status == 403 && answer.page.heading.contains("expired")
        #expect(isRefused, "\(address) with \(token ?? "no token"): \(answer.status) \(answer.page.heading)")
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

    /// Every address that a form is sent to: those of each screen, then those of pages that no screen declares.
    private static func forms(_ world: AdminWorld) async throws -> [[AdminCalls.Address]] {
        var rooms: [[AdminCalls.Address]] = []
        for screen in world.screens { rooms.append(try await world.addresses(of: screen)) }
        rooms.append(try await world.pages())
        rooms.append([AdminCalls.Address(method: "POST", path: "/admin/sign-out/", needed: [])])
        return rooms.map { $0.filter { $0.method == "POST" } }
    }

    private static func difference(_ before: [String: [Int]], _ after: [String: [Int]]) -> [String] {
        before.keys.filter { before[$0] != after[$0] }.sorted()
    }
}

extension ShopHarness {
    /// What jobs go on working on after a request: only the number of their rows is looked at.
    private static let workedOn: Set = ["webhook_deliveries", "email_logs"]

    /// What the tables of the shop hold, but for what runs by itself: the number of rows, and the sums of their bytes, versions and
    /// times.
    func contents() async throws -> [String: [Int]] {
        try await shop.installation.database.read { connection in
            var columns: [String: [String]] = [:]
            for (table, column) in try connection.tuples(Self.columns(connection.dialect), as: (String, String).self) {
                columns[table, default: []].append(column)
            }
            return try columns.filter { Self.isLookedAt($0.key) }.reduce(into: [:]) { contents, table in
                let sums = try connection.tuples(
                    Self.sums(of: table.key, table.value), as: (Int, Int, Int, Int).self)
                contents[table.key] = sums.first.map { [$0.0, $0.1, $0.2, $0.3] }
            }
        }
    }

    /// What they hold once jobs that work on them have come to their end.
    func restingContents() async throws -> [String: [Int]] {
        var contents = try await contents()
        try await poll("jobs to rest") {
            let now = try await self.contents()
            defer { contents = now }
            return now == contents
        }
        return contents
    }

    private static func columns(_ dialect: Dialect) -> Query {
        switch dialect {
        case .sqlite:
            """
            SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
            WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%'
            """
        case .mysql:
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE()"
        }
    }

    private static func isLookedAt(_ table: String) -> Bool {
        !["sqlite_", "search_"].contains(where: table.hasPrefix)
            && !["cron", "job", "session"].contains(where: table.contains)
    }

    private static func sums(of table: String, _ columns: [String]) -> Query {
        let lengths = columns.map { "COALESCE(LENGTH(`\($0)`), 0)" }.joined(separator: " + ")
        let named = ["version", "updated_at"].map { columns.contains($0) ? "`\($0)`" : "0" }
        let summed = workedOn.contains(table) ? ["0", "0", "0"] : [lengths] + named
        let sums = summed.map { "CAST(COALESCE(SUM(\($0)), 0) AS SIGNED)" }.joined(separator: ", ")
        return Query(rendered: "SELECT COUNT(*), \(sums) FROM `\(table)`")
    }
}
