import Primitives
import TestSupport
import Testing

/// What a server keeps in memory of work that is done.
@Suite(.timeLimit(.minutes(10)))
struct MemoryTests {
    private struct Received: Decodable {
        let recipients: [String]
    }

    @Test func `registrations and logins with mail going out leave no memory behind`() async throws {
        let peer = try OutboundPeer("smtp_sink.py")
        try await withTemporaryFolder { folder in
            let mail = ["EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": "\(peer.greeting.port)"]
            let server = try await ShopProcess(over: "sqlite:///\(folder)/shop.db", data: folder, settings: mail)
            let before = try #require(server.memory("VmRSS"))
            let probe = server.probe
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        let email = JSONValue.string("user\(number)@example.com")
                        let made = try await probe.send(
                            "POST", "/api/auth/register/",
                            json: ["email": email, "password": "testpass123", "first_name": "A", "last_name": "B"])
                        try #require(made.status == 201, "\(made.text)")
                        let login = try await probe.send(
                            "POST", "/api/auth/login/", json: ["email": email, "password": "testpass123"])
                        try #require(login.status == 200, "\(login.text)")
                    }
                }
                try await group.waitForAll()
            }
            for _ in 0..<120 { _ = try peer.next(as: Received.self) }
            // One hash works on 19 MiB.
            let after = try #require(server.memory("VmRSS"))
            #expect(after - before < 40 << 10, "from \(before) to \(after) kB")
            #expect(try await server.terminate() == 0)
        }
    }
}
