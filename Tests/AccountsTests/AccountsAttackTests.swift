import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Accounts

/// What somebody who means harm tries, and what they get.
@Suite struct AccountsAttackTests {
    /// How an account or a session can come to its end.
    enum Ending: String, CaseIterable, Sendable {
        case loggedOut, loggedOutEverywhere, endedFromElsewhere, suspended, deactivated, deleted, passwordChanged
        case passwordReset, suspiciousReported, refreshReused, roleChanged
    }

    @Test(arguments: Backend.available, Ending.allCases)
    func `no token outlives its session`(_ backend: Backend, _ ending: Ending) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            let stolen = try AccountsHarness.login(try await shop.logIn())
            #expect(try await shop.isLive(stolen))
            try await shop.end(stolen, ofAccountOf: ada, ending)
            let profile = try await shop.call(.get, "/api/auth/profile/", token: stolen.access)
            #expect(profile.status == 401, "\(profile.json)")
            let refreshed = try await shop.call(.post, "/api/auth/refresh/", #"{"refresh": "\#(stolen.refresh)"}"#)
            #expect(refreshed.status == 401 && refreshed["access"] == nil, "\(refreshed.json)")
            for token in [stolen.access, stolen.refresh] {
                let verified = try await shop.call(.post, "/api/auth/token/verify/", #"{"token": "\#(token)"}"#)
                #expect(verified.status == 401)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `forged tokens open nothing`(_ backend: Backend) async throws {
        let key = "the key of this shop, which signs its tokens"
        try await AccountsHarness.with(backend) {
            $0.signingKey = key
        } _: { shop in
            let (ada, eve) = (try await shop.customer(), try await shop.customer("eve@example.com"))
            let forger = try TokenForger(ada.access, key: key)
            let foreign = try #require(try TokenForger(eve.access, key: key).claims["sid"])
            let control = forger.token()
            #expect(try await shop.call(.get, "/api/auth/profile/", token: control).status == 200)
            let forged: [(String, String)] = [
                ("no algorithm", forger.token(header: ["alg": .string("none")], signature: "")),
                ("no algorithm in capitals", forger.token(header: ["alg": .string("NONE")], signature: "")),
                ("no algorithm, signed", forger.token(header: ["alg": .string("none")])),
                ("another algorithm of the key", forger.token(header: ["alg": .string("HS512")])),
                ("the key taken for a public one", forger.token(header: ["alg": .string("RS256")])),
                ("an elliptic algorithm", forger.token(header: ["alg": .string("ES256")])),
                ("a list of algorithms", forger.token(header: ["alg": .array([.string("HS256")])])),
                ("another key", forger.token(key: "another key")),
                ("no key", forger.token(key: "")),
                ("no signature", forger.token(signature: "")),
                ("the claims changed", forger.tampered(["user_id": .number("1")])),
                ("a refresh token as access token", forger.token(claims: ["token_type": .string("refresh")])),
                ("a kind that is none", forger.token(claims: ["token_type": .string("admin")])),
                ("over", forger.token(claims: ["exp": .number("1")])),
                ("without an end", forger.token(claims: ["exp": .null])),
                ("an end that is a text", forger.token(claims: ["exp": .string("never")])),
                ("without a session", forger.token(claims: ["sid": .null])),
                ("the session of another user", forger.token(claims: ["sid": foreign])),
                ("a session that is not", forger.token(claims: ["sid": .number("999999")])),
                ("another user", forger.token(claims: ["user_id": .number(String(eve.id))])),
                ("padded", control + "="), ("a part too many", control + ".e30"), ("in capitals", control.uppercased()),
                ("too long", control + String(repeating: "A", count: 100_000)),
            ]
            for (name, token) in forged {
                let answer = try await shop.call(.get, "/api/auth/profile/", token: token)
                #expect(answer.status == 401 && answer.text("code") == "token_not_valid", "\(name): \(answer.json)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `nobody gives themselves a role, a check or another's row`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let power = """
                "id": 1, "role": "admin", "is_staff": true, "is_superuser": true, "is_active": true,
                "is_email_verified": true, "is_phone_verified": true, "is_suspended": false, "version": 99,
                "permissions": ["users.edit"], "groups": [1], "user": 1, "user_id": 1, "password_hash": "x",
                "created_at": "2001-01-01T00:00:00Z", "two_factor_enabled": false
                """
            let victim = try await shop.customer("victim@example.com")
            let made = try await shop.call(
                .post, "/api/auth/register/",
                #"{\#(power), "email": "eve@example.com", "password": "testpass123", "first_name": "E", "last_name": "V"}"#
            )
            let eve = try AccountsHarness.login(made)
            #expect(eve.id != 1)
            let address = AccountsAttackTests.address
            for (method, path, body) in [
                (HTTPRequest.Method.patch, "profile/", #"{\#(power), "bio": "x"}"#),
                (.put, "profile/", #"{\#(power), "first_name": "E", "last_name": "V"}"#),
                (.put, "profile/preferences/", #"{\#(power), "preferred_language": "en"}"#),
                (.put, "profile/privacy/", #"{\#(power), "show_email": true}"#),
                (.put, "phone/update/", #"{\#(power), "phone_number": "+15550100"}"#),
                (.post, "addresses/", "{\(power), \(address)}"),
            ] {
                let answer = try await shop.call(method, "/api/auth/" + path, body, token: eve.access)
                #expect((200...201).contains(answer.status), "\(path): \(answer.json)")
            }
            let rows = try await shop.database.read { connection in
                try connection.all(
                    """
                    SELECT role, permissions, is_email_verified, is_phone_verified FROM users WHERE id = \(eve.id)
                    """
                ) {
                    "\(try $0(String.self))|\(try $0(String.self))|\(try $0(Bool.self))|\(try $0(Bool.self))"
                }
            }
            #expect(rows == ["customer||false|false"])
            #expect(
                try await shop.fixture.count("SELECT COUNT(*) FROM addresses WHERE user_id = \(victim.id)") == 0)
            #expect(try await shop.isLive(victim))
        }
    }

    private static func quoted(_ text: String) -> String {
        String(decoding: (try? JSONBytes.encode(JSONValue.string(text))) ?? [], as: UTF8.self)
    }

    static let address = """
        "address_type": "both", "full_name": "E V", "address_line1": "1 Main Street", "city": "Springfield",
        "state": "IL", "postal_code": "62701", "country": "US"
        """

    @Test(arguments: Backend.available)
    func `no answer tells whether an e-mail has an account`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            _ = try await shop.customer()
            _ = try await shop.customer("shut@example.com")
            _ = try await shop.customer("resting@example.com")
            _ = try await shop.database.write { tx in
                try tx.execute("UPDATE users SET is_suspended = 1 WHERE email = 'shut@example.com'")
                try tx.execute("UPDATE users SET is_active = 0 WHERE email = 'resting@example.com'")
            }
            for (path, body) in [
                ("login/", #""password": "wrong-password""#), ("forgot-password/", #""x": 1"#),
                ("resend-verification/", #""x": 1"#), ("account/reactivate/", #""password": "wrong-password""#),
            ] {
                var answers: Set<String> = []
                for name in ["nobody", "ada", "shut", "resting"] {
                    let answer = try await shop.call(
                        .post, "/api/auth/" + path, #"{"email": "\#(name)@example.com", \#(body)}"#)
                    answers.insert("\(answer.status) " + String(decoding: answer.bytes, as: UTF8.self))
                }
                #expect(answers.count == 1, "\(path): \(answers)")
            }
            // Who put their account to rest wakes it up with a new password.
            #expect(try await shop.mails("password_reset") == 2)
        }
    }

    /// The mail went to an address that the account has no more: it shows nothing about the next one.
    @Test(arguments: Backend.available)
    func `a reset mailed to the old address neither opens nor verifies the new one`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let eve = try await shop.customer("eve@example.com")
            _ = try await shop.call(.post, "/api/auth/forgot-password/", #"{"email": "eve@example.com"}"#)
            let token = try #require(try await shop.secret("token", in: "password_reset"))
            let moved = try await shop.call(
                .patch, "/api/auth/profile/", #"{"email": "victim@example.com", "password": "testpass123"}"#,
                token: eve.access)
            #expect(moved.status == 200)
            let reset = try await shop.call(
                .post, "/api/auth/reset-password/", #"{"token": "\#(token)", "new_password": "another-Pass-9"}"#)
            #expect(reset.status == 400)
            #expect(try await shop.fixture.count("SELECT COUNT(*) FROM users WHERE is_email_verified = 1") == 0)
            #expect(try await shop.logIn("victim@example.com").status == 200)
        }
    }

    @Test(arguments: Backend.available)
    func `one session guesses the password at once no more often than one after the other`(
        _ backend: Backend
    ) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        let body = #"{"old_password": "guess-\#(number)", "new_password": "another-Pass-9"}"#
                        return try await shop.call(.post, "/api/auth/change-password/", body, token: ada.access).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.count { $0 == 400 } <= 10, "\(statuses)")
            #expect(statuses.allSatisfy { $0 == 400 || $0 == 429 }, "\(statuses)")
        }
    }

    @Test(arguments: Backend.available)
    func `a stolen session does not carry the owner's data away`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            _ = try await shop.database.write { try $0.execute("UPDATE users SET is_email_verified = 1") }
            let (totp, _) = try await shop.turnFactorOn(ada)
            let path = "/api/auth/account/export-data/"
            let refused = try await shop.call(.post, path, "{}", token: ada.access)
            #expect(refused.status == 403 && refused.text("code") == "fresh_factor_required")
            let asked = try await shop.call(
                .post, path, #"{"code": "\#(shop.freshCode(of: totp))"}"#, token: ada.access)
            #expect(asked.status == 202, "\(asked.json)")
        }
    }

    /// Letters that a database or a folding of case may take for others (CVE-2019-19844 in Django).
    @Test(arguments: Backend.available)
    func `an e-mail that looks like another's is not theirs`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            _ = try await shop.customer("mikes@example.com")
            let before = try await shop.fixture.mails().count
            let lookalikes = [
                "mıkes@example.com", "mİkes@example.com", "miKes@example.com".replacing("K", with: "\u{212A}"),
                "mike\u{17F}@example.com", "míkes@example.com", "mikes@\u{24D4}xample.com", "ｍikes@example.com",
                "mikes@example.com\u{200B}", "mikes@example。com", "mikes@example.com\u{0}", "mіkes@example.com",
                "mikes\u{301}@example.com", "mikes@ｅxample.com",
            ]
            for email in lookalikes {
                let text = Self.quoted(email)
                let forgot = try await shop.call(.post, "/api/auth/forgot-password/", #"{"email": \#(text)}"#)
                #expect([200, 400].contains(forgot.status), "\(text): \(forgot.json)")
                let login = try await shop.call(
                    .post, "/api/auth/login/", #"{"email": \#(text), "password": "testpass123"}"#)
                #expect([400, 401].contains(login.status) && login["access"] == nil, "\(text): \(login.json)")
                let made = try await shop.call(
                    .post, "/api/auth/register/",
                    #"{"email": \#(text), "password": "Xk9-vbq2-7", "first_name": "E", "last_name": "V"}"#)
                #expect(made.status == 400 && made["email"] != nil, "\(text): \(made.json)")
            }
            #expect(try await shop.fixture.mails().count == before)
            // A domain of its own with a mail server of its own: somebody else.
            #expect(try await shop.logIn("mikes@exámple.com").status == 401)
            let somebody = try await shop.customer("mikes@exámple.com")
            let mikes = try AccountsHarness.login(try await shop.logIn("mikes@example.com"))
            #expect(mikes.id != somebody.id)
            // Case of ASCII is no other address.
            #expect(try await shop.logIn("MIKES@EXAMPLE.COM").status == 200)
        }
    }

    @Test(arguments: Backend.available)
    func `an e-mail is one address, of mail's own length, on one line`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let long = String(repeating: "a", count: 65) + "@example.com"
            let far = "a@" + String(repeating: "b23456789.", count: 30) + "com"
            for email in [
                long, far, String(repeating: "a", count: 1_000_000) + "@example.com",
                "eve@example.com\r\nBcc: all@x.org",
                "eve@example.com\nSubject: x", "eve@example.com,ada@example.com", "eve@example.com;ada@example.com",
                "eve@example.com ada@example.com", "\"eve\"<ada@example.com>", "eve@[127.0.0.1]", "eve@localhost", "@",
                "",
                "eve@@example.com", "eve@example..com", ".eve@example.com", "eve@-example.com", "eve@example.com.",
                "eve%0d%0aBcc:all@x.org@example.com",
            ] {
                let text = Self.quoted(email)
                for (path, rest) in [
                    ("register/", #", "password": "Xk9-vbq2-7", "first_name": "E", "last_name": "V""#),
                    ("forgot-password/", ""), ("resend-verification/", ""),
                ] where !(email.isEmpty && path == "resend-verification/") {
                    let answer = try await shop.call(.post, "/api/auth/" + path, #"{"email": \#(text)\#(rest)}"#)
                    #expect(answer.status == 400 && answer["email"] != nil, "\(path) \(text.prefix(60))")
                }
            }
            #expect(try await shop.fixture.mails().isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `codes by text message cannot be guessed from many addresses`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            var (compared, refused) = (0, 0)
            for round in 0..<12 {
                let address = "198.51.100.\(round)"
                let sent = try await shop.call(
                    .post, "/api/auth/phone/send-otp/", #"{"phone_number": "+15550100"}"#, token: ada.access,
                    from: address)
                refused += sent.status == 429 ? 1 : 0
                let before = try await shop.guesses()
                for guess in 0..<8 {
                    let answer = try await shop.call(
                        .post, "/api/auth/phone/verify-otp/", #"{"code": "\#(100_000 + round * 8 + guess)"}"#,
                        token: ada.access, from: address)
                    #expect([400, 429].contains(answer.status), "\(answer.json)")
                }
                compared += try await shop.guesses() - before
            }
            #expect(refused == 7, "five messages an hour")
            #expect(compared == 25)
        }
    }
}

extension AccountsHarness {
    /// Brings the account or its other session to an end.
    fileprivate func end(
        _ session: Login, ofAccountOf owner: Login, _ ending: AccountsAttackTests.Ending
    ) async throws {
        let password = #""password": "\#(Self.password)""#
        let answer =
            switch ending {
            case .loggedOut: try await call(.post, "/api/auth/logout/", "{}", token: session.access)
            case .loggedOutEverywhere: try await call(.post, "/api/auth/logout-all/", token: owner.access)
            case .endedFromElsewhere:
                try await call(.delete, "/api/auth/sessions/terminate-all/", token: owner.access)
            case .suspended: try await suspend(owner)
            case .deactivated:
                try await call(.post, "/api/auth/account/deactivate/", "{\(password)}", token: owner.access)
            case .deleted:
                try await call(
                    .delete, "/api/auth/account/delete/", #"{\#(password), "confirmation": "DELETE"}"#,
                    token: owner.access)
            case .passwordChanged:
                try await call(
                    .post, "/api/auth/change-password/",
                    #"{"old_password": "\#(Self.password)", "new_password": "another-Pass-9"}"#, token: owner.access)
            case .passwordReset: try await reset(owner)
            case .suspiciousReported:
                try await call(
                    .post, "/api/auth/security/report-suspicious/", #"{"description": "not me"}"#,
                    token: owner.access)
            case .refreshReused: try await reuse(session)
            case .roleChanged:
                try await call(
                    .patch, "/api/users/\(owner.id)/", #"{"role": "vendor"}"#, token: try await admin().access)
            }
        try #require((200...204).contains(answer.status), "\(ending): \(answer.json)")
    }

    /// Returns how many codes were compared with the one that is open.
    fileprivate func guesses() async throws -> Int {
        try await fixture.count("SELECT COALESCE(SUM(tries), 0) FROM phone_codes")
    }

    private func suspend(_ owner: Login) async throws -> EndpointAnswer {
        try await call(.post, "/api/users/\(owner.id)/suspend/", "{}", token: try await admin().access)
    }

    private func reset(_ owner: Login) async throws -> EndpointAnswer {
        _ = try await call(.post, "/api/auth/forgot-password/", #"{"email": "ada@example.com"}"#)
        let token = try #require(try await secret("token", in: "password_reset"))
        return try await call(
            .post, "/api/auth/reset-password/", #"{"token": "\#(token)", "new_password": "another-Pass-9"}"#)
    }

    /// Refreshes as the thief first, then as the owner with the same token, which ends both.
    private func reuse(_ session: Login) async throws -> EndpointAnswer {
        let body = #"{"refresh": "\#(session.refresh)"}"#
        let thief = try await call(.post, "/api/auth/refresh/", body)
        let owner = try await call(.post, "/api/auth/refresh/", body)
        try #require(owner.status == 401)
        let access = try #require(thief.text("access"))
        try #require(try await call(.get, "/api/auth/profile/", token: access).status == 401)
        return thief
    }
}

/// Makes tokens out of a real one.
private struct TokenForger {
    let header: [String: JSONValue]
    let claims: [String: JSONValue]
    let signature: String
    let key: String

    init(_ token: String, key: String) throws {
        let parts = token.split(separator: ".").map(String.init)
        header = try JSONValue(parsing: try #require(Base64URL.decode(parts[0]))).members
        claims = try JSONValue(parsing: try #require(Base64URL.decode(parts[1]))).members
        signature = parts[2]
        self.key = key
    }

    /// Returns a token with some members changed (null leaves one out), signed by `key` unless a signature is given.
    func token(
        header changedHeader: [String: JSONValue] = [:], claims changedClaims: [String: JSONValue] = [:],
        key: String? = nil, signature: String? = nil
    ) -> String {
        let body = [(header, changedHeader), (claims, changedClaims)].map { members, changes in
            let kept = members.merging(changes) { $1 }.filter { $0.value != .null }
            return Base64URL.encode((try? JSONBytes.encode(JSONValue.object(kept))) ?? [])
        }.joined(separator: ".")
        let signed = Base64URL.encode(Digest.hmac(body.utf8, key: Array((key ?? self.key).utf8)))
        return body + "." + (signature ?? signed)
    }

    /// Returns the token with other claims under the true signature.
    func tampered(_ changes: [String: JSONValue]) -> String { token(claims: changes, signature: signature) }
}

/// What a stolen session may not turn into.
@Suite struct AccountsStolenSessionTests {
    @Test(arguments: Backend.available)
    func `an old session needs the password for a second factor`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            try await shop.setVerified(ada)
            shop.clock.advance(by: .minutes(16))
            let renewed = try await shop.call(.post, "/api/auth/refresh/", #"{"refresh": "\#(ada.refresh)"}"#)
            let token = try #require(renewed.text("access"))
            let setup = "/api/auth/2fa/setup/"
            let refused = try await shop.call(.post, setup, token: token)
            #expect(refused.status == 400 && refused["password"] != nil, "\(refused.json)")
            #expect(try await shop.call(.post, setup, #"{"password": "wrong"}"#, token: token).status == 400)
            let body = #"{"password": "\#(AccountsHarness.password)"}"#
            #expect(try await shop.call(.post, setup, body, token: token).status == 200)
            // Without a password there is only a new login.
            _ = try await shop.database.write { try $0.execute("UPDATE users SET password_hash = ''") }
            let old = try await shop.call(.post, setup, body, token: token)
            #expect(old.status == 403 && old.text("code") == "fresh_login_required", "\(old.json)")
        }
    }

    /// Whoever has a session must not keep the owner from coming back by mail.
    @Test(arguments: Backend.available)
    func `ending sessions leaves mailed tokens good`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let thief = try await shop.customer()
            _ = try await shop.call(.post, "/api/auth/forgot-password/", #"{"email": "ada@example.com"}"#)
            let token = try #require(try await shop.secret("token", in: "password_reset"))
            let all = "/api/auth/sessions/terminate-all/"
            #expect(try await shop.call(.delete, all, token: thief.access).status == 204)
            let report = try await shop.call(
                .post, "/api/auth/security/report-suspicious/", #"{"description": "x"}"#, token: thief.access)
            #expect(report.status == 200)
            let reset = try await shop.call(
                .post, "/api/auth/reset-password/", #"{"token": "\#(token)", "new_password": "another-Pass-9"}"#)
            #expect(reset.status == 200, "\(reset.json)")
            #expect(try await !shop.isLive(thief))
        }
    }

    @Test(arguments: Backend.available)
    func `an administrator takes off a second factor that shuts the owner out`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let (ada, admin) = (try await shop.customer(), try await shop.admin())
            _ = try await shop.turnFactorOn(ada)
            #expect(try await shop.logIn()["requires_2fa"] == .bool(true))
            let path = "/api/users/\(ada.id)/reset-2fa/"
            let done = try await shop.call(.post, path, token: admin.access)
            #expect(done.status == 200 && done["two_factor_enabled"] == .bool(false), "\(done.json)")
            #expect(try await !shop.isLive(ada))
            #expect(try await shop.logIn().text("access") != nil)
            #expect(try await shop.mails("two_factor_disabled") == 1)
            #expect(try await shop.call(.post, path, token: admin.access).status == 409)
            let own = try await shop.call(.post, "/api/users/\(admin.id)/reset-2fa/", token: admin.access)
            #expect(own.status == 409 && own.text("code") == "own_account")
        }
    }

    /// Rows that a later owner of an address has nothing to do with.
    @Test(arguments: Backend.available)
    func `who takes over a freed address and leaves takes nothing of its former owner along`(
        _ backend: Backend
    ) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            _ = try await shop.call(
                .patch, "/api/auth/profile/", #"{"email": "ada@example.org", "password": "testpass123"}"#,
                token: ada.access)
            let before = try await shop.call(.get, "/api/auth/login-history/", token: ada.access)["count"]
            let stranger = try await shop.customer("ada@example.com")
            let body = #"{"password": "testpass123", "confirmation": "DELETE"}"#
            let gone = try await shop.call(.delete, "/api/auth/account/delete/", body, token: stranger.access)
            #expect(gone.status == 204)
            #expect(try await shop.call(.get, "/api/auth/login-history/", token: ada.access)["count"] == before)
        }
    }

    @Test(arguments: Backend.available)
    func `the address that stands in for an erased one can be neither guessed nor taken`(
        _ backend: Backend
    ) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            for email in ["deleted-\(ada.id)@deleted.invalid", "x@deleted.invalid"] {
                let body = #"{"email": "\#(email)", "password": "testpass123", "first_name": "A", "last_name": "B"}"#
                let taken = try await shop.call(.post, "/api/auth/register/", body)
                #expect(taken.status == 400 && taken["email"] != nil)
            }
            let body = #"{"password": "testpass123", "confirmation": "DELETE"}"#
            #expect(
                try await shop.call(.delete, "/api/auth/account/delete/", body, token: ada.access).status == 204)
            let emails = try await shop.database.read { try $0.column("SELECT email FROM users", as: String.self) }
            #expect(emails.allSatisfy { $0.hasSuffix("@deleted.invalid") && $0.utf8.count > 40 }, "\(emails)")
        }
    }
}
