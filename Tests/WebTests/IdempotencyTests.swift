import Commerce
import HTTPTypes
import Primitives
import SQL
import Synchronization
import TestSupport
import Testing

@testable import Web

/// Repeated requests with an `Idempotency-Key`, on each database.
@Suite struct IdempotencyTests {
    /// Refuses with a status of its own while it is closed.
    private struct Refusal: BusinessError {
        let kind: ErrorKind
        let code = "refused"
        let message = "Not now."
    }

    /// A door that a test opens, and a count of those who knocked.
    private final class Door: Sendable {
        let refusal = Mutex<ErrorKind?>(nil)
        let calls = Atomic<Int>(0)

        func pass() throws {
            calls.add(1, ordering: .relaxed)
            if let kind = refusal.withLock({ $0 }) { throw Refusal(kind: kind) }
        }

        var count: Int { calls.load(ordering: .relaxed) }

        func close(_ kind: ErrorKind?) { refusal.withLock { $0 = kind } }
    }

    private func endpoints(_ door: Door, _ gate: AsyncGate) -> @Sendable (any Database) -> [Endpoint] {
        { database in
            [
                Endpoint(.post, "/api/notes/", "Adds.", access: .optionalUser, status: .created, in: database) {
                    (_, input: NoteInput, tx) in
                    let note = try NoteQueries.add(input.text, tx)
                    try door.pass()
                    return Reply(note, headers: [.location: "/api/notes/\(note.id)/"])
                },
                Endpoint(.post, "/api/secrets/", "Tokens.", access: .anyone, in: database) {
                    (_, input: NoteInput, tx) in
                    Reply(try NoteQueries.add(input.text, tx), headers: [.cacheControl: "no-store"])
                },
                Endpoint(.post, "/api/slow/", "Waits.", access: .anyone, status: .created) { (_, input: NoteInput) in
                    try door.pass()
                    await gate.wait()
                    return try await database.write { tx in try NoteQueries.add(input.text, tx) }
                }
                .leased(),
            ]
        }
    }

    private func withDoor(
        _ backend: Backend, _ body: @escaping @Sendable (WebHarness, Door, AsyncGate) async throws -> Void
    ) async throws {
        let (door, gate) = (Door(), AsyncGate())
        try await withServer(of: endpoints(door, gate), on: backend) { stand in try await body(stand, door, gate) }
    }

    private static func note(_ text: String) -> JSONValue { .object(["text": .string(text)]) }

    private static func keys(_ stand: WebHarness) async throws -> Int {
        try await stand.database.read { try $0.value("SELECT COUNT(*) FROM idempotency_keys") ?? 0 }
    }

    private static func count(_ stand: WebHarness) async throws -> Int {
        try await stand.database.read { try NoteQueries.count($0) }
    }

    @Test(arguments: Backend.available)
    func `a repeat gets the first answer and changes nothing`(backend: Backend) async throws {
        try await withDoor(backend) { stand, _, _ in
            let key = ["Idempotency-Key": "k1"]
            let first = try await stand.probe.send("POST", "/api/notes/", headers: key, json: Self.note("a"))
            let again = try await stand.probe.send("POST", "/api/notes/", headers: key, json: Self.note("a"))
            #expect(first.status == 201)
            #expect(first.header("Idempotent-Replayed") == nil)
            #expect(again.status == 201)
            #expect(again.header("Idempotent-Replayed") == "true")
            #expect(again.header("Location") == first.header("Location"))
            #expect(again.header("Content-Type") == "application/json")
            #expect(again.body == first.body)
            #expect(try await Self.count(stand) == 1)
            let other = try await stand.probe.send(
                "POST", "/api/notes/", headers: ["Idempotency-Key": "k2"], json: Self.note("a"))
            #expect(other.header("Idempotent-Replayed") == nil)
            #expect(try await Self.count(stand) == 2)
        }
    }

    @Test(arguments: Backend.available)
    func `another body with the same key is 422, another caller has keys of their own`(backend: Backend) async throws {
        try await withDoor(backend) { stand, _, _ in
            let key = ["Idempotency-Key": "k1"]
            _ = try await stand.probe.send("POST", "/api/notes/", headers: key, json: Self.note("a"))
            let other = try await stand.probe.send("POST", "/api/notes/", headers: key, json: Self.note("b"))
            #expect(other.status == 422)
            #expect(other["code"]?.text == "idempotency_key_reused")
            for caller in ["user-7", "user-8"] {
                let answer = try await stand.probe.bearing(caller).send(
                    "POST", "/api/notes/", headers: key, json: Self.note("b"))
                #expect(answer.status == 201)
            }
            let guest = key.merging(["X-Session-Key": "0123456789abcdef0123"]) { $1 }
            #expect(
                try await stand.probe.send("POST", "/api/notes/", headers: guest, json: Self.note("b")).status == 201)
            #expect(try await Self.count(stand) == 4)
            let bad = try await stand.probe.send(
                "POST", "/api/notes/", headers: ["Idempotency-Key": String(repeating: "x", count: 256)],
                json: Self.note("a"))
            #expect(bad.status == 400)
        }
    }

    @Test(arguments: Backend.available)
    func `many at once have one effect and one answer`(backend: Backend) async throws {
        try await withDoor(backend) { stand, door, _ in
            let answers = try await withThrowingTaskGroup(of: ProbeResponse.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        try await stand.probe.send(
                            "POST", "/api/notes/", headers: ["Idempotency-Key": "race"], json: Self.note("a"))
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == 201 }, "\(answers.map(\.status))")
            #expect(Set(answers.map(\.body)).count == 1)
            #expect(answers.count { $0.header("Idempotent-Replayed") == nil } == 1)
            #expect(try await Self.count(stand) == 1)
            #expect(door.count >= 1)
        }
    }

    @Test(arguments: Backend.available)
    func `a refusal is given afresh under its key, and the key stays free`(backend: Backend) async throws {
        try await withDoor(backend) { stand, door, _ in
            let kinds: [ErrorKind] = [
                .conflict, .invalid, .notFound, .forbidden, .unprocessable, .preconditionFailed, .unauthenticated,
                .tooManyRequests, .unavailable,
            ]
            for kind in kinds {
                let key = ["Idempotency-Key": "k-\(kind)"]
                door.close(kind)
                for _ in 0..<2 {
                    let refused = try await stand.probe.send("POST", "/api/notes/", headers: key, json: Self.note("a"))
                    #expect(refused.status >= 400 && refused.header("Idempotent-Replayed") == nil, "\(kind)")
                }
                #expect(try await Self.keys(stand) == 0, "\(kind)")
                door.close(nil)
                let again = try await stand.probe.send("POST", "/api/notes/", headers: key, json: Self.note("a"))
                #expect(again.status == 201 && again.header("Idempotent-Replayed") == nil, "\(kind)")
                _ = try await stand.database.write { try IdempotencyQueries.purge(before: .last, in: $0) }
            }
            #expect(try await Self.count(stand) == kinds.count)
        }
    }

    @Test(arguments: Backend.available)
    func `a kept answer stands sealed, and comes back as it was`(backend: Backend) async throws {
        try await withDoor(backend) { stand, _, _ in
            let key = ["Idempotency-Key": "k1"]
            let first = try await stand.probe.send("POST", "/api/notes/", headers: key, json: Self.note("tok-secret-1"))
            let row = try await stand.database.read {
                try $0.tuples("SELECT headers, body FROM idempotency_keys", as: (String, [UInt8]).self)
            }
            let (headers, body) = try #require(row.first)
            #expect(!(headers + String(decoding: body, as: UTF8.self)).contains("tok-secret-1") && !body.isEmpty)
            let again = try await stand.probe.send("POST", "/api/notes/", headers: key, json: Self.note("tok-secret-1"))
            #expect(again.body == first.body && again.header("Location") == first.header("Location"))

            // Kept by a release that sealed nothing.
            let clear = Array(#"{"id": 7, "text": "old"}"#.utf8)
            _ = try await stand.database.write {
                try $0.execute(
                    "UPDATE idempotency_keys SET headers = 'Content-Type: application/json', body = \(clear)")
            }
            let old = try await stand.probe.send("POST", "/api/notes/", headers: key, json: Self.note("tok-secret-1"))
            #expect(old["text"]?.text == "old" && old.status == 201)

            // Sealed under another SECRET_KEY: it was done, so it is not done again.
            _ = try await stand.database.write {
                try $0.execute("UPDATE idempotency_keys SET headers = '', body = \(body.reversed() as [UInt8])")
            }
            let lost = try await stand.probe.send("POST", "/api/notes/", headers: key, json: Self.note("tok-secret-1"))
            #expect(lost.status == 409 && lost["code"]?.text == "idempotent_answer_lost")
            #expect(try await Self.count(stand) == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `a key is free again after a day, and its row can be purged`(backend: Backend) async throws {
        try await withDoor(backend) { stand, _, _ in
            let key = ["Idempotency-Key": "k1"]
            _ = try await stand.probe.send("POST", "/api/notes/", headers: key, json: Self.note("a"))
            stand.clock.advance(by: .hours(23))
            #expect(
                try await stand.database.write { try IdempotencyQueries.purge(before: stand.clock.source.now, in: $0) }
                    == 0)
            stand.clock.advance(by: .hours(2))
            let later = try await stand.probe.send("POST", "/api/notes/", headers: key, json: Self.note("b"))
            #expect(later.status == 201)
            #expect(later.header("Idempotent-Replayed") == nil)
            stand.clock.advance(by: .hours(25))
            #expect(
                try await stand.database.write { try IdempotencyQueries.purge(before: stand.clock.source.now, in: $0) }
                    == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `an answer that holds secrets is not kept`(backend: Backend) async throws {
        try await withDoor(backend) { stand, _, _ in
            let key = ["Idempotency-Key": "k1"]
            for _ in 0..<2 {
                let answer = try await stand.probe.send("POST", "/api/secrets/", headers: key, json: Self.note("a"))
                #expect(answer.status == 200)
                #expect(answer.header("Idempotent-Replayed") == nil)
            }
            #expect(try await Self.count(stand) == 2)
        }
    }

    @Test(arguments: Backend.available)
    func `one that still runs is 409, until its lease ends`(backend: Backend) async throws {
        try await withDoor(backend) { stand, door, gate in
            let key = ["Idempotency-Key": "k1"]
            async let first = stand.probe.send("POST", "/api/slow/", headers: key, json: Self.note("a"))
            await gate.waitForArrivals(1)
            let running = try await stand.probe.send("POST", "/api/slow/", headers: key, json: Self.note("a"))
            #expect(running.status == 409)
            #expect(running["code"]?.text == "idempotency_key_in_use")
            stand.clock.advance(by: .seconds(121))
            async let second = stand.probe.send("POST", "/api/slow/", headers: key, json: Self.note("a"))
            await gate.waitForArrivals(2)
            gate.open()
            // Who lost the lease answers as its holder does, or that somebody else is at it.
            let answers = try await [first, second]
            #expect(answers.contains { $0.status == 201 } && answers.allSatisfy { [201, 409].contains($0.status) })
            let replayed = try await stand.probe.send("POST", "/api/slow/", headers: key, json: Self.note("a"))
            #expect(replayed.header("Idempotent-Replayed") == "true")
            #expect(answers.allSatisfy { $0.status == 409 || $0.body == replayed.body })
            #expect(door.count == 2)
        }
    }

    @Test(arguments: Backend.available)
    func `who has lost the lease neither keeps an answer nor frees the key`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: WebHarness.migrations) { database in
            let clock = MovableClock(startingAt: WebHarness.start)
            let kept = Idempotency(time: clock.source, box: SecretBox(SecretKey("one"), purpose: "kept-answers"))
            let call = APIRequest(
                method: .post, path: "/api/slow/", headers: [.idempotencyKey: "k1"], clientAddress: "192.0.2.1")
            let key = try #require(try IdempotencyKey(of: call, .optionalUser))
            let answer = { (text: String) in
                APIResponse(status: .created, headers: [.contentType: "text/plain"], body: Array(text.utf8))
            }
            // The second comes while the first still works, and is done before it.
            let first = try await kept.leased(key, in: database) {
                clock.advance(by: .seconds(121))
                let second = try await kept.leased(key, in: database) { answer("second") }
                #expect(second.body == Array("second".utf8))
                return answer("first")
            }
            #expect(first.body == Array("second".utf8), "all see the holder's answer")
            clock.advance(by: .hours(25))
            // The second is still at it when the first ends, or fails.
            for fails in [false, true] {
                clock.advance(by: .hours(25))
                await #expect(throws: fails ? IdempotencyError.badKey : .running) {
                    _ = try await kept.leased(key, in: database) {
                        clock.advance(by: .seconds(121))
                        let now = clock.source.now
                        let isTaken = try await database.write { tx in
                            let row = try #require(try IdempotencyQueries.find(key, tx))
                            return try IdempotencyQueries.takeOver(
                                key, from: row, leasedUntil: now + .seconds(120), expiresAt: now + .hours(24), tx)
                        }
                        #expect(isTaken)
                        if fails { throw IdempotencyError.badKey }
                        return answer("late")
                    }
                }
                let row = try await database.write { try IdempotencyQueries.find(key, $0) }
                #expect(row?.status == 0, "the key is its holder's")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a refusal frees a leased key`(backend: Backend) async throws {
        try await withDoor(backend) { stand, door, gate in
            gate.open()
            for kind in [ErrorKind.conflict, .invalid, .unavailable] {
                door.close(kind)
                let key = ["Idempotency-Key": "k-\(kind)"]
                let refused = try await stand.probe.send("POST", "/api/slow/", headers: key, json: Self.note("a"))
                #expect(refused.status >= 400)
                door.close(nil)
                let again = try await stand.probe.send("POST", "/api/slow/", headers: key, json: Self.note("a"))
                #expect(again.status == 201)
            }
        }
    }
}
