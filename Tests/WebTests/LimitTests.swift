import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Web

/// How often an endpoint may be called.
@Suite struct LimitTests {
    private static let endpoints: @Sendable (any Database) -> [Endpoint] = { _ in
        [
            Endpoint(.post, "/api/register/", "By address.", access: .anyone) { (_, _: NoInput) in Detail("ok") }
                .limited(.perAddress(2, per: .hours(1), name: "register")),
            Endpoint(.post, "/api/code/", "By user.", access: .user) { (_, _: NoInput) in Detail("ok") }
                .limited(.perUser(1, per: .minutes(10), name: "code")),
        ]
    }

    @Test func `more than the limit is 429 with the time to wait, until the window ends`() async throws {
        try await withServer(of: Self.endpoints) { stand in
            for _ in 0..<2 { #expect(try await stand.probe.send("POST", "/api/register/").status == 200) }
            stand.clock.advance(by: .minutes(20))
            let refused = try await stand.probe.send("POST", "/api/register/")
            #expect(refused.status == 429)
            #expect(refused.header("Retry-After") == "2400")
            #expect(refused["code"]?.text == "throttled")
            #expect(refused["detail"]?.text == "Request was throttled. Expected available in 2400 seconds.")
            stand.clock.advance(by: .minutes(40))
            #expect(try await stand.probe.send("POST", "/api/register/").status == 200)
        }
    }

    @Test func `limits by address can be lifted, limits by user cannot`() async throws {
        try await withServer(of: Self.endpoints, settings: { $0.limitsAddresses = false }) { stand in
            for _ in 0..<5 {
                let answer = try await stand.probe.send("POST", "/api/register/")
                #expect(answer.status == 200)
            }
            for (user, status) in [("user-1", 200), ("user-1", 429), ("user-2", 200)] {
                let answer = try await stand.probe.bearing(user).send("POST", "/api/code/")
                #expect(answer.status == status)
            }
        }
    }

    @Test func `a client behind a trusted proxy is counted by its own address`() async throws {
        try await withServer(of: Self.endpoints, settings: { $0.trustedProxies = ["127.0.0.1"] }) { stand in
            for client in ["203.0.113.1", "203.0.113.2", "2001:db8::1"] {
                for status in [200, 200, 429] {
                    let answer = try await stand.probe.send(
                        "POST", "/api/register/", headers: ["X-Forwarded-For": "198.51.100.7, " + client])
                    #expect(answer.status == status)
                }
            }
        }
    }

    @Test func `the addresses of one network of IPv6 are counted together`() async throws {
        try await withServer(of: Self.endpoints, settings: { $0.trustedProxies = ["127.0.0.1"] }) { stand in
            for (client, status) in [
                ("2001:db8::1", 200), ("2001:db8:0:0:ffff::9", 200), ("2001:db8::a:b", 429), ("2001:db8:0:1::1", 200),
                ("198.51.100.1", 200), ("::ffff:198.51.100.1", 200), ("198.51.100.1", 429), ("198.51.100.2", 200),
            ] {
                let answer = try await stand.probe.send(
                    "POST", "/api/register/", headers: ["X-Forwarded-For": client])
                #expect(answer.status == status, "\(client)")
            }
        }
    }

    @Test func `the limiter forgets ended windows first and stays within its bounds`() throws {
        let clock = MovableClock(startingAt: WebHarness.start)
        let limiter = RateLimiter(time: clock.source, capacity: 10)
        let long = RateLimit.perAddress(1, per: .hours(2), name: "long")
        let short = RateLimit.perAddress(1, per: .minutes(1), name: "short")
        try limiter.take(long, for: "kept")
        for number in 0..<9 { try limiter.take(short, for: "\(number)") }
        clock.advance(by: .minutes(2))
        for number in 0..<9 { try limiter.take(short, for: "again \(number)") }
        #expect(throws: Throttled.self) { try limiter.take(long, for: "kept") }
        for number in 0..<100 { try limiter.take(short, for: "flood \(number)") }
        #expect(throws: Throttled(retryAfter: .minutes(118))) { try limiter.take(long, for: "kept") }
        limiter.forget("long", "kept")
        try limiter.take(long, for: "kept")
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("127.0.0.1", "127.0.0.1", true),
        ("192.168.0.128/25", "192.168.0.127", false), ("192.168.0.128/25", "192.168.0.200", true),
        ("fd00::/8", "fd12::1", true), ("fd00::/8", "fe80::1", false), ("0.0.0.0/0", "8.8.8.8", true),
        ("0.0.0.0/0", "2001:db8::1", false), ("10.0.0.1", "::ffff:10.0.0.1", true),
    ])
    func `a network holds the addresses that share its bits`(network: String, address: String, holds: Bool) throws {
        let network = try #require(IPNetwork(network))
        let address = try #require(IPAddress(address))
        #expect(network.contains(address) == holds)
    }

    @Test(arguments: ["10.0.0.0/33", "fd00::/129", "10.0.0", "host", "", "10.0.0.0/", "10.0.0.0/x"])
    func `what is no network is refused`(text: String) {
        #expect(IPNetwork(text) == nil)
        #expect(throws: SettingsError("TRUSTED_PROXIES", "\"\(text)\" cannot be used")) { try Proxies([text]) }
    }
}
