import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Web

/// What is made of the word of trusted proxies about their clients.
@Suite struct ForwardedAddressTests {
    private static let endpoints: @Sendable (any Database) -> [Endpoint] = { _ in
        [
            Endpoint(.get, "/api/where/", "The caller's address.", access: .anyone) { (call, _: NoInput) in
                Detail(call.clientAddress)
            },
            Endpoint(.get, "/api/mine/", "Known callers.", access: .user) { (_, _: NoInput) in Detail("ok") },
            Endpoint(.post, "/api/once/", "By address.", access: .anyone) { (_, _: NoInput) in Detail("ok") }
                .limited(.perAddress(1, per: .hours(1), name: "once")),
        ]
    }

    @Test(arguments: [
        ("198.51.100.7", "198.51.100.7"), ("198.51.100.7:4711", "198.51.100.7"), ("\"198.51.100.7\"", "198.51.100.7"),
        ("\"198.51.100.7:80\"", "198.51.100.7"), ("  198.51.100.7\t", "198.51.100.7"),
        ("2001:DB8::7", "2001:db8::7"), ("[2001:db8::7]", "2001:db8::7"), ("[2001:db8::7]:4711", "2001:db8::7"),
        ("\"[2001:db8::7]:4711\"", "2001:db8::7"), ("::ffff:198.51.100.7", "198.51.100.7"),
        ("[::ffff:198.51.100.7]:80", "198.51.100.7"), ("::ffff:c633:6407", "198.51.100.7"),
        ("2001:db8::7:80", "2001:db8::7:80"), ("10.0.0.1, 198.51.100.7", "198.51.100.7"),
        ("203.0.113.9, 198.51.100.7", "198.51.100.7"), ("198.51.100.7, 127.0.0.2", "198.51.100.7"),
        ("nonsense, 198.51.100.7", "198.51.100.7"),
    ])
    func `an address is read in every form that proxies write`(_ header: String, _ address: String) throws {
        let proxies = try Proxies(["127.0.0.0/8"])
        let hop = ClientAddress(IPAddress("127.0.0.1"))
        #expect(proxies.client(connection: hop, [.xForwardedFor: header]).text == address)
    }

    @Test(arguments: [
        "", ",", "unknown", "_hidden", "fe80::1%eth0", "[fe80::1%25eth0]", "198.51.100.7:", "198.51.100.7:x",
        "198.51.100.7:65536", "198.51.100.7:+80", "198.51.100.7:000080", "198.51.100", "198.51.100.256",
        "198.51.100.07", "0x7f.1", "[198.51.100.7]", "[2001:db8::7", "[2001:db8::7]x", "2001:db8::7]:80", "[]:80",
        "\"198.51.100.7", "198.51.100.7 80", "198.51.100.7,127.0.0.2,",
        "127.0.0.2, nonsense", "198.51.100.7, nonsense, 127.0.0.2", "198.51.100.7, , 127.0.0.2",
        // Marks that join the separator before them: one entry for who splits by grapheme.
        "127.0.0.2,\u{301}198.51.100.7", "198.51.100.7\u{301}",
    ])
    func `what a trusted hop wrote and nobody can read is no address, least of all the hop's`(_ header: String) throws {
        let proxies = try Proxies(["127.0.0.0/8"])
        let hop = ClientAddress(IPAddress("127.0.0.1"))
        let client = proxies.client(connection: hop, [.xForwardedFor: header])
        #expect(client == .unknown)
        #expect(client.text == "unknown")
    }

    @Test func `a separator with a mark behind it still separates`() throws {
        let proxies = try Proxies(["127.0.0.0/8"])
        let header = "203.0.113.9,\u{301}, 198.51.100.7"
        let client = proxies.client(connection: ClientAddress(IPAddress("127.0.0.1")), [.xForwardedFor: header])
        #expect(client.text == "198.51.100.7")
        #expect(
            proxies.scheme(connection: ClientAddress(IPAddress("127.0.0.1")), [.xForwardedProto: "http,https"])
                == "https")
    }

    @Test(arguments: [(["127.0.0.0/8"], []), ([], ["203.0.113.0/24"]), (["0.0.0.0/0", "::/0"], [])])
    func `no list that allows has an unknown address, and every one that denies refuses it`(
        _ allow: [String], _ deny: [String]
    ) async throws {
        try await withServer(of: Self.endpoints) {
            ($0.allowedAddresses, $0.deniedAddresses, $0.trustedProxies) = (allow, deny, ["127.0.0.1"])
        } _: { stand in
            let told = try await stand.probe.send(
                "GET", "/api/where/", headers: ["X-Forwarded-For": "198.51.100.300"])
            #expect(told.status == 403)
            #expect(told["code"]?.text == "address_denied")
        }
    }

    @Test func `the staff do not act from an unknown address, though their proxy stands in the office`() async throws {
        try await withServer(of: Self.endpoints) {
            ($0.staffAddresses, $0.trustedProxies) = (["127.0.0.0/8"], ["127.0.0.1"])
        } _: { stand in
            let headers = ["X-Forwarded-For": "unknown"]
            for (role, headers, status) in [("staff", headers, 403), ("customer", headers, 200), ("staff", [:], 200)] {
                let answer = try await stand.probe.bearing(role).send("GET", "/api/mine/", headers: headers)
                #expect(answer.status == status, "\(role)")
            }
        }
    }

    @Test func `unknown addresses are limited together, and nobody else with them`() async throws {
        try await withServer(of: Self.endpoints, settings: { $0.trustedProxies = ["127.0.0.1"] }) { stand in
            for (client, status) in [
                ("unknown", 200), ("nonsense", 429), ("fe80::1%eth0", 429), ("198.51.100.7:80", 200),
                ("\"198.51.100.7\"", 429), ("[2001:db8::1]:80", 200),
            ] {
                let answer = try await stand.probe.send("POST", "/api/once/", headers: ["X-Forwarded-For": client])
                #expect(answer.status == status, "\(client)")
            }
            #expect(try await stand.probe.send("POST", "/api/once/").status == 200)
            let told = try await stand.probe.send("GET", "/api/where/", headers: ["X-Forwarded-For": "nonsense"])
            #expect(told["detail"]?.text == "unknown")
        }
    }
}
