import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Accounts

@Suite struct AccountsTwoFactorTests {
    /// RFC 6238, appendix B: the rows of SHA1, eight digits.
    @Test(arguments: [
        (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ])
    func `codes are those of the RFC's vectors`(_ seconds: Int64, _ code: String) {
        let totp = TOTP(secret: Array("12345678901234567890".utf8))
        let step = TOTP.step(at: Timestamp(seconds: seconds))
        #expect(totp.code(step, digits: 8) == code)
        #expect(totp.code(step) == code.suffix(6))
    }

    @Test(arguments: Backend.available)
    func `pyotp makes the code that turns two factors on`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            try await shop.setVerified(ada)
            let setup = try await shop.call(.post, "/api/auth/2fa/setup/", token: ada.access)
            #expect(setup.status == 200 && setup.headers[.cacheControl] == "no-store")
            let secret = try #require(setup.text("secret"))
            let url = try #require(setup.text("otpauth_url"))
            #expect(url.hasPrefix("otpauth://totp/Kontor:ada%40example.com?secret=\(secret)&issuer=Kontor"))
            #expect(setup.text("qr_code")?.hasPrefix("data:image/png;base64,") == true)
            #expect(setup.text("qr_svg")?.hasPrefix("<svg") == true)
            let script = "import pyotp, sys; print(pyotp.parse_uri(sys.argv[1]).at(int(sys.argv[2])), end='')"
            let made = try await TestPython.output(script, url, String(shop.clock.source.now.seconds))
            let code = String(decoding: made, as: UTF8.self)
            let early = try await shop.call(
                .post, "/api/auth/2fa/disable/", #"{"password": "testpass123", "code": "1"}"#, token: ada.access)
            #expect(early.status == 409)
            let wrong = try await shop.call(.post, "/api/auth/2fa/enable/", #"{"code": "000000"}"#, token: ada.access)
            #expect(wrong.status == 400 && wrong["code"] != nil)
            let enabled = try await shop.call(
                .post, "/api/auth/2fa/enable/", #"{"code": "\#(code)"}"#, token: ada.access)
            #expect(enabled.status == 200 && enabled["backup_codes"]?.array?.count == 10)
            #expect(try await shop.call(.post, "/api/auth/2fa/setup/", token: ada.access).status == 409)
            #expect(try await shop.mails("two_factor_enabled") == 1)
            let stored = try await shop.database.read {
                try $0.column("SELECT secret FROM two_factor", as: String.self)
                    + $0.column("SELECT code_hash FROM backup_codes", as: String.self)
            }
            let codes = enabled["backup_codes"]?.array?.compactMap(\.text) ?? []
            #expect(
                stored.count == 11 && stored.allSatisfy { row in !([secret] + codes).contains { row.contains($0) } })
        }
    }

    @Test(arguments: Backend.available)
    func `two factors are for a verified address, and then no reset by mail takes them off`(
        _ backend: Backend
    ) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            let early = try await shop.call(.post, "/api/auth/2fa/setup/", token: ada.access)
            #expect(early.status == 403 && early.text("code") == "email_not_verified", "\(early.json)")
            #expect(try await shop.database.read { try $0.value("SELECT COUNT(*) FROM two_factor") } == 0)
            try await shop.setVerified(ada)
            let setup = try await shop.call(.post, "/api/auth/2fa/setup/", token: ada.access)
            let text = try #require(setup.text("secret"))
            let totp = TOTP(secret: try #require(Base32.decode(text)))
            let enable = #"{"code": "\#(shop.code(of: totp))"}"#
            // As after a change of the address.
            try await shop.setVerified(ada, false)
            let refused = try await shop.call(.post, "/api/auth/2fa/enable/", enable, token: ada.access)
            #expect(refused.status == 403 && refused.text("code") == "email_not_verified", "\(refused.json)")
            try await shop.setVerified(ada)
            #expect(try await shop.call(.post, "/api/auth/2fa/enable/", enable, token: ada.access).status == 200)
            try await shop.setVerified(ada, false)
            _ = try await shop.call(.post, "/api/auth/forgot-password/", #"{"email": "ada@example.com"}"#)
            let token = try #require(try await shop.secret("token", in: "password_reset"))
            let reset = try await shop.call(
                .post, "/api/auth/reset-password/", #"{"token": "\#(token)", "new_password": "another-Pass-9"}"#)
            #expect(reset.status == 200, "\(reset.json)")
            let login = try await shop.logIn(password: "another-Pass-9")
            #expect(login["requires_2fa"] == .bool(true) && login["access"] == nil, "\(login.json)")
        }
    }

    @Test(arguments: Backend.available)
    func `a secret that does not open is no wrong code of the user's`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            let totp = try await shop.turnFactorOn(ada).totp
            let other = try SecretBox(SecretKey("another key"), purpose: "two-factor").seal(
                "JBSWY3DP", context: "user:1")
            _ = try await shop.database.write { try $0.execute("UPDATE two_factor SET secret = \(other)") }
            let (code, service) = (shop.freshCode(of: totp), shop.service)
            await #expect(throws: SealedTextError.self) {
                try await shop.database.write { tx in
                    let factor = try #require(try TwoFactorQueries.find(UserID(1), tx))
                    return try service.signIn.factor.accept(code, factor, of: UserID(1), tx)
                }
            }
            #expect(
                try await shop.fixture.count("SELECT COUNT(*) FROM login_history WHERE failure_reason = 'wrong_code'")
                    == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `a login waits for its code, which counts once`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            let (totp, _) = try await shop.turnFactorOn(ada)
            let first = try await shop.logIn()
            #expect(first.status == 200 && first["requires_2fa"] == .bool(true))
            #expect(first["access"] == nil && first["refresh"] == nil && first["user"] == nil)
            let token = try #require(first.text("challenge_token"))
            // The code that turned two factors on has been used.
            #expect(try await shop.verify(token, shop.code(of: totp)).status == 400)
            let code = shop.freshCode(of: totp)
            let opened = try await shop.verify(token, code)
            let session = try AccountsHarness.login(opened)
            #expect(opened.headers[.cacheControl] == "no-store")
            #expect(try await shop.isLive(session))
            #expect(try await shop.verify(token, code).status == 401)
            let second = try #require(try await shop.logIn().text("challenge_token"))
            #expect(try await shop.verify(second, code).status == 400)
            #expect(try await shop.verify("no-such-token", code).status == 401)
            shop.clock.advance(by: .minutes(6))
            #expect(try await shop.verify(second, shop.code(of: totp)).status == 401)
        }
    }

    @Test(arguments: Backend.available)
    func `a backup code opens once, and new ones take the place of all`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            let (totp, codes) = try await shop.turnFactorOn(ada)
            let count = "/api/auth/2fa/backup-codes/"
            #expect(try await shop.call(.get, count, token: ada.access)["remaining"] == .number("10"))
            for (code, status) in [(codes[0].uppercased().replacing("-", with: " "), 200), (codes[0], 400)] {
                let token = try #require(try await shop.logIn().text("challenge_token"))
                #expect(try await shop.verify(token, code).status == status, "\(code)")
            }
            let left = try await shop.call(.get, count, token: ada.access)
            #expect(left["remaining"] == .number("9") && left["total"] == .number("10"))
            #expect(try await shop.mails("backup_code_used") == 1)
            let renew = "/api/auth/2fa/regenerate-backup-codes/"
            let refused = try await shop.call(.post, renew, "{}", token: ada.access)
            #expect(refused.status == 403 && refused.text("code") == "fresh_factor_required")
            let renewed = try await shop.call(
                .post, renew, #"{"code": "\#(shop.freshCode(of: totp))"}"#, token: ada.access)
            #expect(renewed["backup_codes"]?.array?.count == 10)
            let token = try #require(try await shop.logIn().text("challenge_token"))
            #expect(try await shop.verify(token, codes[1]).status == 400)
        }
    }

    @Test(arguments: Backend.available)
    func `guessing ends the challenge after five codes and the account's logins after ten`(
        _ backend: Backend
    ) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            let (totp, _) = try await shop.turnFactorOn(ada)
            var token = try #require(try await shop.logIn().text("challenge_token"))
            for _ in 0..<5 { #expect(try await shop.verify(token, "000000").status == 400) }
            #expect(try await shop.verify(token, shop.freshCode(of: totp)).status == 401)
            token = try #require(try await shop.logIn().text("challenge_token"))
            for _ in 0..<5 { #expect(try await shop.verify(token, "000000").status == 400) }
            let blocked = try await shop.logIn()
            #expect(blocked.status == 429 && blocked.headers[.retryAfter] != nil)
            // A session that is in is not touched by what is tried at the door, and has its own ten.
            let disable = #"{"password": "testpass123", "code": "000000"}"#
            for _ in 0..<10 {
                #expect(try await shop.call(.post, "/api/auth/2fa/disable/", disable, token: ada.access).status == 400)
            }
            #expect(try await shop.call(.post, "/api/auth/2fa/disable/", disable, token: ada.access).status == 429)
        }
    }

    @Test(arguments: Backend.available)
    func `one code answers one of many challenges at once`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            let (totp, codes) = try await shop.turnFactorOn(ada)
            var tokens: [String] = []
            for _ in 0..<6 {
                let login = try await shop.logIn()
                tokens.append(try #require(login.text("challenge_token")))
            }
            for code in [shop.freshCode(of: totp), codes[0]] {
                let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                    for token in tokens { group.addTask { try await shop.verify(token, code).status } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(statuses.count { $0 == 200 } == 1, "\(statuses)")
            }
        }
    }

    /// What a stolen session must not be enough for.
    @Test(arguments: Backend.available)
    func `sensitive changes ask for a fresh code`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            let (totp, _) = try await shop.turnFactorOn(ada)
            let steps: [(HTTPRequest.Method, String, String)] = [
                (.post, "change-password/", #""old_password": "testpass123", "new_password": "another-Pass-9""#),
                (.patch, "profile/", #""email": "new@example.com", "password": "another-Pass-9""#),
                (.post, "2fa/disable/", #""password": "another-Pass-9""#),
            ]
            for (method, path, fields) in steps {
                let target = "/api/auth/" + path
                let refused = try await shop.call(method, target, "{\(fields)}", token: ada.access)
                #expect(refused.status == 403 && refused.text("code") == "fresh_factor_required", "\(path)")
                let wrong = try await shop.call(
                    method, target, #"{\#(fields), "code": "000000"}"#, token: ada.access)
                #expect(wrong.status == 400 && wrong["code"] != nil, "\(path)")
                let done = try await shop.call(
                    method, target, #"{\#(fields), "code": "\#(shop.freshCode(of: totp))"}"#, token: ada.access)
                #expect(done.status == 200, "\(path): \(done.json)")
            }
            #expect(try await shop.logIn("new@example.com", password: "another-Pass-9")["access"] != nil)
        }
    }
}

extension AccountsHarness {
    fileprivate func verify(_ token: String, _ code: String) async throws -> EndpointAnswer {
        try await call(.post, "/api/auth/2fa/verify/", #"{"challenge_token": "\#(token)", "code": "\#(code)"}"#)
    }
}
