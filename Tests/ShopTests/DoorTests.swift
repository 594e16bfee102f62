import Foundation
import Glibc
import Primitives
import TestSupport
import Testing
import Web

@testable import KontorApp

/// The program itself before clients that mean no good.
@Suite(.timeLimit(.minutes(12))) struct DoorTests {
    private static func withProcess(
        _ settings: [String: String] = [:], _ body: (ShopProcess) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { data in
            try await body(ShopProcess(over: "sqlite:///\(data)/shop.db", data: data, settings: settings))
        }
    }

    private static let clients = 80
    private static let size = 9_000_000

    @Test func `bodies of callers without a token take no memory`() async throws {
        try await Self.withProcess { shop in
            for _ in 0..<50 { #expect(try await shop.probe.send("GET", "/api/products/").status == 200) }
            let idle = try #require(shop.memory("VmRSS"))
            shop.forgetPeak()
            try await Self.flood(shop.probe.port)
            let peak = try #require(shop.memory("VmHWM"))
            #expect(peak - idle < 60_000, "\(idle) kB before, \(peak) kB at most")
            let (health, code) = (try await shop.probe.send("GET", "/healthz"), try await shop.terminate())
            #expect(health.status == 200 && code == 0)
        }
    }

    @Test func `a terminal that is gone, or a tool that wants a log anew, ends nothing`() async throws {
        try await Self.withProcess { shop in
            shop.hangUp()
            let (health, code) = (try await shop.probe.send("GET", "/healthz"), try await shop.terminate())
            #expect(health.status == 200 && code == 0)
        }
    }

    /// Sends 9 MB over each of 80 connections to what is staff's, whatever the server says.
    private static func flood(_ port: Int) async throws {
        let head = """
            POST /api/admin/products/imports/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(size)\r\n\
            Content-Type: multipart/form-data; boundary=b\r\n\r\n
            """
        let piece = [UInt8](repeating: 0x20, count: 128 << 10)
        var open = try (0..<clients).map { _ in (client: try DeafClient(port: port), left: size) }
        for index in open.indices { #expect(open[index].client.send(head) == head.utf8.count) }
        let deadline = ContinuousClock.now + .seconds(60)
        while open.contains(where: { $0.left > 0 }), ContinuousClock.now < deadline {
            for index in open.indices where open[index].left > 0 {
                let sent = open[index].client.send(piece.prefix(open[index].left))
                open[index].left = sent.map { open[index].left - $0 } ?? 0
            }
            await Task.yield()
        }
        #expect(open.allSatisfy { $0.left == 0 }, "the server took no more")
    }

    @Test func `clients that do not read hold the end of the program up for no longer than it may take`() async throws {
        try await Self.withProcess(["SHUTDOWN_SECONDS": "5"]) { shop in
            let clients = try (0..<5).map { _ in try DeafClient(port: shop.probe.port) }
            let request = String(repeating: "GET /api/schema/ HTTP/1.1\r\nHost: localhost\r\n\r\n", count: 200)
            for client in clients {
                #expect(client.send(request) == request.utf8.count)
                try await poll("an answer") { client.take(1) != nil }
            }
            let started = ContinuousClock.now
            #expect(try await shop.terminate() == 0)
            #expect(ContinuousClock.now - started < .seconds(10))
            withExtendedLifetime(clients) {}
        }
    }

    @Test func `work that hangs does not keep the program from its end`() async throws {
        let mailServer = try DeafServer()
        let settings = ["SHUTDOWN_SECONDS": "1", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": "\(mailServer.port)"]
        try await Self.withProcess(settings) { shop in
            let answer = try await shop.probe.send(
                "POST", "/api/auth/register/",
                json: [
                    "email": "a@example.com", "password": "correct-horse-9", "first_name": "A", "last_name": "B",
                ])
            #expect(answer.status == 201)
            try await poll("the mail") { mailServer.takeCall() }
            let started = ContinuousClock.now
            #expect(try await shop.terminate() == 1)
            #expect(ContinuousClock.now - started < .seconds(10))
        }
    }

    @Test func `a client has thirty seconds to take a byte, and the end waits twenty for it`() throws {
        let connections = try Settings(SettingsValues([:])).web.connections
        #expect(connections.writeTimeout == .seconds(30))
        #expect(connections.shutdownTimeout == .seconds(20))
    }

    @Test func `the program may open as many files as the machine lets it`() {
        DescriptorLimit.raise()
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        #expect(limit.rlim_cur == min(limit.rlim_max, 1 << 20))
        var settings = ConnectionSettings()
        settings.limit = 100_000
        #expect(settings.within(descriptors: 1_024).limit == 768)
        #expect(settings.within(descriptors: 1 << 20).limit == 100_000)
    }
}
