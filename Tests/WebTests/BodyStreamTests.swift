import HTTPTypes
import SQL
import TestSupport
import Testing

@testable import Web

/// Bodies that are made while they are sent.
@Suite(.timeLimit(.minutes(1))) struct BodyStreamTests {
    private struct Broken: Error {}

    private static func endpoint(_ rest: @escaping BodyStream) -> @Sendable (any Database) -> [Endpoint] {
        { _ in
            [
                Endpoint(.get, "/api/table/", "Gives a table.", access: .anyone) { (_, _: NoInput) in
                    RawBody(contentType: "text/csv", bytes: Array("first\n".utf8), rest: rest)
                }
            ]
        }
    }

    @Test func `a body of unknown length arrives whole, and the connection goes on`() async throws {
        let blocks = (0..<200).map { Array("\($0): \(String(repeating: "x", count: 5_000))\n".utf8) }
        let rest: BodyStream = { send in for block in blocks { try await send(block) } }
        try await withServer(of: Self.endpoint(rest)) { stand in
            for _ in 0..<3 {
                let answer = try await stand.probe.send("GET", "/api/table/")
                #expect(answer.status == 200 && answer.header("Content-Length") == nil)
                #expect(answer.body == Array("first\n".utf8) + blocks.joined())
            }
            let head = try await stand.probe.send("HEAD", "/api/table/")
            let length = blocks.reduce("first\n".utf8.count) { $0 + $1.count }
            #expect(head.status == 200 && head.body.isEmpty && head.header("Content-Length") == String(length))
        }
    }

    @Test func `a body that cannot be made to its end is no answer`() async throws {
        let rest: BodyStream = { send in
            try await send(Array("second\n".utf8))
            throw Broken()
        }
        try await withServer(of: Self.endpoint(rest)) { stand in
            await #expect(throws: (any Error).self) { try await stand.probe.send("GET", "/api/table/") }
        }
    }

    @Test func `nothing more is made for a client that has gone`() async throws {
        let ended = AsyncGate()
        let rest: BodyStream = { send in
            do {
                while true { try await send(Array(repeating: 120, count: 64 << 10)) }
            } catch {
                await ended.wait()
                throw error
            }
        }
        ended.open()
        try await withServer(of: Self.endpoint(rest)) { stand in
            try await RawConnection.open(port: stand.port) { connection in
                try await connection.write("GET /api/table/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            }
            await ended.waitForArrivals(1)
        }
    }
}
