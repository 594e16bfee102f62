import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Web

/// Who may not call is told so from the head alone; bodies are read within what the shop may hold.
@Suite(.timeLimit(.minutes(6))) struct HeadFirstTests {
    private static let endpoints: @Sendable (any Database) -> [Endpoint] = { database in
        [
            Endpoint(.post, "/api/notes/", "Adds a note.", access: .anyone, status: .created, in: database) {
                (_, input: NoteInput, tx) in try NoteQueries.add(input.text, tx)
            },
            Endpoint(.post, "/api/pictures/", "Not everybody's.", access: .vendorOr("products.edit")) {
                (call, _: NoInput) in
                Detail("\(call.body.count)")
            }
            .form(limit: 10 << 20),
            Endpoint(.post, "/api/rare/", "By address.", access: .anyone) { (_, _: NoInput) in Detail("ok") }
                .limited(.perAddress(0, per: .hours(1), name: "rare")),
            Endpoint(.get, "/api/things/", "Things.", access: .anyone) { (_, _: NoInput) in Detail("ok") },
        ]
    }

    private static func head(_ method: String, _ path: String, _ length: Int, _ more: String = "") -> String {
        "\(method) \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\(more)\r\n"
    }

    /// Returns the server's answer to a head of 9 MB whose body never comes.
    private static func answer(_ stand: WebHarness, _ head: String) async throws -> String {
        try await RawConnection.open(port: stand.port) { connection in
            try await connection.write(head + "the first bytes")
            return try await connection.readToEnd()
        }
    }

    @Test func `who may not call is answered before the body has come`() async throws {
        try await withServer(of: Self.endpoints, settings: { $0.allowedHosts = ["a"] }) { stand in
            for (method, path, headers, status) in [
                ("POST", "/api/pictures/", "", 401),
                ("POST", "/api/pictures/", "Authorization: Bearer nobody\r\n", 401),
                ("POST", "/api/pictures/", "Authorization: Bearer customer\r\n", 403),
                ("POST", "/api/rare/", "", 429), ("POST", "/api/nothing/", "", 404), ("PUT", "/api/notes/", "", 405),
                ("POST", "/api/notes/", "", 413), ("GET", "/api/things/", "", 200),
                ("POST", "/api/pictures/", "Expect: 100-continue\r\n", 401),
            ] {
                let answer = try await Self.answer(stand, Self.head(method, path, 9_000_000, headers))
                #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(method) \(path): \(answer.prefix(40))")
                #expect(answer.lowercased().contains("\r\nconnection: close\r\n"), "\(method) \(path)")
            }
        }
    }

    @Test func `an address that may not call is answered before the body has come`() async throws {
        try await withServer(of: Self.endpoints, settings: { $0.deniedAddresses = ["127.0.0.1"] }) { stand in
            let answer = try await Self.answer(stand, Self.head("POST", "/api/notes/", 9_000_000))
            #expect(answer.hasPrefix("HTTP/1.1 403 "))
        }
    }

    @Test func `a short body that nobody asked for is passed over, and the connection goes on`() async throws {
        try await withServer(of: Self.endpoints) { stand in
            let answers = try await RawConnection.open(port: stand.port) { connection in
                try await connection.write(Self.head("POST", "/api/pictures/", 5) + "GET /")
                try await connection.write(
                    "POST /api/pictures/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nGET /\r\n0\r\n\r\n"
                )
                try await connection.write("GET /api/things/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                return try await connection.readToEnd()
            }
            let statuses = answers.matches(of: #/HTTP/1\.1 (\d+) /#).map(\.1)
            #expect(statuses == ["401", "401", "200"])
        }
    }

    @Test func `a client that sends its whole body first still reads that it may not`() async throws {
        try await withServer(of: Self.endpoints) { stand in
            let body = [UInt8](repeating: 0x20, count: 9_000_000)
            for _ in 0..<3 {
                let answer = try await stand.probe.send("POST", "/api/pictures/", body: body)
                #expect(answer.status == 401)
            }
            let vendor = try await stand.probe.bearing("vendor").send("POST", "/api/pictures/", body: body)
            #expect(vendor["detail"]?.text == "9000000")
            #expect(stand.server.bodies.bytes == 0)
        }
    }

    @Test func `beyond the bytes that the shop may hold uploads wait, orders do not`() async throws {
        try await withServer(of: Self.endpoints, settings: { $0.connections.bodyMemory = 100_000 }) { stand in
            let vendor = stand.probe.bearing("vendor")
            try await RawConnection.open(port: stand.port) { first in
                try await first.write(
                    Self.head("POST", "/api/pictures/", 95_000, "Authorization: Bearer vendor\r\nConnection: close\r\n")
                )
                try await first.write([UInt8](repeating: 0x20, count: 90_000))
                try await poll("the bytes") { stand.server.bodies.bytes == 90_000 }
                let refused = try await vendor.send(
                    "POST", "/api/pictures/", body: [UInt8](repeating: 0x20, count: 60_000))
                #expect(refused.status == 503)
                #expect(refused.header("Retry-After") == "2")
                #expect(refused["code"]?.text == "unavailable")
                let note = try await stand.probe.send("POST", "/api/notes/", json: .object(["text": .string("x")]))
                #expect(note.status == 201)
                try await first.write([UInt8](repeating: 0x20, count: 5_000))
                #expect(try await first.readToEnd().hasSuffix(#"{"detail":"95000"}"#))
            }
            #expect(stand.server.bodies.bytes == 0)
            // One alone is always possible.
            let large = try await vendor.send("POST", "/api/pictures/", body: [UInt8](repeating: 0x20, count: 500_000))
            #expect(large["detail"]?.text == "500000")
        }
    }

    @Test func `what an upload held is free when its client breaks off`() async throws {
        try await withServer(of: Self.endpoints) { stand in
            try await RawConnection.open(port: stand.port) { connection in
                try await connection.write(
                    Self.head("POST", "/api/pictures/", 95_000, "Authorization: Bearer vendor\r\n"))
                try await connection.write([UInt8](repeating: 0x20, count: 60_000))
                try await poll("the bytes") { stand.server.bodies.bytes == 60_000 }
            }
            try await poll("the room") { stand.server.bodies.bytes == 0 }
        }
    }
}
