import AppHarness
import Commerce
import HTTPTypes
import Outbound
import Primitives
import SQL
import TestSupport
import Testing

@testable import Accounts
@testable import Web

/// Social logins against a server with keys of its own, rotated while the shop runs.
@Suite struct AccountsSocialTests {
    @Test(arguments: Backend.available)
    func `Google's word opens, registers and joins an account`(_ backend: Backend) async throws {
        try await SocialHarness.with(backend) { shop in
            let first = try await shop.google(shop.claims("g-1", email: "Ada@Example.com"))
            #expect(first.status == 200 && first["user"]?["email"] == .string("ada@example.com"))
            #expect(first["user"]?["is_email_verified"] == .bool(true) && first.headers[.cacheControl] == "no-store")
            let ada = try AccountsHarness.login(first)
            let again = try await shop.google(shop.claims("g-1", email: "other@example.com"))
            #expect(try AccountsHarness.login(again).id == ada.id)
            let list = try await shop.stand.call(.get, "/api/auth/social/accounts/", token: ada.access)
            #expect(list.results.map { $0["provider"]?.text } == ["google"])
            #expect(list.results[0]["access_token"] == nil)
            let only = "/api/auth/social/google/disconnect/"
            let refused = try await shop.stand.call(.delete, only, token: ada.access)
            #expect(refused.status == 409 && refused.text("code") == "last_login_method")
            let set = try await shop.stand.call(
                .post, "/api/auth/set-password/", #"{"new_password": "another-Pass-9"}"#, token: ada.access)
            #expect(set.status == 200)
            #expect(try await shop.stand.call(.delete, only, token: ada.access).status == 204)
            #expect(try await shop.stand.call(.delete, only, token: ada.access).status == 404)
        }
    }

    /// A thief's own account, joined by a stolen token, would open the victim's for ever.
    @Test(arguments: Backend.available)
    func `an old session joins no account without the password, and a reset or a report parts all`(
        _ backend: Backend
    ) async throws {
        try await SocialHarness.with(backend) { shop in
            let ada = try await shop.stand.customer()
            let thief = shop.claims("g-thief", email: "thief@example.com")
            shop.stand.clock.advance(by: .minutes(14))
            let renewed = try await shop.stand.call(.post, "/api/auth/refresh/", #"{"refresh": "\#(ada.refresh)"}"#)
            let token = try #require(renewed.text("access"))
            for (endpoint, body) in [
                ("security/report-suspicious/", #"{"description": "x"}"#), ("reset-password/", ""),
            ] {
                shop.stand.clock.advance(by: .minutes(2))
                let claims = shop.claims("g-thief", email: "thief@example.com")
                let refused = try await shop.google(claims, token: token)
                #expect(refused.status == 400 && refused["password"] != nil, "\(refused.json)")
                let joined = try await shop.google(claims, fields: #", "password": "testpass123""#, token: token)
                #expect(joined.status == 200, "\(joined.json)")
                var sent = body
                if sent.isEmpty {
                    _ = try await shop.stand.call(.post, "/api/auth/forgot-password/", #"{"email": "ada@example.com"}"#)
                    let mailed = try #require(try await shop.stand.secret("token", in: "password_reset"))
                    sent = #"{"token": "\#(mailed)", "new_password": "another-Pass-9"}"#
                }
                #expect(try await shop.stand.call(.post, "/api/auth/" + endpoint, sent, token: token).status == 200)
                let left = try await shop.stand.fixture.count("SELECT COUNT(*) FROM social_accounts")
                #expect(left == 0, "\(endpoint)")
            }
            let opened = try await shop.google(thief)
            #expect(opened["user"]?["email"] != .string("ada@example.com"), "\(opened.json)")
        }
    }

    @Test(arguments: Backend.available)
    func `without a password an old session sets none and ends nothing, and a report parts strangers alone`(
        _ backend: Backend
    ) async throws {
        try await SocialHarness.with(backend) { shop in
            let ada = try AccountsHarness.login(try await shop.google(shop.claims("g-1")))
            let thief = shop.claims("a-1", email: "thief@example.com", issuer: "apple")
            let joined = try await shop.login("apple", thief, signer: "apple", token: ada.access)
            #expect(joined.status == 200, "\(joined.json)")
            shop.stand.clock.advance(by: .minutes(14))
            let renewed = try await shop.stand.call(.post, "/api/auth/refresh/", #"{"refresh": "\#(ada.refresh)"}"#)
            shop.stand.clock.advance(by: .minutes(2))
            let token = try #require(renewed.text("access"))
            for (method, path, body) in [
                (.post, "set-password/", #"{"new_password": "another-Pass-9"}"#),
                (.delete, "account/delete/", #"{"confirmation": "DELETE"}"#),
            ] as [(HTTPRequest.Method, String, String)] {
                let refused = try await shop.stand.call(method, "/api/auth/" + path, body, token: token)
                #expect(refused.status == 403 && refused.text("code") == "fresh_login_required", "\(refused.json)")
            }
            let report = try await shop.stand.call(
                .post, "/api/auth/security/report-suspicious/", #"{"description": "x"}"#, token: token)
            #expect(report.status == 200)
            let left = try await shop.stand.database.read {
                try $0.column("SELECT provider FROM social_accounts", as: String.self)
            }
            #expect(left == ["google"])
            #expect(try await shop.google(shop.claims("g-1")).status == 200)
        }
    }

    /// A request that was let in before a reset must not write after it.
    @Test(arguments: Backend.available)
    func `a session that has ended joins nothing, and providers' own codes are not taken for ours`(
        _ backend: Backend
    ) async throws {
        try await SocialHarness.with(backend) { shop in
            let ada = try await shop.stand.customer()
            try await shop.stand.setVerified(ada)
            let service = shop.stand.service
            let caller = try await service.authenticator.authenticate(ada.access)
            _ = try await shop.stand.call(.post, "/api/auth/logout-all/", "{}", token: ada.access)
            let identity = SocialIdentity(
                provider: .google, subject: "g-9", email: "thief@example.com", isEmailVerified: true, firstName: "T",
                lastName: "F", accessToken: nil, expiresAt: nil)
            await #expect(throws: AuthenticationError.tokenNotValid) {
                _ = try await service.social.logIn(
                    identity, caller: caller, cart: nil, from: AccountsFixture.client)
            }
            await #expect(throws: AuthenticationError.tokenNotValid) {
                _ = try await service.twoFactor.prepare(caller, password: nil, from: AccountsFixture.client)
            }
            let code = String(repeating: "c", count: 60)
            let opened = try await shop.google(
                shop.claims("g-2", email: "new@example.com"), fields: #", "code": "\#(code)""#)
            #expect(opened.status == 200, "\(opened.json)")
        }
    }

    @Test(arguments: Backend.available)
    func `keys are fetched once, again for a new one, and forgers cannot have them fetched on and on`(
        _ backend: Backend
    ) async throws {
        try await SocialHarness.with(backend) { shop in
            for number in 1...3 {
                let claims = shop.claims("g-\(number)", email: "user\(number)@example.com")
                #expect(try await shop.google(claims).status == 200)
            }
            #expect(try await shop.fetches() == 1)
            shop.stand.clock.advance(by: .seconds(90))
            _ = try await shop.control("rotate", #"{"provider": "google"}"#)
            #expect(try await shop.google(shop.claims("g-1")).status == 200)
            #expect(try await shop.fetches() == 2)
            for _ in 0..<5 {
                #expect(try await shop.google(shop.claims("g-1"), more: #", "key": "unknown""#).status == 400)
            }
            #expect(try await shop.fetches() == 2)
            #expect(try await shop.google(shop.claims("g-1"), more: #", "key": "withdrawn""#).status == 400)
            // The provider is away: keys of an hour ago still open, and without any there is a clear refusal.
            shop.stand.clock.advance(by: .hours(1))
            _ = try await shop.control("fail", #"{"provider": "google", "count": 5}"#)
            #expect(try await shop.google(shop.claims("g-1")).status == 200)
            _ = try await shop.control("fail", #"{"provider": "apple", "count": 1}"#)
            let away = try await shop.login("apple", shop.claims("a-1", issuer: "apple"), signer: "apple")
            #expect(away.status == 503 && away.text("code") == "provider_unavailable")
            #expect(away.headers[.retryAfter] != nil)
        }
    }

    /// What is forged, and how it is signed or what it claims.
    static let forgeries: [(name: String, more: String, change: String)] = [
        ("no signature", #", "alg": "none""#, ""), ("key confusion", #", "alg": "HS256_public_key""#, ""),
        ("another algorithm", #", "alg": "RS512""#, ""), ("an unknown key", #", "key": "unknown""#, ""),
        ("another provider's key", #", "key": "other_provider""#, ""), ("no key id", #", "kid": null"#, ""),
        ("a changed payload", #", "tamper": "payload""#, ""), ("a changed signature", #", "tamper": "signature""#, ""),
        ("a lost signature", #", "tamper": "truncate""#, ""), ("another issuer", "", #""iss": "https://evil.test""#),
        ("another audience", "", #""aud": "somebody-else""#), ("two audiences", "", #""aud": ["shop", "evil"]"#),
        ("long ago", "", #""exp": 1799990000, "iat": 1799986400"#),
        ("the future", "", #""iat": 1800009999, "exp": 1800019999"#),
        ("no subject", "", #""sub": """#), ("another nonce", "", #""nonce": "theirs""#),
        ("another party", "", #""azp": "evil""#), ("a critical header", #", "header": {"crit": ["b64"]}"#, ""),
    ]

    @Test func `forged tokens are refused and leave nothing`() async throws {
        try await SocialHarness.with(.sqlite) { shop in
            #expect(try await shop.google(shop.claims("g-1"), fields: #", "nonce": "mine""#).status == 400)
            for forgery in Self.forgeries {
                let answer = try await shop.google(shop.claims("g-1", change: forgery.change), more: forgery.more)
                #expect(answer.status == 400 && answer["id_token"] != nil, "\(forgery.name): \(answer.json)")
            }
            for token in ["", "a", "a.b.c", "..", String(repeating: "a", count: 9_000), "é.é.é"] {
                let answer = try await shop.stand.call(
                    .post, "/api/auth/social/google/", #"{"id_token": "\#(token)"}"#)
                #expect(answer.status == 400, "\(token.prefix(20))")
            }
            #expect(try await shop.stand.fixture.count("SELECT COUNT(*) FROM users") == 0)
            let nonce = try await shop.google(
                shop.claims("g-1", change: #""nonce": "mine""#), fields: #", "nonce": "mine""#)
            #expect(nonce.status == 200)
        }
    }

    @Test(arguments: Backend.available)
    func `an unverified account of the same e-mail loses its password and its sessions`(_ backend: Backend) async throws
    {
        try await SocialHarness.with(backend) { shop in
            let squatter = try await shop.stand.customer()
            let evil = shop.claims("g-evil", email: "evil@example.com")
            #expect(try await shop.google(evil, token: squatter.access).status == 200)
            #expect(try await shop.stand.mails("social_account_added") == 1)
            let unsure = try await shop.google(shop.claims("g-1", change: #""email_verified": false"#))
            #expect(unsure.status == 400 && unsure["email"] != nil)
            #expect(try await shop.stand.isLive(squatter))
            let owner = try AccountsHarness.login(try await shop.google(shop.claims("g-1")))
            #expect(owner.id == squatter.id)
            #expect(try await !shop.stand.isLive(squatter))
            #expect(try await shop.stand.logIn().status == 401)
            #expect(try AccountsHarness.login(try await shop.google(evil)).id != owner.id)
        }
    }

    @Test(arguments: Backend.available)
    func `where verified e-mail is needed, an unsure provider opens nothing`(_ backend: Backend) async throws {
        try await SocialHarness.with(backend) {
            $0.requiresVerifiedEmail = true
        } _: { shop in
            let unsure = try await shop.google(shop.claims("g-1", change: #""email_verified": false"#))
            #expect(unsure.status == 401 && unsure.text("code") == "email_not_verified", "\(unsure.json)")
            #expect(try await shop.stand.mails("verify_email") == 1)
            let sure = try await shop.google(shop.claims("g-2", email: "sure@example.com"))
            #expect(sure.status == 200)
        }
    }

    @Test(arguments: Backend.available)
    func `who is logged in joins accounts, but never somebody else's`(_ backend: Backend) async throws {
        try await SocialHarness.with(backend) { shop in
            let (ada, eve) = (try await shop.stand.customer(), try await shop.stand.customer("eve@example.com"))
            let joined = try await shop.google(shop.claims("g-9", email: "g@example.com"), token: ada.access)
            #expect(joined.status == 200 && joined["account"]?["provider"] == .string("google"))
            #expect(joined["access"] == nil)
            let stolen = try await shop.google(shop.claims("g-9", email: "g@example.com"), token: eve.access)
            #expect(stolen.status == 409 && stolen.text("code") == "social_account_taken")
            let second = try await shop.google(shop.claims("g-10"), token: ada.access)
            #expect(second.status == 409)
            #expect(try AccountsHarness.login(try await shop.google(shop.claims("g-9"))).id == ada.id)
        }
    }

    @Test(arguments: Backend.available)
    func `a social login waits for the second factor, and a suspended account stays shut`(
        _ backend: Backend
    ) async throws {
        try await SocialHarness.with(backend) { shop in
            let ada = try AccountsHarness.login(try await shop.google(shop.claims("g-1")))
            _ = try await shop.stand.turnFactorOn(ada)
            let waiting = try await shop.google(shop.claims("g-1"))
            #expect(waiting["requires_2fa"] == .bool(true) && waiting["access"] == nil)
            // As after a change of the address: who owns it meets the factor by whatever door.
            try await shop.stand.setVerified(ada, false)
            let owner = try await shop.google(shop.claims("g-2"))
            #expect(owner["requires_2fa"] == .bool(true) && owner["access"] == nil, "\(owner.json)")
            _ = try await shop.stand.database.write { try $0.execute("UPDATE users SET is_suspended = 1") }
            let shut = try await shop.google(shop.claims("g-2"))
            #expect(shut.status == 401 && shut.text("code") == "account_suspended", "\(shut.json)")
        }
    }

    @Test(arguments: Backend.available)
    func `Apple's token and Facebook's debug call open accounts`(_ backend: Backend) async throws {
        try await SocialHarness.with(backend) { shop in
            let apple = try await shop.login(
                "apple",
                shop.claims("a-1", email: "apple@example.com", issuer: "apple", change: #""email_verified": "true""#),
                signer: "apple")
            #expect(apple["user"]?["email"] == .string("apple@example.com"), "\(apple.json)")
            #expect(try await shop.login("apple", shop.claims("a-1"), signer: "google").status == 400)
            _ = try await shop.control(
                "facebook",
                """
                {"token": "fb-good", "user_id": "77", "app_id": "test-app", "is_valid": true, "expires_at": 1900000000,
                "email": "fb@example.com", "first_name": "F", "last_name": "B"}
                """)
            let tokens = [
                ("fb-other", #""app_id": "other-app", "is_valid": true, "expires_at": 0"#),
                ("fb-off", #""app_id": "test-app", "is_valid": false, "expires_at": 0"#),
                ("fb-old", #""app_id": "test-app", "is_valid": true, "expires_at": 1700000000"#),
            ]
            for (token, fields) in tokens {
                _ = try await shop.control(
                    "facebook", #"{"token": "\#(token)", "user_id": "78", \#(fields), "email": "x@example.com"}"#)
                #expect(try await shop.facebook(token).status == 400, "\(token)")
            }
            #expect(try await shop.facebook("fb-unknown").status == 400)
            let good = try await shop.facebook("fb-good")
            #expect(good["user"]?["email"] == .string("fb@example.com"), "\(good.json)")
            let stored = try await shop.stand.database.read {
                try $0.column("SELECT access_token FROM social_accounts", as: String.self)
            }
            #expect(stored.allSatisfy { !$0.contains("fb-good") })
        }
    }

    @Test func `a provider that is not set up says so`() async throws {
        try await AccountsHarness.with(.sqlite) { shop in
            for provider in SocialProvider.allCases {
                let answer = try await shop.call(
                    .post, "/api/auth/social/\(provider.rawValue)/", #"{"id_token": "a", "access_token": "b"}"#)
                #expect(answer.status == 400 && answer.text("code") == "provider_not_configured")
            }
        }
    }
}

/// A shop whose providers are a server of the tests.
private struct SocialHarness: Sendable {
    let stand: AccountsHarness
    let port: Int
    private let client: HTTPClient

    static func with(
        _ backend: Backend, _ configure: (inout AccountsConfiguration) -> Void = { _ in },
        _ body: (SocialHarness) async throws -> Void
    ) async throws {
        let peer = try OutboundPeer("identity_peer.py")
        let (port, client) = (peer.greeting.port, HTTPClient(threads: try TransferThreads()))
        let base = "http://127.0.0.1:\(port)"
        try await AccountsHarness.with(backend, client: client) {
            configure(&$0)
            $0.social.google = OIDCProvider(
                name: .google, audiences: ["shop"], issuers: ["https://google.test"], keysURL: base + "/google/keys")
            $0.social.apple = OIDCProvider(
                name: .apple, audiences: ["shop"], issuers: ["https://apple.test"], keysURL: base + "/apple/keys")
            $0.social.facebook = FacebookApp(id: "test-app", secret: "test-secret", base: base + "/graph")
        } _: {
            try await body(SocialHarness(stand: $0, port: port, client: client))
        }
        withExtendedLifetime(peer) {}
    }

    /// Returns the claims of a token; `change` comes last and so takes the place of others.
    func claims(
        _ subject: String, email: String = "ada@example.com", issuer: String = "google", change: String = ""
    ) -> String {
        let now = stand.clock.source.now.seconds
        var claims: [String: JSONValue] = [
            "iss": .string("https://\(issuer).test"), "aud": .string("shop"), "sub": .string(subject),
            "email": .string(email), "email_verified": .bool(true), "iat": .number("\(now)"),
            "exp": .number("\(now + 3_600)"), "given_name": .string("Ada"), "family_name": .string("L"),
        ]
        if case .object(let changes)? = try? JSONValue(parsing: "{\(change)}".utf8) { claims.merge(changes) { $1 } }
        return String(decoding: (try? JSONBytes.encode(JSONValue.object(claims))) ?? [], as: UTF8.self)
    }

    func control(_ what: String, _ body: String) async throws -> JSONValue {
        let answer = try await client.send(
            OutboundRequest(
                "POST", "http://127.0.0.1:\(port)/control/\(what)",
                headers: [OutboundHeader("Content-Type", "application/json")], body: Array(body.utf8)))
        try #require(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
        return try JSONValue(parsing: answer.body)
    }

    /// Returns how often Google's keys were asked for.
    func fetches() async throws -> Int64 {
        let answer = try await client.send(OutboundRequest("GET", "http://127.0.0.1:\(port)/control/counts"))
        return try JSONValue(parsing: answer.body)["google"]?.integer ?? 0
    }

    /// Logs in with a token of these claims, signed as `more` says.
    func login(
        _ provider: String, _ claims: String, signer: String, more: String = "", fields: String = "",
        token: String? = nil
    ) async throws -> EndpointAnswer {
        let made = try await control("sign", #"{"provider": "\#(signer)", "claims": \#(claims)\#(more)}"#)
        let text = try #require(made["token"]?.text)
        return try await stand.call(
            .post, "/api/auth/social/\(provider)/", #"{"id_token": "\#(text)"\#(fields)}"#, token: token)
    }

    func google(
        _ claims: String, more: String = "", fields: String = "", token: String? = nil
    ) async throws -> EndpointAnswer {
        try await login("google", claims, signer: "google", more: more, fields: fields, token: token)
    }

    func facebook(_ token: String) async throws -> EndpointAnswer {
        try await stand.call(.post, "/api/auth/social/facebook/", #"{"access_token": "\#(token)"}"#)
    }
}
