import AppHarness
import Commerce
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Accounts

@Suite struct AccountsTokenTests {
    @Test(arguments: Backend.available)
    func `tokens are HS256 under the configured key with the pinned claims`(_ backend: Backend) async throws {
        // A key shorter than the digest is what `JWT_SIGNING_KEY` may well be.
        try await withAccounts(backend) {
            $0.signingKey = "short key"
        } _: { shop in
            let made = try await shop.register()
            let tokens = try #require(made.tokens)
            for (token, kind, lifetime) in [(tokens.access, "access", 900), (tokens.refresh, "refresh", 1_209_600)] {
                let parts = token.split(separator: ".").map(String.init)
                let signature = Digest.hmac((parts[0] + "." + parts[1]).utf8, key: Array("short key".utf8))
                #expect(Base64URL.encode(signature) == parts[2])
                let header = try JSONValue(parsing: try #require(Base64URL.decode(parts[0])))
                #expect(header["alg"] == .string("HS256"))
                let claims = try JSONValue(parsing: try #require(Base64URL.decode(parts[1])))
                let issued = AccountsFixture.start.seconds
                #expect(claims["token_type"] == .string(kind))
                #expect(claims["iat"] == .number(String(issued)))
                #expect(claims["exp"] == .number(String(issued + Int64(lifetime))))
                #expect(claims["user_id"] == .number(made.account.user.id.description))
                #expect(claims["jti"] != nil && claims["sid"] != nil)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `tokens of another key, a changed token and no token at all are not good`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let tokens = try #require(try await shop.register().tokens)
            let parts = tokens.access.split(separator: ".").map(String.init)
            let unsigned = Base64URL.encode(#"{"alg":"none","typ":"JWT"}"#.utf8) + "." + parts[1] + "."
            let foreign =
                parts[0] + "." + parts[1] + "."
                + Base64URL.encode(Digest.hmac((parts[0] + "." + parts[1]).utf8, key: Array("another key".utf8)))
            let bad = [
                "", ".", "a.b.c", unsigned, foreign, parts[0] + "." + parts[1], tokens.access + "x", tokens.refresh,
                String(repeating: "a", count: 10_000),
            ]
            for token in bad {
                await #expect(throws: AuthenticationError.tokenNotValid) {
                    try await shop.service.authenticator.authenticate(token)
                }
            }
            await #expect(throws: AccountsError.tokenNotValid) {
                try await shop.service.sessions.refresh(tokens.access)
            }
            _ = try await shop.service.authenticator.authenticate(tokens.access)
        }
    }

    @Test(arguments: Backend.available)
    func `an access token ends after a quarter of an hour, also one seen before`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let tokens = try #require(try await shop.register().tokens)
            shop.clock.advance(by: .seconds(899))
            _ = try await shop.service.authenticator.authenticate(tokens.access)
            shop.clock.advance(by: .seconds(1))
            await #expect(throws: AuthenticationError.tokenNotValid) {
                try await shop.service.authenticator.authenticate(tokens.access)
            }
            await #expect(throws: AccountsError.tokenNotValid) { try await shop.service.sessions.check(tokens.access) }
            try await shop.service.sessions.check(tokens.refresh)
        }
    }

    @Test(arguments: Backend.available)
    func `refresh tokens rotate, and a spent one ends the whole session at once`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let first = try #require(try await shop.register().tokens)
            let second = try await shop.service.sessions.refresh(first.refresh)
            #expect(second.refresh != first.refresh)
            await #expect(throws: AccountsError.tokenNotValid) { try await shop.service.sessions.check(first.refresh) }
            _ = try await shop.service.authenticator.authenticate(second.access)

            let other = try await shop.logIn()
            await #expect(throws: AccountsError.tokenNotValid) {
                try await shop.service.sessions.refresh(first.refresh)
            }
            await #expect(throws: AccountsError.tokenNotValid) {
                try await shop.service.sessions.refresh(second.refresh)
            }
            await #expect(throws: AuthenticationError.tokenNotValid) {
                try await shop.service.authenticator.authenticate(second.access)
            }
            _ = try await shop.service.authenticator.authenticate(other.tokens.access)
        }
    }

    @Test(arguments: Backend.available)
    func `one refresh token taken twice at once gives one pair and then no session`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let tokens = try #require(try await shop.register().tokens)
            let pairs = await withTaskGroup(of: TokenPair?.self) { group in
                for _ in 0..<6 { group.addTask { try? await shop.service.sessions.refresh(tokens.refresh) } }
                return await group.reduce(into: [TokenPair?]()) { $0.append($1) }
            }.compactMap { $0 }
            #expect(pairs.count == 1)
            for pair in pairs {
                await #expect(throws: AuthenticationError.tokenNotValid) {
                    try await shop.service.authenticator.authenticate(pair.access)
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a session lives as long as its newest refresh token`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            var refresh = try #require(try await shop.register().tokens).refresh
            for _ in 0..<3 {
                shop.clock.advance(by: .days(13))
                refresh = try await shop.service.sessions.refresh(refresh).refresh
            }
            shop.clock.advance(by: .days(14))
            await #expect(throws: AccountsError.tokenNotValid) { try await shop.service.sessions.refresh(refresh) }
        }
    }

    @Test(arguments: Backend.available)
    func `logging out stops the access token at once, by refresh token or by the caller's own`(
        _ backend: Backend
    ) async throws {
        try await withAccounts(backend) { shop in
            let (one, two) = (try #require(try await shop.register().tokens), try await shop.logIn().tokens)
            let caller = try await shop.service.authenticator.authenticate(one.access)
            try await shop.service.sessions.logOut(caller, refresh: two.refresh)
            await #expect(throws: AuthenticationError.tokenNotValid) {
                try await shop.service.authenticator.authenticate(two.access)
            }
            try await shop.service.sessions.logOut(caller, refresh: nil)
            await #expect(throws: AuthenticationError.tokenNotValid) {
                try await shop.service.authenticator.authenticate(one.access)
            }
            await #expect(throws: AccountsError.tokenNotValid) { try await shop.service.sessions.refresh(one.refresh) }
            await #expect(throws: AuthenticationError.notAuthenticated) {
                try await shop.service.sessions.logOut(nil, refresh: nil)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `nobody ends the session of another user`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let ada = try #require(try await shop.register().tokens)
            let bob = try #require(try await shop.register("bob@example.com").tokens)
            let caller = try await shop.service.authenticator.authenticate(bob.access)
            await #expect(throws: AccountsError.tokenNotValid) {
                try await shop.service.sessions.logOut(caller, refresh: ada.refresh)
            }
            _ = try await shop.service.authenticator.authenticate(ada.access)
        }
    }

    @Test(arguments: Backend.available)
    func `a suspension stops tokens that are out`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let made = try await shop.register()
            let tokens = try #require(made.tokens)
            _ = try await shop.service.authenticator.authenticate(tokens.access)
            try await shop.database.write { tx in
                _ = try tx.execute("UPDATE users SET is_suspended = 1 WHERE id = \(made.account.user.id)")
            }
            await #expect(throws: AccountsError.accountSuspended) {
                try await shop.service.authenticator.authenticate(tokens.access)
            }
            await #expect(throws: AccountsError.accountSuspended) {
                try await shop.service.sessions.refresh(tokens.refresh)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a request costs one statement, and activity is written once a minute`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let tokens = try #require(try await shop.register().tokens)
            func statements() async throws -> Int {
                let meter = StatementMeter()
                try await StatementMeter.$current.withValue(meter) {
                    _ = try await shop.service.authenticator.authenticate(tokens.access)
                }
                return meter.statements
            }
            #expect(try await statements() == 1)
            shop.clock.advance(by: .seconds(59))
            #expect(try await statements() == 1)
            shop.clock.advance(by: .seconds(1))
            #expect(try await statements() == 2)
            #expect(try await statements() == 1)
            let latest = try await shop.count("SELECT MAX(last_activity_at) FROM user_sessions")
            #expect(Int64(latest) == (AccountsFixture.start + .minutes(1)).microseconds)
        }
    }

    @Test func `the cache of tokens stays bounded and keeps what is used`() {
        let cache = TokenCache(capacity: 100)
        func claims(_ number: Int) -> TokenClaims {
            TokenClaims(
                kind: .access, expiresAt: 0, issuedAt: 0, id: "\(number)", userID: UserID(1), sessionID: SessionID(1))
        }
        for number in 0..<1_000 {
            cache.keep(claims(number), Digest.sha256("\(number)".utf8))
            _ = cache.claims(Digest.sha256("0".utf8))
        }
        let kept = (0..<1_000).count { cache.claims(Digest.sha256("\($0)".utf8)) != nil }
        #expect(kept <= 150)
        #expect(cache.claims(Digest.sha256("999".utf8)) == claims(999))
    }
}
