import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Accounts

@Suite struct AccountsSessionTests {
    @Test(arguments: Backend.available)
    func `sessions are told by device, the caller's own among them, and end at once`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let here = try await shop.customer()
            shop.clock.advance(by: .minutes(2))
            let there = try AccountsHarness.login(
                try await shop.call(
                    .post, "/api/auth/login/", #"{"email": "ada@example.com", "password": "testpass123"}"#,
                    from: "198.51.100.9", agent: "curl/8.5.0"))
            let list = try await shop.call(.get, "/api/auth/sessions/", token: here.access)
            #expect(list["count"] == .number("2") && list.statements <= 6)
            let (mine, other) = (
                list.results.first { $0["is_current"] == .bool(true) },
                list.results.first { $0["is_current"] == .bool(false) }
            )
            #expect(mine?["device"]?["name"] == .string("Firefox 128 on Linux"))
            #expect(other?["device"]?["name"] == .string("curl 8"))
            #expect(other?["ip_address"] == .string("198.51.100.9") && other?["is_active"] == .bool(true))
            let current = try await shop.call(.get, "/api/auth/sessions/current/", token: there.access)
            #expect(current["id"] == other?["id"])
            let eve = try await shop.customer("eve@example.com")
            let path = "/api/auth/sessions/\(other?["id"]?.integer ?? 0)/"
            #expect(try await shop.call(.delete, path, token: eve.access).status == 404)
            #expect(try await shop.call(.delete, path, token: here.access).status == 204)
            #expect(try await !shop.isLive(there))
            #expect(try await shop.call(.delete, path, token: here.access).status == 404)
            let refreshed = try await shop.call(
                .post, "/api/auth/refresh/", #"{"refresh": "\#(there.refresh)"}"#)
            #expect(refreshed.status == 401)
        }
    }

    @Test(arguments: Backend.available)
    func `all others end, or all`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let here = try await shop.customer()
            let others = [
                try AccountsHarness.login(try await shop.logIn()), try AccountsHarness.login(try await shop.logIn()),
            ]
            let eve = try await shop.customer("eve@example.com")
            #expect(
                try await shop.call(.delete, "/api/auth/sessions/terminate-all/", token: here.access).status == 204)
            for other in others { #expect(try await !shop.isLive(other)) }
            #expect(try await shop.isLive(here))
            #expect(try await shop.call(.post, "/api/auth/logout-all/", token: here.access).status == 200)
            #expect(try await shop.live(here, eve) == [false, true])
        }
    }

    @Test(arguments: Backend.available)
    func `the history of logins and of the account is its owner's`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            _ = try await shop.logIn(password: "wrong-password")
            _ = try await shop.logIn()
            let history = try await shop.call(.get, "/api/auth/login-history/", token: ada.access)
            #expect(history.results.map { $0["status"]?.text } == ["success", "failed"])
            #expect(history.results[1]["failure_reason"] == .string("no_active_account"))
            let failed = try await shop.call(.get, "/api/auth/login-history/?status=failed", token: ada.access)
            #expect(failed["count"] == .number("1"))
            let body = #"{"old_password": "testpass123", "new_password": "another-Pass-9"}"#
            _ = try await shop.call(.post, "/api/auth/change-password/", body, token: ada.access)
            let activity = try await shop.call(.get, "/api/auth/security/activity/", token: ada.access)
            #expect(activity.results.first?["kind"] == .string("password_changed"))
            let eve = try await shop.customer("eve@example.com")
            #expect(try await shop.call(.get, "/api/auth/login-history/", token: eve.access)["count"] == .number("0"))

            let login = history.results[1]["id"]?.integer ?? 0
            let report = "/api/auth/security/report-suspicious/"
            let foreign = try await shop.call(
                .post, report, #"{"description": "x", "login_history_id": \#(login)}"#, token: eve.access)
            #expect(foreign.status == 400 && foreign["login_history_id"] != nil)
            let there = try AccountsHarness.login(try await shop.logIn(password: "another-Pass-9"))
            let taken = try await shop.call(
                .post, report, #"{"description": "Not me", "login_history_id": \#(login)}"#, token: ada.access)
            #expect(taken.status == 200)
            #expect(try await shop.live(ada, there) == [true, false])
            #expect(try await shop.mails("suspicious_activity") == 1)
            let flagged = try await shop.call(.get, "/api/auth/login-history/", token: ada.access).results
            #expect(flagged.filter { $0["is_flagged"] == .bool(true) }.map { $0["id"]?.integer } == [login])
        }
    }

    @Test(arguments: Backend.available)
    func `a phone is verified by six digits, five tries and five minutes`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            let (send, verify) = ("/api/auth/phone/send-otp/", "/api/auth/phone/verify-otp/")
            for number in ["", "12", "+0123456789", "0151 123456", "+49 151 <b>"] {
                let refused = try await shop.call(.post, send, #"{"phone_number": "\#(number)"}"#, token: ada.access)
                #expect(refused.status == 400 && refused["phone_number"] != nil, "\(number)")
            }
            func digits() async throws -> String {
                _ = try await shop.call(.post, send, #"{"phone_number": "+49 151 1234567"}"#, token: ada.access)
                let text = try #require(try await shop.textMessage())
                return String(text.filter(\.isNumber))
            }
            let first = try await digits()
            #expect(first.utf8.count == 6)
            let rows = try await shop.database.read { try $0.column("SELECT payload FROM jobs", as: String.self) }
            #expect(!rows.contains { $0.contains(first) })
            let wrong = first == "000000" ? "111111" : "000000"
            for _ in 0..<5 {
                let refused = try await shop.call(.post, verify, #"{"code": "\#(wrong)"}"#, token: ada.access)
                #expect(refused.status == 400)
            }
            #expect(try await shop.call(.post, verify, #"{"code": "\#(first)"}"#, token: ada.access).status == 400)
            let late = try await digits()
            shop.clock.advance(by: .minutes(6))
            #expect(try await shop.call(.post, verify, #"{"code": "\#(late)"}"#, token: ada.access).status == 400)
            let good = try await digits()
            let done = try await shop.call(.post, verify, #"{"code": "\#(good)"}"#, token: ada.access)
            #expect(done.text("phone_number") == "+491511234567" && done["is_phone_verified"] == .bool(true))
            #expect(try await shop.call(.post, verify, #"{"code": "\#(good)"}"#, token: ada.access).status == 400)
            let changed = try await shop.call(
                .put, "/api/auth/phone/update/", #"{"phone_number": "+15550100001"}"#, token: ada.access)
            #expect(changed["is_phone_verified"] == .bool(false))
            for number in 4...6 {
                let answer = try await shop.call(
                    .post, send, #"{"phone_number": "+1555010000\#(number)"}"#, token: ada.access)
                #expect(answer.status == (number < 6 ? 200 : 429))
            }
        }
    }

    @Test(arguments: Backend.available)
    func `one number is called five times an hour, whoever asks`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            for number in 1...6 {
                let user = try await shop.customer("user\(number)@example.com")
                let answer = try await shop.call(
                    .post, "/api/auth/phone/send-otp/", #"{"phone_number": "+15550100001"}"#, token: user.access)
                #expect(answer.status == (number < 6 ? 200 : 429))
            }
        }
    }
}
