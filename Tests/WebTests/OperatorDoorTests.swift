import Commerce
import HTTPTypes
import SQL
import TestSupport
import Testing

@testable import Web

/// Who reads the figures and the document of the API.
@Suite struct OperatorDoorTests {
    @Test(arguments: ["/metrics", "/api/docs/", "/api/schema/", "/api/schema"])
    func `the lists of addresses hold for what operators ask for, and not for health`(_ path: String) async throws {
        for (allow, deny) in [(["198.51.100.0/24"], []), ([], ["127.0.0.0/8"])] {
            try await withServer(of: { _ in [] }) {
                ($0.allowedAddresses, $0.deniedAddresses) = (allow, deny)
            } _: { stand in
                let answer = try await stand.probe.send("GET", path)
                #expect(answer.status == 403)
                #expect(answer["code"]?.text == "address_denied")
                for health in ["/healthz", "/readyz"] {
                    #expect(try await stand.probe.send("GET", health).status == 200)
                }
            }
        }
    }

    @Test(
        arguments: [
            // From this machine, and through proxies that are named or not.
            (nil, [], "", "", 200), (nil, [], "198.51.100.9", "", 403), (nil, ["127.0.0.1"], "198.51.100.9", "", 403),
            (nil, ["127.0.0.1"], "unknown", "", 403), (nil, ["127.0.0.1"], "127.0.0.1", "", 200),
            (nil, ["127.0.0.1"], "198.51.100.9", "a-token-for-figures", 403),
            ("a-token-for-figures", ["127.0.0.1"], "198.51.100.9", "", 401),
            ("a-token-for-figures", ["127.0.0.1"], "198.51.100.9", "wrong", 401),
            ("a-token-for-figures", ["127.0.0.1"], "198.51.100.9", "a-token-for-figures", 200),
            ("a-token-for-figures", [], "198.51.100.9", "a-token-for-figures", 200),
            ("a-token-for-figures", [], "", "", 200),
        ] as [(String?, [String], String, String, Int)])
    func `figures are told to whoever has the token, and to this machine`(
        _ token: String?, _ proxies: [String], _ client: String, _ sent: String, _ status: Int
    ) async throws {
        try await withServer(of: { _ in [] }) {
            ($0.metricsToken, $0.trustedProxies) = (token, proxies)
        } _: { stand in
            var headers: [String: String] = [:]
            if !client.isEmpty { headers["X-Forwarded-For"] = client }
            if !sent.isEmpty { headers["Authorization"] = "Bearer " + sent }
            let answer = try await stand.probe.send("GET", "/metrics", headers: headers)
            #expect(answer.status == status)
            #expect(answer.text.contains("http_connections 1") == (status == 200))
        }
    }

    @Test(arguments: [(["198.51.100.0/24"], "198.51.100.9", 200), (["198.51.100.0/24"], "127.0.0.1", 403)])
    func `addresses that read figures can be named`(_ networks: [String], _ client: String, _ status: Int) async throws
    {
        try await withServer(of: { _ in [] }) {
            ($0.metricsAddresses, $0.trustedProxies) = (networks, ["127.0.0.1"])
        } _: { stand in
            let answer = try await stand.probe.send("GET", "/metrics", headers: ["X-Forwarded-For": client])
            #expect(answer.status == status)
        }
    }

    @Test(arguments: ["/healthz", "/api/things/"])
    func `two hosts are none`(_ path: String) async throws {
        let endpoints: @Sendable (any Database) -> [Endpoint] = { _ in
            [Endpoint(.get, "/api/things/", "Public.", access: .anyone) { (_, _: NoInput) in Detail("ok") }]
        }
        try await withServer(of: endpoints) { stand in
            for hosts in ["Host: a\r\nHost: a\r\n", "Host: a\r\nX-A: b\r\nhost: b\r\n"] {
                let answer = try await RawConnection.open(port: stand.port) { connection in
                    try await connection.write("GET \(path) HTTP/1.1\r\n\(hosts)Connection: close\r\n\r\n")
                    return try await connection.readToEnd()
                }
                #expect(answer.hasPrefix("HTTP/1.1 400 "))
                #expect(answer.contains("disallowed_host"))
            }
        }
    }
}
