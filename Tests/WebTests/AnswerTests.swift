import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Web

/// What every request gets, over a real socket.
@Suite struct AnswerTests {
    private struct Broken: Error {}

    private struct Taken: BusinessError {
        let kind = ErrorKind.conflict
        let code = "taken"
        let message = "Somebody was faster."
        var details: [String: JSONValue] { ["left": .number("3")] }
    }

    private static let endpoints: @Sendable (any Database) -> [Endpoint] = { database in
        [
            Endpoint(.get, "/api/notes/{id}/", "A note.", access: .anyone) { (call, _: NoInput) in
                Note(id: try call.id("id", as: ProductID.self).rawValue, text: call.query["text"] ?? "none")
            },
            Endpoint(.post, "/api/notes/", "Adds a note.", access: .anyone, status: .created, in: database) {
                (_, input: NoteInput, tx) in try NoteQueries.add(input.text, tx)
            },
            Endpoint(.get, "/api/me/", "Who calls.", access: .user) { (call, _: NoInput) in
                Detail(try call.caller().email)
            },
            Endpoint(.get, "/api/staff/", "For staff.", access: .staff("products.edit")) { (_, _: NoInput) in
                Detail("in")
            },
            Endpoint(.get, "/api/admin/", "For admins.", access: .admin) { (_, _: NoInput) in Detail("in") },
            Endpoint(.get, "/api/known/", "Known or not.", access: .optionalUser) { (call, _: NoInput) in
                Detail(call.identity?.email ?? "nobody")
            },
            Endpoint(.delete, "/api/notes/{id}/", "Removes.", access: .anyone) { (_, _: NoInput) in NoContent() },
            Endpoint(.get, "/api/broken/", "Breaks.", access: .anyone) { (_, _: NoInput) -> Note in throw Broken() },
            Endpoint(.get, "/api/busy/", "Waits in vain.", access: .anyone) { (_, _: NoInput) -> Note in
                throw SQLError(.lockTimeout, message: "the secret table is locked")
            },
            Endpoint(.get, "/api/taken/", "Conflicts.", access: .anyone) { (_, _: NoInput) -> Note in throw Taken() },
            Endpoint(.get, "/api/where/", "The caller's address.", access: .anyone) { (call, _: NoInput) in
                Detail(call.clientAddress + " " + call.baseURL)
            },
        ]
    }

    @Test func `an answer carries the request's id and the headers that browsers heed`() async throws {
        try await withServer(of: Self.endpoints) { stand in
            let sent = try await stand.probe.send("GET", "/api/notes/7", headers: ["X-Request-ID": "my-id_1.2"])
            #expect(sent.status == 200)
            #expect(sent.header("X-Request-ID") == "my-id_1.2")
            #expect(sent.header("X-Content-Type-Options") == "nosniff")
            #expect(sent.header("Date")?.hasSuffix("GMT") == true)
            #expect(sent["id"]?.number == 7)
            let other = try await stand.probe.send("GET", "/api/notes/7/", headers: ["X-Request-ID": "not valid!"])
            #expect(other.header("X-Request-ID") != "not valid!")
            #expect(other.header("X-Request-ID")?.isEmpty == false)
        }
    }

    @Test func `a path that is not there is 404 in DRF's words, another method is 405 with what is allowed`()
        async throws
    {
        try await withServer(of: Self.endpoints) { stand in
            let missing = try await stand.probe.send("GET", "/api/nothing/")
            #expect(missing.status == 404)
            #expect(missing.json == .object(["detail": .string("Not found."), "code": .string("not_found")]))
            let wrong = try await stand.probe.send("PUT", "/api/notes/7/", json: .object([:]))
            #expect(wrong.status == 405)
            #expect(wrong.header("Allow") == "DELETE, GET, HEAD, OPTIONS")
            #expect(wrong["detail"]?.text == "Method \"PUT\" not allowed.")
            #expect(wrong["code"]?.text == "method_not_allowed")
        }
    }

    @Test func `HEAD is GET without its body, OPTIONS says what is allowed, DELETE has no content`() async throws {
        try await withServer(of: Self.endpoints) { stand in
            let get = try await stand.probe.send("GET", "/api/notes/7/")
            let head = try await stand.probe.send("HEAD", "/api/notes/7/")
            #expect(head.status == 200)
            #expect(head.body.isEmpty)
            #expect(head.header("Content-Length") == String(get.body.count))
            #expect(head.header("ETag") == get.header("ETag"))
            let options = try await stand.probe.send("OPTIONS", "/api/notes/")
            #expect(options.status == 204)
            #expect(options.header("Allow") == "OPTIONS, POST")
            let deleted = try await stand.probe.send("DELETE", "/api/notes/7/")
            #expect(deleted.status == 204)
            #expect(deleted.body.isEmpty)
        }
    }

    @Test func `who may not call is told why`() async throws {
        try await withServer(of: Self.endpoints) { stand in
            let nobody = try await stand.probe.send("GET", "/api/me/")
            #expect(nobody.status == 401)
            #expect(nobody.header("WWW-Authenticate") == "Bearer realm=\"api\"")
            #expect(nobody["code"]?.text == "not_authenticated")
            let forged = try await stand.probe.bearing("nonsense").send("GET", "/api/me/")
            #expect(forged.status == 401)
            #expect(forged["code"]?.text == "token_not_valid")
            #expect(try await stand.probe.bearing("nonsense").send("GET", "/api/known/").status == 401)
            #expect(try await stand.probe.send("GET", "/api/known/")["detail"]?.text == "nobody")
            #expect(
                try await stand.probe.bearing("customer").send("GET", "/api/me/")["detail"]?.text == "u1@example.com")
            let customer = try await stand.probe.bearing("customer").send("GET", "/api/staff/")
            #expect(customer.status == 403)
            #expect(customer["code"]?.text == "permission_denied")
            #expect(try await stand.probe.bearing("staff").send("GET", "/api/staff/").status == 200)
            #expect(try await stand.probe.bearing("staff").send("GET", "/api/admin/").status == 403)
            #expect(try await stand.probe.bearing("admin").send("GET", "/api/staff/").status == 200)
        }
    }

    @Test func `an error shows its business and nothing of the inside`() async throws {
        try await withServer(of: Self.endpoints) { stand in
            let taken = try await stand.probe.send("GET", "/api/taken/")
            #expect(taken.status == 409)
            #expect(
                taken.json
                    == .object([
                        "detail": .string("Somebody was faster."), "code": .string("taken"), "left": .number("3"),
                    ]))
            let broken = try await stand.probe.send("GET", "/api/broken/", headers: ["X-Request-ID": "abc"])
            #expect(broken.status == 500)
            #expect(
                broken.json
                    == .object([
                        "detail": .string("Internal server error."), "code": .string("error"),
                        "request_id": .string("abc"),
                    ]))
            let busy = try await stand.probe.send("GET", "/api/busy/")
            #expect(busy.status == 503)
            #expect(busy.header("Retry-After") == "1")
            #expect(!busy.text.contains("secret"))
        }
    }

    @Test func `a host that is not ours is refused, but not the probes of operators`() async throws {
        try await withServer(of: Self.endpoints, settings: { $0.allowedHosts = ["shop.example.com", ".example.org"] }) {
            stand in
            for (host, status) in [
                ("shop.example.com", 200), ("SHOP.example.com:8000", 200), ("a.example.org", 200), ("example.org", 200),
                ("evil.com", 400), ("shop.example.com.evil.com", 400), ("shop.example.com/x", 400), ("", 400),
            ] {
                let answer = try await stand.probe.send("GET", "/api/notes/7/", headers: ["Host": host])
                #expect(answer.status == status, "\(host)")
            }
            #expect(try await stand.probe.send("GET", "/healthz", headers: ["Host": "10.0.0.7:8000"]).status == 200)
        }
    }

    @Test func `a proxy's word counts only where it is trusted`() async throws {
        let forwarded = [
            "X-Forwarded-For": "6.6.6.6, 203.0.113.9, 10.1.2.3", "X-Forwarded-Proto": "https", "Host": "h",
        ]
        try await withServer(of: Self.endpoints) { stand in
            let answer = try await stand.probe.send("GET", "/api/where/", headers: forwarded)
            #expect(answer["detail"]?.text == "127.0.0.1 http://h")
        }
        try await withServer(of: Self.endpoints, settings: { $0.trustedProxies = ["127.0.0.1", "10.0.0.0/8"] }) {
            stand in
            let answer = try await stand.probe.send("GET", "/api/where/", headers: forwarded)
            #expect(answer["detail"]?.text == "203.0.113.9 https://h")
        }
        try await withServer(of: Self.endpoints, settings: { $0.publicURL = "https://shop.example.com" }) { stand in
            let answer = try await stand.probe.send("GET", "/api/where/")
            #expect(answer["detail"]?.text == "127.0.0.1 https://shop.example.com")
        }
    }

    @Test func `other origins may call only where they are named`() async throws {
        try await withServer(of: Self.endpoints, settings: { $0.corsOrigins = ["http://localhost:3000/"] }) { stand in
            let headers = ["Origin": "http://localhost:3000", "Access-Control-Request-Method": "POST"]
            let preflight = try await stand.probe.send("OPTIONS", "/api/notes/", headers: headers)
            #expect(preflight.status == 204)
            #expect(preflight.header("Access-Control-Allow-Origin") == "http://localhost:3000")
            #expect(preflight.header("Access-Control-Allow-Methods")?.contains("POST") == true)
            #expect(preflight.header("Access-Control-Allow-Headers")?.contains("Idempotency-Key") == true)
            let missing = try await stand.probe.send(
                "GET", "/api/nothing/", headers: ["Origin": "http://localhost:3000"])
            #expect(missing.header("Access-Control-Allow-Origin") == "http://localhost:3000")
            #expect(missing.header("Vary")?.contains("Origin") == true)
            let evil = try await stand.probe.send("GET", "/api/notes/7/", headers: ["Origin": "http://evil.com"])
            #expect(evil.header("Access-Control-Allow-Origin") == nil)
        }
    }

    @Test func `debugging answers say how many statements they took`() async throws {
        try await withServer(of: Self.endpoints, settings: { $0.debug = true }) { stand in
            let added = try await stand.probe.send("POST", "/api/notes/", json: .object(["text": .string("x")]))
            #expect(added.status == 201)
            #expect(added.header("X-SQL-Statements") == "1")
        }
        try await withServer(of: Self.endpoints) { stand in
            let answer = try await stand.probe.send("GET", "/api/notes/7/")
            #expect(answer.header("X-SQL-Statements") == nil)
        }
    }
}
