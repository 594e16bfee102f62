import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Web

/// A call from within has the rights, the limits, the keys, the audit and the answers of a request over HTTP.
@Suite struct EndpointRunnerTests {
    private struct Refusal: BusinessError {
        let kind: ErrorKind
        let code = "refused"
        let message = "Not now."
    }

    private struct Broken: Error {}

    private static func adding(
        _ method: HTTPRequest.Method, _ path: String, _ access: Access, status: HTTPResponse.Status = .created,
        in database: any Database
    ) -> Endpoint {
        Endpoint(method, path, "Adds.", access: access, status: status, in: database) {
            (_, input: NoteInput, tx) in try NoteQueries.add(input.text, tx)
        }
    }

    private static let endpoints: @Sendable (any Database) -> [Endpoint] = { database in
        [
            adding(.post, "/api/notes/", .optionalUser, in: database),
            adding(.post, "/api/own/", .user, in: database),
            adding(.post, "/api/desk/", .staff("products.edit"), in: database),
            adding(.post, "/api/money/", .staff("orders.refund"), in: database),
            adding(.patch, "/api/stall/", .vendorOr("products.edit"), status: .ok, in: database),
        ] + others(database)
    }

    private static func others(_ database: any Database) -> [Endpoint] {
        [
            Endpoint(.post, "/api/slow/", "Adds.", access: .staff("products.edit"), status: .created) {
                (_, input: NoteInput) in
                try await database.write { tx in try NoteQueries.add(input.text, tx) }
            },
            Endpoint(.post, "/api/refused/", "Writes, and refuses.", access: .staff("products.edit"), in: database) {
                (_: APIRequest, input: NoteInput, tx: Transaction) throws -> Note in
                _ = try NoteQueries.add(input.text, tx)
                throw Refusal(kind: .conflict)
            },
            Endpoint(.post, "/api/broken/", "Writes, and breaks.", access: .anyone, in: database) {
                (_: APIRequest, input: NoteInput, tx: Transaction) throws -> Note in
                _ = try NoteQueries.add(input.text, tx)
                throw Broken()
            },
            Endpoint(.get, "/api/mine/", "Says who calls.", access: .user) { (call, _: NoInput) in
                Detail(try call.caller().email)
            },
            Endpoint(.get, "/api/desk/", "Looks.", access: .staff("products.edit")) { (_, _: NoInput) in
                Detail("all")
            },
            Endpoint(.post, "/api/rare/", "By user.", access: .user) { (_, _: NoInput) in Detail("ok") }
                .limited(.perUser(2, per: .minutes(10), name: "rare")),
            Endpoint(.post, "/api/crowd/", "By address.", access: .anyone) { (_, _: NoInput) in Detail("ok") }
                .limited(.perAddress(2, per: .hours(1), name: "crowd")),
        ]
    }

    private static let callers: [String?] = [nil, "customer", "vendor", "staff", "admin", "user-7"]

    /// Calls an endpoint as a page's form would, by whoever a token names.
    private static func within(
        _ stand: WebHarness, _ method: HTTPRequest.Method, _ path: String, _ body: String, by token: String?,
        key: String? = nil
    ) async throws -> APIResponse {
        guard case .found(let route, let parameters) = stand.server.router.match(method, path) else { throw NotFound() }
        var identity: Identity?
        if let token { identity = try await WebHarness.authenticate(token) }
        var headers: HTTPFields = [:]
        if !body.isEmpty { headers[.contentType] = "application/json" }
        if let key { headers[.idempotencyKey] = key }
        let call = APIRequest(
            method: method, path: path, parameters: parameters, headers: headers, body: Array(body.utf8),
            identity: identity, id: "within", clientAddress: "127.0.0.1", baseURL: "http://shop.test")
        return await stand.server.runner.answer(route.endpoint, call)
    }

    /// Sends the same over HTTP.
    private static func outside(
        _ stand: WebHarness, _ method: HTTPRequest.Method, _ path: String, _ body: String, by token: String?,
        key: String? = nil
    ) async throws -> ProbeResponse {
        let probe = token.map { stand.probe.bearing($0) } ?? stand.probe
        var headers: [String: String] = [:]
        if !body.isEmpty { headers["Content-Type"] = "application/json" }
        if let key { headers["Idempotency-Key"] = key }
        return try await probe.send(
            method.rawValue, path, headers: headers, body: body.isEmpty ? nil : Array(body.utf8))
    }

    /// An answer without what is new in each: ids of rows and of requests.
    private static func shape(_ bytes: [UInt8]) -> JSONValue {
        guard let json = try? JSONValue(parsing: bytes) else { return .null }
        guard case .object(let members) = json else { return json }
        return .object(members.filter { $0.key != "id" && $0.key != "request_id" })
    }

    private static func count(_ query: Query, _ stand: WebHarness) async throws -> Int {
        try await stand.database.read { try $0.value(query, as: Int.self) ?? 0 }
    }

    private static let calls: [(method: HTTPRequest.Method, path: String, body: String)] = [
        (.post, "/api/notes/", #"{"text": "a"}"#), (.post, "/api/notes/", #"{"text": ""}"#),
        (.post, "/api/notes/", "{"), (.post, "/api/notes/", "[]"), (.post, "/api/notes/", ""),
        (.post, "/api/own/", #"{"text": "a"}"#), (.post, "/api/desk/", #"{"text": "a"}"#),
        (.post, "/api/desk/", #"{"text": null}"#), (.post, "/api/money/", #"{"text": "a"}"#),
        (.patch, "/api/stall/", #"{"text": "a"}"#), (.post, "/api/slow/", #"{"text": "a"}"#),
        (.post, "/api/refused/", #"{"text": "a"}"#), (.post, "/api/broken/", #"{"text": "a"}"#),
        (.get, "/api/mine/", ""), (.get, "/api/desk/", ""),
    ]

    @Test(arguments: Backend.available)
    func `a call from within is answered as the same request over HTTP is`(_ backend: Backend) async throws {
        try await withServer(of: Self.endpoints, on: backend) { stand in
            for (method, path, body) in Self.calls {
                for caller in Self.callers {
                    let first = try await Self.count("SELECT COUNT(*) FROM notes", stand)
                    let sent = try await Self.outside(stand, method, path, body, by: caller)
                    let second = try await Self.count("SELECT COUNT(*) FROM notes", stand)
                    let called = try await Self.within(stand, method, path, body, by: caller)
                    let third = try await Self.count("SELECT COUNT(*) FROM notes", stand)
                    let place = "\(method) \(path) \(body) by \(caller ?? "nobody"): \(sent.status) \(sent.text)"
                    #expect(called.status.code == sent.status, "\(place)")
                    #expect(Self.shape(called.body) == Self.shape(sent.body), "\(place)")
                    #expect(called.headers[.contentType] == sent.header("Content-Type"), "\(place)")
                    #expect(called.headers[.wwwAuthenticate] == sent.header("WWW-Authenticate"), "\(place)")
                    #expect(third - second == second - first, "\(place)")
                    #expect(second - first == (sent.status < 300 && method != .get ? 1 : 0), "\(place)")
                }
            }
        }
    }

    /// Who may what, in the order of `callers`.
    private static let rights: [(method: HTTPRequest.Method, path: String, answers: [Int])] = [
        (.post, "/api/notes/", [201, 201, 201, 201, 201, 201]), (.post, "/api/own/", [401, 201, 201, 201, 201, 201]),
        (.post, "/api/desk/", [401, 403, 403, 201, 201, 403]), (.post, "/api/money/", [401, 403, 403, 403, 201, 403]),
        (.patch, "/api/stall/", [401, 403, 200, 200, 200, 403]), (.post, "/api/slow/", [401, 403, 403, 201, 201, 403]),
        (.post, "/api/refused/", [401, 403, 403, 409, 409, 403]),
        (.post, "/api/broken/", [500, 500, 500, 500, 500, 500]),
    ]

    @Test(arguments: Backend.available)
    func `who is given to a call has the rights of their token, and no more`(_ backend: Backend) async throws {
        try await withServer(of: Self.endpoints, on: backend) { stand in
            var written = 0
            for (method, path, answers) in Self.rights {
                for (caller, status) in zip(Self.callers, answers) {
                    let answer = try await Self.within(stand, method, path, #"{"text": "a"}"#, by: caller)
                    #expect(answer.status.code == status, "\(path) by \(caller ?? "nobody")")
                    if status < 300 { written += 1 }
                    #expect(try await Self.count("SELECT COUNT(*) FROM notes", stand) == written, "\(path)")
                }
            }
        }
    }

    @Test func `calls from within and from outside count together`() async throws {
        try await withServer(of: Self.endpoints) { stand in
            for path in ["/api/rare/", "/api/crowd/"] {
                let one = try await Self.outside(stand, .post, path, "", by: "user-7")
                let two = try await Self.within(stand, .post, path, "", by: "user-7")
                #expect(one.status == 200 && two.status.code == 200, "\(path)")
                stand.clock.advance(by: .minutes(1))
                let three = try await Self.within(stand, .post, path, "", by: "user-7")
                let four = try await Self.outside(stand, .post, path, "", by: "user-7")
                #expect(three.status.code == 429 && four.status == 429, "\(path)")
                #expect(three.headers[.retryAfter] == four.header("Retry-After"), "\(path)")
                #expect(three.headers[.retryAfter] == (path == "/api/rare/" ? "540" : "3540"), "\(path)")
                #expect(Self.shape(three.body) == Self.shape(four.body), "\(path)")
            }
            // Another user has a count of their own, and who is nobody is not counted.
            #expect(try await Self.within(stand, .post, "/api/rare/", "", by: "user-8").status.code == 200)
            for _ in 0..<5 {
                #expect(try await Self.within(stand, .post, "/api/rare/", "", by: nil).status.code == 401)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a key that was used outside is used within, and the other way round`(_ backend: Backend) async throws {
        try await withServer(of: Self.endpoints, on: backend) { stand in
            let (note, other) = (#"{"text": "a"}"#, #"{"text": "b"}"#)
            let first = try await Self.outside(stand, .post, "/api/own/", note, by: "user-7", key: "k1")
            let again = try await Self.within(stand, .post, "/api/own/", note, by: "user-7", key: "k1")
            #expect(first.status == 201 && again.status.code == 201)
            #expect(again.body == first.body && again.headers[.idempotentReplayed] == "true")
            let called = try await Self.within(stand, .post, "/api/own/", note, by: "user-7", key: "k2")
            let sent = try await Self.outside(stand, .post, "/api/own/", note, by: "user-7", key: "k2")
            #expect(called.status.code == 201 && called.headers[.idempotentReplayed] == nil)
            #expect(sent.body == called.body && sent.header("Idempotent-Replayed") == "true")
            #expect(try await Self.within(stand, .post, "/api/own/", other, by: "user-7", key: "k1").status.code == 422)
            #expect(
                try await Self.within(stand, .post, "/api/notes/", note, by: "user-7", key: "k1").status.code == 422)
            #expect(try await Self.within(stand, .post, "/api/own/", other, by: "user-8", key: "k1").status.code == 201)
            #expect(try await Self.within(stand, .post, "/api/own/", note, by: "user-7", key: "").status.code == 400)
            #expect(try await Self.count("SELECT COUNT(*) FROM notes", stand) == 3)
            // A PATCH has no key: it is done as often as it is asked for.
            for _ in 0..<2 {
                let patched = try await Self.within(stand, .patch, "/api/stall/", note, by: "staff", key: "k1")
                #expect(patched.status.code == 200 && patched.headers[.idempotentReplayed] == nil)
            }
            #expect(try await Self.count("SELECT COUNT(*) FROM notes", stand) == 5)
            stand.clock.advance(by: .hours(25))
            let late = try await Self.within(stand, .post, "/api/own/", note, by: "user-7", key: "k1")
            #expect(late.status.code == 201 && late.headers[.idempotentReplayed] == nil)
            #expect(try await Self.count("SELECT COUNT(*) FROM notes", stand) == 6)
        }
    }

    /// How many entries a call leaves in the audit, in the order of `callers`.
    private static let audited: [(method: HTTPRequest.Method, path: String, body: String, entries: [Int])] = [
        (.post, "/api/desk/", #"{"text": "a"}"#, [0, 0, 0, 1, 1, 0]),
        (.post, "/api/slow/", #"{"text": "a"}"#, [0, 0, 0, 1, 1, 0]),
        (.patch, "/api/stall/", #"{"text": "a"}"#, [0, 0, 0, 1, 1, 0]),
        (.post, "/api/money/", #"{"text": "a"}"#, [0, 0, 0, 0, 1, 0]),
        (.post, "/api/desk/", #"{"text": ""}"#, [0, 0, 0, 0, 0, 0]),
        (.post, "/api/refused/", #"{"text": "a"}"#, [0, 0, 0, 0, 0, 0]),
        (.post, "/api/own/", #"{"text": "a"}"#, [0, 0, 0, 0, 0, 0]),
        (.post, "/api/notes/", #"{"text": "a"}"#, [0, 0, 0, 0, 0, 0]),
        (.get, "/api/desk/", "", [0, 0, 0, 0, 0, 0]), (.post, "/api/broken/", #"{"text": "a"}"#, [0, 0, 0, 0, 0, 0]),
    ]

    @Test(arguments: Backend.available)
    func `what staff have done is written down once, whichever way they did it`(_ backend: Backend) async throws {
        try await withServer(of: Self.endpoints, on: backend) { stand in
            let entries: Query = "SELECT COUNT(*) FROM audit_entries"
            for (method, path, body, expected) in Self.audited {
                for (caller, count) in zip(Self.callers, expected) {
                    let before = try await Self.count(entries, stand)
                    _ = try await Self.within(stand, method, path, body, by: caller)
                    let between = try await Self.count(entries, stand)
                    _ = try await Self.outside(stand, method, path, body, by: caller)
                    let after = try await Self.count(entries, stand)
                    let place = "\(method) \(path) \(body) by \(caller ?? "nobody")"
                    #expect(between - before == count && after - between == count, "\(place)")
                }
            }
            let before = try await Self.count(entries, stand)
            for _ in 0..<3 {
                let answer = try await Self.within(
                    stand, .post, "/api/desk/", #"{"text": "once"}"#, by: "staff", key: "k")
                #expect(answer.status.code == 201)
            }
            #expect(try await Self.count(entries, stand) == before + 1, "what is replayed is not done again")
            let last: [(String, String, String, String)] = try await stand.database.read {
                try $0.tuples("SELECT method, path, ip_address, after_json FROM audit_entries ORDER BY id DESC LIMIT 1")
            }
            let entry = try #require(last.first)
            #expect(entry.0 == "POST" && entry.1 == "/api/desk/" && entry.2 == "127.0.0.1")
            #expect(entry.3.contains("once"), "\(entry.3)")
            let actors: Query =
                "SELECT COUNT(*) FROM audit_entries WHERE actor_id <> 1 OR actor_email <> 'u1@example.com'"
            #expect(try await Self.count(actors, stand) == 0)
        }
    }

    /// User 8's session has ended since somebody found out who calls.
    @Test(arguments: Backend.available)
    func `a call in the name of who has left writes nothing, be it from within or from outside`(
        _ backend: Backend
    ) async throws {
        try await withServer(
            of: Self.endpoints, on: backend,
            confirm: { identity, _ in if identity.userID.rawValue == 8 { throw AuthenticationError.tokenNotValid } },
            { stand in
                for path in ["/api/own/", "/api/notes/"] {
                    for key in [nil, "k"] as [String?] {
                        let called = try await Self.within(
                            stand, .post, path, #"{"text": "a"}"#, by: "user-8", key: key)
                        let sent = try await Self.outside(
                            stand, .post, path, #"{"text": "a"}"#, by: "user-8", key: key)
                        #expect(called.status.code == 401 && sent.status == 401, "\(path)")
                        #expect(Self.shape(called.body) == Self.shape(sent.body), "\(path)")
                    }
                }
                #expect(try await Self.count("SELECT COUNT(*) FROM notes", stand) == 0)
                #expect(try await Self.count("SELECT COUNT(*) FROM idempotency_keys", stand) == 0)
                #expect(
                    try await Self.within(stand, .post, "/api/own/", #"{"text": "a"}"#, by: "user-7").status.code == 201
                )
            })
    }
}
