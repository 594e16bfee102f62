import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Web

/// Who may call from where.
@Suite struct AddressRuleTests {
    private static let endpoints: @Sendable (any Database) -> [Endpoint] = { _ in
        [
            Endpoint(.get, "/api/things/", "Public.", access: .anyone) { (_, _: NoInput) in Detail("ok") },
            Endpoint(.get, "/api/mine/", "Known callers.", access: .user) { (_, _: NoInput) in Detail("ok") },
        ]
    }

    /// The lists, the client behind the trusted proxy, and whether it may call.
    @Test(arguments: [
        ([], ["203.0.113.0/24"], "203.0.113.7", false), ([], ["203.0.113.0/24"], "203.0.114.7", true),
        (["198.51.100.0/24"], [], "198.51.100.9", true), (["198.51.100.0/24"], [], "203.0.113.7", false),
        (["198.51.100.0/24"], ["198.51.100.9"], "198.51.100.9", false), (["2001:db8::/32"], [], "2001:db8::9", true),
        (["2001:db8::/32"], [], "::ffff:198.51.100.9", false), ([], ["198.51.100.9"], "::ffff:198.51.100.9", false),
    ])
    func `lists say who may call, and denying wins`(
        _ allow: [String], _ deny: [String], _ client: String, _ passes: Bool
    ) async throws {
        try await withServer(of: Self.endpoints) {
            ($0.allowedAddresses, $0.deniedAddresses, $0.trustedProxies) = (allow, deny, ["127.0.0.1"])
        } _: { stand in
            let headers = ["X-Forwarded-For": client]
            let answer = try await stand.probe.send("GET", "/api/things/", headers: headers)
            #expect(answer.status == (passes ? 200 : 403))
            if !passes { #expect(answer["code"]?.text == "address_denied") }
            let missing = try await stand.probe.send("GET", "/api/no-such-thing/", headers: headers)
            #expect(missing.status == (passes ? 404 : 403))
            #expect(try await stand.probe.send("GET", "/healthz", headers: headers).status == 200)
        }
    }

    @Test func `a forwarded address counts only from a trusted proxy`() async throws {
        try await withServer(of: Self.endpoints) {
            $0.deniedAddresses = ["203.0.113.7"]
        } _: { stand in
            let told = try await stand.probe.send("GET", "/api/things/", headers: ["X-Forwarded-For": "203.0.113.7"])
            #expect(told.status == 200)
        }
        try await withServer(of: Self.endpoints) {
            $0.deniedAddresses = ["127.0.0.1"]
        } _: { stand in
            let told = try await stand.probe.send("GET", "/api/things/", headers: ["X-Forwarded-For": "203.0.113.7"])
            #expect(told.status == 403)
        }
    }

    @Test(arguments: [
        ("admin", "203.0.113.7", 403), ("staff", "203.0.113.7", 403), ("admin", "198.51.100.9", 200),
        ("staff", "198.51.100.9", 200), ("customer", "203.0.113.7", 200), ("vendor", "203.0.113.7", 200),
    ])
    func `the staff act from the office alone`(_ role: String, _ client: String, _ status: Int) async throws {
        try await withServer(of: Self.endpoints) {
            ($0.staffAddresses, $0.trustedProxies) = (["198.51.100.0/24"], ["127.0.0.1"])
        } _: { stand in
            let answer = try await stand.probe.bearing(role).send(
                "GET", "/api/mine/", headers: ["X-Forwarded-For": client])
            #expect(answer.status == status)
        }
    }

    @Test(arguments: ["IP_ALLOW", "IP_DENY", "STAFF_IP_ALLOW"])
    func `what is no network is refused by the name of its setting`(_ key: String) {
        var settings = WebSettings(currency: .usd)
        switch key {
        case "IP_ALLOW": settings.allowedAddresses = ["10.0.0"]
        case "IP_DENY": settings.deniedAddresses = ["10.0.0"]
        default: settings.staffAddresses = ["10.0.0"]
        }
        #expect(throws: SettingsError(key, "\"10.0.0\" cannot be used")) { try AddressRule(settings) }
    }
}
