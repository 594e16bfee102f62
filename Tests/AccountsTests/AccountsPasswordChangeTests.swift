import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Accounts

@Suite struct AccountsPasswordChangeTests {
    @Test(arguments: Backend.available)
    func `a new password ends the other sessions and is told by mail`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let here = try await shop.customer()
            let there = try AccountsHarness.login(try await shop.logIn())
            let path = "/api/auth/change-password/"
            for (body, field) in [
                (#"{"old_password": "wrong-one-1", "new_password": "another-Pass-9"}"#, "old_password"),
                (#"{"old_password": "testpass123", "new_password": "short"}"#, "new_password"),
                (#"{"old_password": "testpass123", "new_password": "password123"}"#, "new_password"),
                (#"{"old_password": "testpass123", "new_password": "ada@example.com"}"#, "new_password"),
                (#"{"old_password": "testpass123"}"#, "new_password"), ("{}", "old_password"),
            ] {
                let refused = try await shop.call(.post, path, body, token: here.access)
                #expect(refused.status == 400 && refused[field] != nil, "\(body): \(refused.json)")
            }
            #expect(try await shop.isLive(there))
            let body = #"{"old_password": "testpass123", "new_password": "another-Pass-9"}"#
            #expect(try await shop.call(.post, path, body).status == 401)
            #expect(try await shop.call(.post, path, body, token: here.access).status == 200)
            #expect(try await shop.live(here, there) == [true, false])
            #expect(try await shop.logIn().status == 401)
            #expect(try await shop.logIn(password: "another-Pass-9").status == 200)
            #expect(try await shop.mails("password_changed") == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `a mailed token chooses a new password once, and ends every session`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            let asked = try await shop.call(.post, "/api/auth/forgot-password/", #"{"email": "Ada@Example.com"}"#)
            let unknown = try await shop.call(.post, "/api/auth/forgot-password/", #"{"email": "no@example.com"}"#)
            #expect(asked.status == 200 && asked.json == unknown.json)
            #expect(try await shop.mails("password_reset") == 1)
            let token = try #require(try await shop.secret("token", in: "password_reset"))
            let link = try await shop.secret("link", in: "password_reset")
            #expect(link == "http://localhost:3000/reset-password?token=" + token)
            let rows = try await shop.database.read {
                try $0.column("SELECT payload FROM jobs", as: String.self)
                    + $0.column("SELECT token_hash FROM password_reset_tokens", as: String.self)
            }
            #expect(rows.allSatisfy { !$0.contains(token) })
            let valid = "/api/auth/validate-reset-token/"
            #expect(try await shop.call(.post, valid, #"{"token": "\#(token)"}"#)["valid"] == .bool(true))
            #expect(try await shop.call(.post, valid, #"{"token": "x"}"#)["valid"] == .bool(false))
            let reset = "/api/auth/reset-password/"
            let weak = try await shop.call(.post, reset, #"{"token": "\#(token)", "new_password": "12345678"}"#)
            #expect(weak.status == 400 && weak["new_password"] != nil)
            let body = #"{"token": "\#(token)", "new_password": "another-Pass-9"}"#
            #expect(try await shop.call(.post, reset, body).status == 200)
            #expect(try await !shop.isLive(ada))
            let again = try await shop.call(.post, reset, body)
            #expect(again.status == 400 && again["token"] != nil)
            #expect(try await shop.call(.post, valid, #"{"token": "\#(token)"}"#)["valid"] == .bool(false))
            let login = try await shop.logIn(password: "another-Pass-9")
            #expect(login["user"]?["is_email_verified"] == .bool(true))
        }
    }

    @Test(arguments: Backend.available)
    func `a token of long ago, of a suspended account and beside a newer one is none`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            _ = try await shop.customer()
            var tokens: [String] = []
            for _ in 0..<2 {
                _ = try await shop.call(.post, "/api/auth/forgot-password/", #"{"email": "ada@example.com"}"#)
                tokens.append(try #require(try await shop.secret("token", in: "password_reset")))
            }
            let reset = { (token: String) in
                try await shop.call(
                    .post, "/api/auth/reset-password/", #"{"token": "\#(token)", "new_password": "another-Pass-9"}"#)
            }
            #expect(try await reset(tokens[1]).status == 200)
            #expect(try await reset(tokens[0]).status == 400)
            _ = try await shop.call(.post, "/api/auth/forgot-password/", #"{"email": "ada@example.com"}"#)
            let late = try #require(try await shop.secret("token", in: "password_reset"))
            shop.clock.advance(by: .minutes(61))
            #expect(try await reset(late).status == 400)
            _ = try await shop.database.write { try $0.execute("UPDATE users SET is_suspended = 1") }
            let before = try await shop.mails("password_reset")
            let asked = try await shop.call(.post, "/api/auth/forgot-password/", #"{"email": "ada@example.com"}"#)
            #expect(asked.status == 200)
            #expect(try await shop.mails("password_reset") == before)
        }
    }

    @Test(arguments: Backend.available)
    func `five mails an hour are enough, for accounts that do not exist as well`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            _ = try await shop.customer()
            for email in ["ada@example.com", "nobody@example.com"] {
                for number in 1...6 {
                    let answer = try await shop.call(
                        .post, "/api/auth/forgot-password/", #"{"email": "\#(email)"}"#)
                    #expect(answer.status == (number < 6 ? 200 : 429), "\(email) \(number)")
                    if number == 6 { #expect(answer.headers[.retryAfter] == "3600") }
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `an account without a password sets one, an account with one changes it`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            let body = #"{"new_password": "another-Pass-9"}"#
            let refused = try await shop.call(.post, "/api/auth/set-password/", body, token: ada.access)
            #expect(refused.status == 409 && refused.text("code") == "password_is_set")
            _ = try await shop.database.write { try $0.execute("UPDATE users SET password_hash = ''") }
            #expect(try await shop.call(.post, "/api/auth/set-password/", body, token: ada.access).status == 200)
            #expect(try await shop.logIn(password: "another-Pass-9").status == 200)
        }
    }

    /// Made by Django 5.1: `make_password("testpass123", salt="Xb3kPq8sVdLw2RtY")` with 1,000 iterations.
    @Test(arguments: Backend.available)
    func `a hash that Django made opens the account and is made anew`(_ backend: Backend) async throws {
        let salt = "Xb3kPq8sVdLw2RtY"
        let script = """
            import hashlib, base64
            print(base64.b64encode(hashlib.pbkdf2_hmac('sha256', b'testpass123', b'\(salt)', 1000)).decode(), end='')
            """
        let hash = String(decoding: try await TestPython.output(script), as: UTF8.self)
        try await AccountsHarness.with(backend) { shop in
            _ = try await shop.customer()
            let stored = "pbkdf2_sha256$1000$\(salt)$\(hash)"
            _ = try await shop.database.write { try $0.execute("UPDATE users SET password_hash = \(stored)") }
            #expect(try await shop.logIn(password: "testpass124").status == 401)
            #expect(try await shop.logIn().status == 200)
            let now = try await shop.database.read {
                try $0.value("SELECT password_hash FROM users", as: String.self) ?? ""
            }
            #expect(now.hasPrefix("$argon2id$"))
            #expect(try await shop.logIn().status == 200)
        }
        for text in [
            "pbkdf2_sha256$0$a$\(hash)", "pbkdf2_sha256$99999999999$a$\(hash)", "pbkdf2_sha256$1000$$\(hash)",
            "pbkdf2_sha256$1000$a$", "pbkdf2_sha1$1000$a$\(hash)", "pbkdf2_sha256$1000$a$\(hash)$x",
        ] { #expect(ForeignHash(text) == nil, "\(text)") }
    }
}
