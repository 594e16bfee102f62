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

    private func endpoints(_ door: Door, _ gate: Gate) -> @Sendable (any Database) -> [Endpoint] {
        { database in
            [
                Endpoint(.post, "/api/notes/", "Adds.", access: .anyoneKnown, status: .created, in: database) {
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
        _ backend: Backend, _ body: @escaping @Sendable (WebStand, Door, Gate) async throws -> Void
    ) async throws {
        let (door, gate) = (Door(), Gate())
        try await withServer(of: endpoints(door, gate), on: backend) { stand in try await body(stand, door, gate) }
    }

    private static func note(_ text: String) -> JSONValue { .object(["text": .string(text)]) }

    private static func count(_ stand: WebStand) async throws -> Int {
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
    func `a refusal of the handler is kept, one that may pass is not`(backend: Backend) async throws {
        try await withDoor(backend) { stand, door, _ in
            let kinds: [(ErrorKind, kept: Bool)] = [
                (.conflict, true), (.invalid, true), (.notFound, true), (.unauthenticated, false),
                (.tooManyRequests, false),
                (.unavailable, false),
            ]
            for (kind, isKept) in kinds {
                door.close(kind)
                let key = ["Idempotency-Key": "k-\(kind)"]
                let refused = try await stand.probe.send("POST", "/api/notes/", headers: key, json: Self.note("a"))
                #expect(refused.status >= 400)
                door.close(nil)
                let again = try await stand.probe.send("POST", "/api/notes/", headers: key, json: Self.note("a"))
                #expect(again.status == (isKept ? refused.status : 201), "\(kind)")
                #expect((again.header("Idempotent-Replayed") == "true") == isKept, "\(kind)")
            }
            #expect(try await Self.count(stand) == 3)
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
            #expect(try await [first.status, second.status] == [201, 201])
            let replayed = try await stand.probe.send("POST", "/api/slow/", headers: key, json: Self.note("a"))
            #expect(replayed.header("Idempotent-Replayed") == "true")
            #expect(door.count == 2)
        }
    }

    @Test(arguments: Backend.available)
    func `a leased refusal is kept, a passing one frees the key`(backend: Backend) async throws {
        try await withDoor(backend) { stand, door, gate in
            gate.open()
            for (kind, isKept) in [(ErrorKind.conflict, true), (.unavailable, false)] {
                door.close(kind)
                let key = ["Idempotency-Key": "k-\(kind)"]
                let refused = try await stand.probe.send("POST", "/api/slow/", headers: key, json: Self.note("a"))
                door.close(nil)
                let again = try await stand.probe.send("POST", "/api/slow/", headers: key, json: Self.note("a"))
                #expect(again.status == (isKept ? refused.status : 201))
            }
        }
    }
}
