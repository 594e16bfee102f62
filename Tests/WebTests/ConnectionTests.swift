import HTTPTypes
import NIOCore
import Primitives
import SQL
import Synchronization
import TestSupport
import Testing

@testable import Web

/// How many connections there are, and how they end.
@Suite(.timeLimit(.minutes(6)), .serialized) struct ConnectionTests {
    private static let size = 30_000_000
    private static let request = "GET /api/large/ HTTP/1.1\r\nHost: a\r\n\r\n"

    private static func endpoints(_ gate: AsyncGate = AsyncGate()) -> @Sendable (any Database) -> [Endpoint] {
        { _ in
            [
                Endpoint(.get, "/api/large/", "Much.", access: .anyone) { (_, _: NoInput) in
                    RawBody(contentType: "application/octet-stream", bytes: [UInt8](repeating: 7, count: size))
                },
                Endpoint(.get, "/api/medium/", "Less.", access: .anyone) { (_, _: NoInput) in
                    RawBody(contentType: "application/octet-stream", bytes: [UInt8](repeating: 7, count: size / 5))
                },
                Endpoint(.get, "/api/slow/", "Waits.", access: .anyone) { (_, _: NoInput) in
                    await gate.wait()
                    return Detail("done")
                },
            ]
        }
    }

    /// Returns all bytes of an answer, taken in pieces.
    private static func rest(of client: DeafClient, _ pause: Duration = .microseconds(100)) async throws -> Int {
        var count = 0
        while true {
            if let piece = client.take(512 << 10) {
                if piece.isEmpty { return count }
                count += piece.count
            }
            try await Task.sleep(for: pause)
        }
    }

    @Test func `a client that takes no byte of its answer loses the connection`() async throws {
        try await withServer(of: Self.endpoints(), settings: { $0.connections.writeTimeout = .milliseconds(400) }) {
            stand in
            let clients = try (0..<5).map { _ in try DeafClient(port: stand.port) }
            for client in clients { #expect(client.send(Self.request) == Self.request.utf8.count) }
            try await poll("the connections") { stand.server.connections.size == 5 }
            try await poll("their end", atMost: .seconds(20)) { stand.server.connections.size == 0 }
            withExtendedLifetime(clients) {}
        }
    }

    @Test func `a client that takes its answer slowly gets all of it`() async throws {
        try await withServer(of: Self.endpoints(), settings: { $0.connections.writeTimeout = .milliseconds(400) }) {
            stand in
            let client = try DeafClient(port: stand.port)
            _ = client.send("GET /api/medium/ HTTP/1.0\r\nHost: a\r\n\r\n")
            let count = try await Self.rest(of: client, .milliseconds(1))
            #expect(count > Self.size / 5)
        }
    }

    @Test func `the end waits for an answer that is being taken`() async throws {
        try await withServer(of: Self.endpoints()) { stand in
            let client = try DeafClient(port: stand.port)
            _ = client.send(Self.request)
            try await poll("the answer") { client.take(1) != nil }
            await stand.stop()
            let count = try await Self.rest(of: client)
            #expect(count + 1 > Self.size)
        }
    }

    @Test func `clients that do not read hold the end up for no longer than it may take`() async throws {
        let started = ContinuousClock.now
        let clients = Mutex<[DeafClient]>([])
        try await withServer(of: Self.endpoints(), settings: { $0.connections.shutdownTimeout = .milliseconds(500) }) {
            stand in
            for _ in 0..<5 {
                let client = try DeafClient(port: stand.port)
                _ = client.send(Self.request)
                clients.withLock { $0.append(client) }
                try await poll("the answer") { client.take(1) != nil }
            }
        }
        #expect(ContinuousClock.now - started < .seconds(20))
        #expect(clients.withLock { $0.count } == 5)
    }

    @Test func `where there is no place left the longest idle connection goes`() async throws {
        try await withServer(of: Self.endpoints(), settings: { $0.connections.limit = 3 }) { stand in
            let first = try DeafClient(port: stand.port)
            _ = first.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            // Who has an answer is set up, and is idle since before the others came.
            try await poll("the first answer") { first.take(4_096)?.isEmpty == false }
            let others = try (0..<2).map { _ in try DeafClient(port: stand.port) }
            let answer = try await HTTPProbe(port: stand.port).send("GET", "/healthz")
            #expect(answer.status == 200)
            try await poll("the end of the first") { first.take(4_096)?.isEmpty == true }
            withExtendedLifetime(others) {}
        }
    }

    @Test(.timeLimit(.minutes(4)))
    func `a connection makes room also where a place was asked for before it was set up`() async throws {
        try await withServer(of: Self.endpoints()) { stand in
            try await RawConnection.open(port: stand.port) { client in
                let connections = Connections(limit: 1)
                let places = Places(connections: connections)
                places.connectionOpened()
                #expect(!places.isAcceptingNewConnections())
                _ = connections.add(client.channel)
                try await client.channel.closeFuture.get()
            }
        }
    }

    @Test func `where each connection is busy newcomers wait until one has its answer`() async throws {
        let gate = AsyncGate()
        try await withServer(of: Self.endpoints(gate), settings: { $0.connections.limit = 2 }) { stand in
            let probe = HTTPProbe(port: stand.port)
            async let first = probe.send("GET", "/api/slow/")
            async let second = probe.send("GET", "/api/slow/")
            await gate.waitForArrivals(2)
            async let third = probe.send("GET", "/healthz")
            gate.open()
            let statuses = try await [first, second, third].map(\.status)
            #expect(statuses == [200, 200, 200])
        }
    }

    @Test(arguments: [
        ("1.0", "", true), ("1.0", "Connection: close\r\n", true), ("1.0", "Connection: keep-alive\r\n", false),
        ("1.1", "", false), ("1.1", "Connection: Close\r\n", true), ("1.1", "Connection: x, close\r\n", true),
    ])
    func `a connection lasts as long as its client's version and words say`(
        _ version: String, _ header: String, _ ends: Bool
    ) async throws {
        try await withServer(of: Self.endpoints(), settings: { $0.connections.idleTimeout = .seconds(20) }) { stand in
            let text = try await RawConnection.open(port: stand.port) { connection in
                let request = "GET /healthz HTTP/\(version)\r\nHost: a\r\n"
                try await connection.write(request + header + "\r\n")
                if !ends { try await connection.write(request + "Connection: close\r\n\r\n") }
                return try await connection.readToEnd()
            }
            let answers = text.matches(of: #/HTTP/1\.1 200 /#).count
            #expect(answers == (ends ? 1 : 2))
            #expect(text.lowercased().contains("\r\nconnection: close\r\n"))
            #expect(text.contains("Connection: keep-alive") == (version == "1.0" && !ends))
        }
    }
}
