import HTTPTypes
import Logging
import SQL
import TestSupport
import Testing

@testable import Web

/// What the log says of a request.
@Suite struct AccessLogTests {
    private static let endpoints: @Sendable (any Database) -> [Endpoint] = { _ in
        [
            Endpoint(.get, "/api/things/{id}/", "Public.", access: .anyone) { (_, _: NoInput) in Detail("ok") },
            Endpoint(.get, "/api/mine/", "For users.", access: .user) { (_, _: NoInput) in Detail("ok") },
            Endpoint(.get, "/api/gone/", "Fails as a database does.", access: .anyone) {
                (_, _: NoInput) -> Detail in
                throw SQLError(.unavailable, message: "gone").duringOutage
            },
            Endpoint(.get, "/api/ill/", "Fails.", access: .anyone) { (_, _: NoInput) -> Detail in
                throw SQLError(.unavailable, message: "ill")
            },
        ]
    }

    /// Returns the one line of a request.
    private static func line(
        _ path: String, headers: [String: String] = [:], proxies: [String] = [],
        pages: @escaping @Sendable (LocalAPI) -> [Endpoint] = { _ in [] }
    ) async throws -> LogLines.Line {
        let lines = LogLines()
        try await withServer(
            of: endpoints,
            settings: {
                $0.accessLogLevel = .info
                $0.trustedProxies = proxies
            }, standingOn: pages, log: lines
        ) { stand in
            try await stand.probe.send("GET", path, headers: headers)
            try await poll("the line") { !lines.named("request").isEmpty }
        }
        return try #require(lines.named("request").first)
    }

    @Test func `figures are numbers`() async throws {
        let line = try await Self.line("/api/things/7/")
        for name in ["status", "microseconds", "bytes"] {
            guard case .stringConvertible(let value) = line.metadata[name] else {
                Issue.record("\(name): \(String(describing: line.metadata[name]))")
                continue
            }
            #expect(value is any BinaryInteger, "\(name)")
        }
        #expect(line.metadata["status"]?.description == "200" && line.level == .info)
        #expect(line.metadata["route"] == "/api/things/{id}/" && line.metadata["path"] == nil)
    }

    @Test(
        arguments: [
            ("", [], "127.0.0.1"), ("198.51.100.9", [], "127.0.0.1"),
            ("198.51.100.9", ["127.0.0.1"], "198.51.100.9"), ("nowhere", ["127.0.0.1"], "unknown"),
        ] as [(String, [String], String)])
    func `the client's address is what a trusted proxy says`(
        _ forwarded: String, _ proxies: [String], _ address: String
    ) async throws {
        let headers = forwarded.isEmpty ? [:] : ["X-Forwarded-For": forwarded]
        let line = try await Self.line("/api/things/7/", headers: headers, proxies: proxies)
        #expect(line.metadata["address"]?.description == address)
    }

    @Test(arguments: [("user-42", "42"), ("", nil), ("nobody", nil)] as [(String, String?)])
    func `the user is who the token says`(_ token: String, _ user: String?) async throws {
        let headers = token.isEmpty ? [:] : ["Authorization": "Bearer " + token]
        #expect(try await Self.line("/api/mine/", headers: headers).metadata["user"]?.description == user)
    }

    @Test func `the user of a page is for whom it asked`() async throws {
        let line = try await Self.line("/staff/") { api in
            [
                Endpoint(.get, "/staff/", "A page.", access: .anyone) { (call: APIRequest, _: NoInput) in
                    let reader = try await WebHarness.authenticate("user-43")
                    _ = await api.answer(LocalAPI.Call(.get, "/api/mine/"), for: call, as: reader)
                    return Detail("ok")
                }
            ]
        }
        #expect(line.metadata["user"]?.description == "43")
    }

    @Test(arguments: [
        ("/wp-login.php?token=secret", "/wp-login.php"), ("/api/nothing/", "/api/nothing/"),
        ("/" + String(repeating: "a", count: 999), "/" + String(repeating: "a", count: 199)),
    ])
    func `a path without a route is told of, without its query`(_ target: String, _ path: String) async throws {
        let line = try await Self.line(target)
        #expect(line.metadata["path"]?.description == path && line.metadata["route"] == "-")
        #expect(line.metadata["status"]?.description == "404")
    }

    @Test(arguments: [
        ("/healthz", Logger.Level.debug), ("/readyz", .debug), ("/metrics", .debug), ("/api/schema/", .info),
        ("/api/things/7/", .info), ("/nothing/", .info),
    ])
    func `what monitors ask for is a detail`(_ path: String, _ level: Logger.Level) async throws {
        #expect(try await Self.line(path).level == level)
    }

    @Test(arguments: [("/api/gone/", Logger.Level.debug), ("/api/ill/", .error)])
    func `what fails during an outage that is known is a detail`(_ path: String, _ level: Logger.Level) async throws {
        let lines = LogLines()
        try await withServer(of: Self.endpoints, log: lines) { stand in
            let answer = try await stand.probe.send("GET", path)
            #expect(answer.status == 503)
        }
        #expect(lines.named("request failed").map(\.level) == [level])
    }
}
