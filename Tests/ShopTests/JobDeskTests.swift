import Jobs
import Modules
import Primitives
import SQL
import TestSupport
import Testing

@testable import KontorApp

/// The job queue as staff look after it.
@Suite(.timeLimit(.minutes(10)))
struct JobDeskTests {
    private static let path = "/api/admin/jobs/"
    private static let ours = path + "?kind=" + ShopHarness.idleKind

    @Test(arguments: Backend.available)
    func `a job that gave up is found, tried again and discarded`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let (dead, waiting) = (try await stand.addJob(.dead), try await stand.addJob(.ready))
            let list = try await admin.send("GET", Self.ours)
            #expect(list["results"]?.elements.compactMap { $0["id"]?.number } == [Int(waiting), Int(dead)])
            let found = try await admin.send("GET", Self.ours + "&state=dead")
            #expect(found["count"]?.number == 1 && found["results"]?[0]?["last_error"]?.text == "it broke")
            #expect(try await admin.send("GET", Self.path + "counts/")["dead"]?.number == 1)
            let retried = try await admin.send("POST", Self.path + "\(dead)/retry/")
            #expect(retried.status == 200 && retried["state"]?.text == "ready", "\(retried.text)")
            #expect(retried["failures"]?.number == 0 && retried["died_at"] == .null)
            #expect(try await admin.send("DELETE", Self.path + "\(dead)/").status == 204)
            #expect(try await admin.send("GET", Self.path + "\(dead)/").status == 404)
            let written = try await admin.send("GET", "/api/admin/audit/?page_size=2&path=/api/admin/jobs/")["results"]
            #expect(written?.elements.compactMap { $0["method"]?.text } == ["DELETE", "POST"])
            #expect(
                written?[1]?["before"]?["state"]?.text == "dead" && written?[1]?["after"]?["state"]?.text == "ready")
        }
    }

    @Test(arguments: Backend.available)
    func `what does not go now is refused, with a word that says why`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let (running, waiting) = (try await stand.addJob(.running), try await stand.addJob(.ready, key: "k"))
            let held = try await stand.addJob(.dead, key: "k")
            try await Self.hold("k", by: waiting, stand)
            let refused: [(String, String, Int, String)] = [
                ("POST", "\(waiting)/retry/", 409, "job_not_dead"), ("POST", "\(running)/retry/", 409, "job_not_dead"),
                ("POST", "\(held)/retry/", 409, "job_key_held"), ("DELETE", "\(running)/", 409, "job_running"),
                ("POST", "999999/retry/", 404, "not_found"), ("DELETE", "999999/", 404, "not_found"),
                ("GET", "x/", 404, "not_found"), ("POST", "0/retry/", 404, "not_found"),
            ]
            for (method, place, status, code) in refused {
                let answer = try await admin.send(method, Self.path + place)
                #expect(answer.status == status && answer["code"]?.text == code, "\(method) \(place): \(answer.text)")
            }
            #expect(try await admin.send("GET", Self.ours)["count"]?.number == 3)
            #expect(try await admin.send("GET", Self.path + "?state=lost").status == 400)
            #expect(try await admin.send("DELETE", Self.path + "\(waiting)/").status == 204)
            #expect(try await admin.send("POST", Self.path + "\(held)/retry/").status == 200, "the key is free again")
        }
    }

    @Test(arguments: Backend.available)
    func `all that gave up are tried again at once, of one key only one`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            for key in ["", "", "k", "k", "l"] { _ = try await stand.addJob(.dead, key: key) }
            let answer = try await admin.send("POST", Self.path + "retry-dead/")
            #expect(answer.status == 200 && answer["count"]?.number == 4, "\(answer.text)")
            #expect(try await admin.send("GET", Self.ours + "&state=dead")["count"]?.number == 1)
            #expect(try await admin.send("GET", Self.ours + "&state=ready")["count"]?.number == 4)
            #expect(try await admin.send("POST", Self.path + "retry-dead/")["count"]?.number == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `nobody reads what a job says, and of whom`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let cast = try await TestAccounts(stand)
            let payload = #"{"orderID": 17, "context": {"sealed": "hush", "names": ["hush"], "isFirst": true}}"#
            let job = try await stand.addJob(.dead, payload: payload, person: "hush@example.com")
            let seen = try await cast.admin.send("GET", Self.path + "\(job)/")
            #expect(seen["payload"]?["orderID"]?.number == 17 && seen["is_personal"]?.truth == true, "\(seen.text)")
            #expect(seen["payload"]?["context"]?["isFirst"]?.truth == true)
            #expect(seen["payload"]?["context"]?["names"]?[0]?.text == "…")
            let hidden = try await cast[.staff].send("GET", Self.path + "\(job)/")
            #expect(hidden.status == 200 && hidden["payload"] == .null, "\(hidden.text)")
            let list = try await cast.admin.send("GET", Self.ours)
            #expect(list["results"]?[0]?["payload"] == .null)
            let retried = try await cast.admin.send("POST", Self.path + "\(job)/retry/")
            _ = try await cast.admin.send("DELETE", Self.path + "\(job)/")
            let audit = try await cast.admin.send("GET", "/api/admin/audit/")
            for answer in [seen, hidden, list, retried, audit] { #expect(!answer.text.contains("hush")) }
        }
    }

    @Test func `the schedule shows each entry with its rule and its next time`() async throws {
        try await withShop(.sqlite) { stand in
            let entries = try await stand.admin().send("GET", "/api/admin/cron/").json.elements
            let names = stand.shop.modules.cron.map(\.name)
            #expect(entries.compactMap { $0["name"]?.text } == names && !names.isEmpty)
            #expect(entries.allSatisfy { $0["next_at"]?.text != nil && $0["kind"]?.text != nil })
            let housekeeping = entries.first { $0["name"]?.text == "shop.housekeeping" }
            #expect(housekeeping?["schedule"]?.text == "@every 10m")
        }
    }

    private static func hold(_ key: String, by job: Int64, _ stand: ShopHarness) async throws {
        _ = try await stand.shop.installation.database.write { tx in
            try tx.insert(
                """
                INSERT INTO job_unique_keys (kind, unique_key, job_id) VALUES (\(ShopHarness.idleKind), \(key), \(job))
                """)
        }
    }
}
