import AppHarness
import Commerce
import HTTPTypes
import Media
import Messages
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Accounts

@Suite struct AccountsLifecycleTests {
    private static let picture =
        (try? ImageCodec.encodePNG(rgb: Array(repeating: 90, count: 64 * 64 * 3), width: 64, height: 64)) ?? []

    @Test(arguments: Backend.available)
    func `an account rests until its owner wakes it`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            let path = "/api/auth/account/deactivate/"
            #expect(try await shop.call(.post, path, "{}", token: ada.access)["password"] != nil)
            let wrong = try await shop.call(.post, path, #"{"password": "wrong-password"}"#, token: ada.access)
            #expect(wrong.status == 400)
            let done = try await shop.call(.post, path, #"{"password": "testpass123"}"#, token: ada.access)
            #expect(done.status == 200)
            #expect(try await !shop.isLive(ada))
            let refused = try await shop.logIn()
            #expect(refused.status == 401 && refused.text("code") == "account_deactivated")
            let wake = "/api/auth/account/reactivate/"
            for (email, password) in [("ada@example.com", "wrong-password"), ("no@example.com", "testpass123")] {
                let answer = try await shop.call(
                    .post, wake, #"{"email": "\#(email)", "password": "\#(password)"}"#)
                #expect(answer.status == 401 && answer.text("code") == "no_active_account")
            }
            let body = #"{"email": "ada@example.com", "password": "testpass123"}"#
            #expect(try await shop.call(.post, wake, body).status == 200)
            #expect(try await shop.logIn().status == 200)
            let root = try await shop.admin()
            for (isActive, code) in [("false", "account_deactivated"), ("true", nil)] {
                let changed = try await shop.call(
                    .patch, "/api/users/\(ada.id)/", #"{"is_active": \#(isActive)}"#, token: root.access)
                #expect(changed["is_active"] == .bool(isActive == "true"))
                #expect(try await shop.call(.post, wake, body).text("code") == code)
            }
            _ = try await shop.database.write { try $0.execute("UPDATE users SET is_suspended = 1, is_active = 0") }
            #expect(try await shop.call(.post, wake, body).text("code") == "account_suspended")
        }
    }

    @Test(arguments: Backend.available)
    func `a deleted account leaves a row without a person`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            let path = "/api/auth/account/delete/"
            for body in [
                "{}", #"{"password": "testpass123"}"#, #"{"password": "testpass123", "confirmation": "delete"}"#,
                #"{"password": "wrong-password", "confirmation": "DELETE"}"#,
            ] { #expect(try await shop.call(.delete, path, body, token: ada.access).status == 400, "\(body)") }
            let body = #"{"password": "testpass123", "confirmation": "DELETE"}"#
            #expect(try await shop.call(.delete, path, body, token: ada.access).status == 204)
            #expect(try await !shop.isLive(ada))
            #expect(try await shop.logIn().status == 401)
            let left = try await shop.database.read { try TextScan.findings(of: "ada@example.com", $0) }
            #expect(left.allSatisfy { $0.table == "jobs" }, "\(left)")
            #expect(try await shop.fixture.count("SELECT COUNT(*) FROM users WHERE deleted_at IS NOT NULL") == 1)
            // The address is free again.
            let again = try await shop.customer()
            #expect(again.id != ada.id)
        }
    }

    @Test(arguments: Backend.available)
    func `an archive is for verified addresses`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            let path = "/api/auth/account/export-data/"
            let refused = try await shop.call(.post, path, "{}", token: ada.access)
            #expect(refused.status == 403 && refused.text("code") == "email_not_verified")
            _ = try await shop.database.write { try $0.execute("UPDATE users SET is_email_verified = 1") }
            #expect(try await shop.call(.post, path, "{}", token: ada.access).status == 202)
            #expect(try await shop.call(.get, path + "no-such-token/").status == 404)
        }
    }

    @Test(arguments: Backend.available)
    func `administrators find, change, suspend and group users`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let (root, ada) = (try await shop.admin(), try await shop.customer())
            let bob = try await shop.customer("bob@example.com")
            for query in [
                "search=ada", "search=ADA%20L", "role=customer&search=ada@ex", "is_active=true&search=ada@example.com",
            ] {
                let found = try await shop.call(
                    .get, "/api/users/?\(query)".replacing("%20", with: " "), token: root.access)
                #expect(found.results.contains { $0["id"]?.integer == ada.id }, "\(query): \(found.json)")
                #expect(found.statements <= 6)
            }
            #expect(try await shop.call(.get, "/api/users/?role=admin", token: root.access)["count"] == .number("1"))
            for (isStaff, id) in [(true, root.id), (false, ada.id)] {
                let found = try await shop.call(.get, "/api/users/?is_staff=\(isStaff)", token: root.access)
                #expect(found.results.contains { $0["id"]?.integer == id }, "\(isStaff): \(found.json)")
                #expect(found.results.allSatisfy { $0["is_staff"] == .bool(isStaff) }, "\(isStaff): \(found.json)")
            }
            #expect(try await shop.call(.get, "/api/users/?ordering=password", token: root.access).status == 400)
            #expect(try await shop.call(.get, "/api/users/", token: ada.access).status == 403)
            let path = "/api/users/\(ada.id)/"
            let group = try await shop.call(
                .post, "/api/admin/groups/", #"{"name": "Desk", "permissions": ["orders.view", "orders.edit"]}"#,
                token: root.access)
            #expect(group.status == 201, "\(group.json)")
            let bad = try await shop.call(
                .post, "/api/admin/groups/", #"{"name": "X", "permissions": ["all.power"]}"#, token: root.access)
            #expect(bad.status == 400 && bad["permissions"] != nil)
            let changed = try await shop.call(
                .put, path, #"{"role": "staff", "permissions": ["reports.view"], "groups": [\#(group.id)]}"#,
                token: root.access)
            #expect(changed.text("role") == "staff" && changed["groups"] == .array([.number("\(group.id)")]))
            #expect(changed["group_permissions"]?.array?.count == 2)
            #expect(try await !shop.isLive(ada), "a new role needs a new session")
            let login = try AccountsHarness.login(try await shop.logIn())
            let identity = try await shop.service.authenticator.authenticate(login.access)
            #expect(identity.permissions == ["reports.view", "orders.view", "orders.edit"])
            _ = try await shop.call(
                .patch, "/api/admin/groups/\(group.id)/", #"{"permissions": ["orders.view"]}"#, token: root.access)
            let less = try await shop.service.authenticator.authenticate(login.access)
            #expect(less.permissions == ["reports.view", "orders.view"])
            _ = try await shop.call(.delete, "/api/admin/groups/\(group.id)/", token: root.access)
            #expect(try await shop.service.authenticator.authenticate(login.access).permissions == ["reports.view"])

            let shut = try await shop.call(
                .post, "/api/users/\(bob.id)/suspend/", #"{"reason": "fraud"}"#, token: root.access)
            #expect(shut["is_suspended"] == .bool(true) && shut.text("suspension_reason") == "fraud")
            let refused = try await shop.call(.get, "/api/auth/profile/", token: bob.access)
            #expect(refused.status == 401)
            #expect(try await shop.logIn("bob@example.com").text("code") == "account_suspended")
            _ = try await shop.call(.post, "/api/users/\(bob.id)/unsuspend/", token: root.access)
            #expect(try await shop.logIn("bob@example.com").status == 200)
            for (method, target, body) in [
                (HTTPRequest.Method.post, "suspend/", "{}"), (.patch, "", #"{"role": "customer"}"#),
                (.patch, "", #"{"is_active": false}"#),
            ] {
                let own = try await shop.call(method, "/api/users/\(root.id)/\(target)", body, token: root.access)
                #expect(own.status == 409 && own.text("code") == "own_account", "\(target) \(body)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `an administrator gives a user another e-mail, and both addresses are told`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend, { $0.deniedEmailDomains = ["denied.example"] }) { shop in
            let (root, ada) = (try await shop.admin(), try await shop.customer())
            _ = try await shop.customer("bob@example.com")
            try await shop.setVerified(ada)
            let path = "/api/users/\(ada.id)/"
            for email in ["", "ada", "bob@example.com", "BOB@EXAMPLE.com", "a@denied.example", "a@mail.denied.example"]
            {
                let refused = try await shop.call(.put, path, #"{"email": "\#(email)"}"#, token: root.access)
                #expect(refused.status == 400 && refused["email"] != nil, "\(email): \(refused.json)")
            }
            // What stays as it is ends nothing, however it is spelled.
            for email in ["ada@example.com", " Ada@Example.COM "] {
                let body = #"{"email": "\#(email)", "first_name": "Ada"}"#
                let kept = try await shop.call(.patch, path, body, token: root.access)
                #expect(kept["is_email_verified"] == .bool(true), "\(kept.json)")
            }
            #expect(try await shop.isLive(ada))
            #expect(try await shop.mails("email_changed") == 0)

            let body = #"{"email": " Countess@Example.ORG", "is_email_verified": true}"#
            let moved = try await shop.call(.patch, path, body, token: root.access)
            #expect(moved.text("email") == "countess@example.org", "\(moved.json)")
            #expect(moved["is_email_verified"] == .bool(false), "whatever was sent beside it")
            #expect(try await !shop.isLive(ada))
            let mails = try await shop.fixture.mails()
            #expect(mails.last { $0.template == "email_changed" }?.recipient == "ada@example.com")
            #expect(mails.last { $0.template == "verify_email" }?.recipient == "countess@example.org")
            #expect(try await shop.logIn().status == 401)
            #expect(try await shop.logIn("countess@example.org").status == 200)
            // The old address is free, and one's own needs the password.
            _ = try await shop.customer()
            let own = try await shop.call(
                .patch, "/api/users/\(root.id)/", #"{"email": "me@example.org"}"#, token: root.access)
            #expect(own.status == 409 && own.text("code") == "own_account", "\(own.json)")
            #expect(try await shop.call(.patch, path, #"{"email": "x@example.org"}"#, token: ada.access).status == 401)
        }
    }

    @Test(arguments: Backend.available)
    func `pictures, preferences and privacy are the caller's own`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            for (name, field) in [("avatar", "profile_image"), ("cover", "cover_image")] {
                let path = "/api/auth/profile/\(name)/"
                let broken = try await shop.upload(path, Array("<svg/>".utf8), token: ada.access)
                #expect(broken.status == 400 && broken["image"] != nil)
                let kept = try await shop.upload(path, Self.picture, token: ada.access)
                #expect(kept.text(field)?.hasPrefix("http://shop.test/media/\(name)s/") == true, "\(kept.json)")
                #expect(try await shop.call(.delete, path, token: ada.access).status == 204)
                #expect(try await shop.call(.get, "/api/auth/profile/", token: ada.access)[field] == .null)
            }
            let preferences = try await shop.call(
                .put, "/api/auth/profile/preferences/",
                #"{"preferred_language": "de", "timezone": "Europe/Berlin", "show_email": true}"#, token: ada.access)
            #expect(preferences.text("preferred_language") == "de" && preferences["show_email"] == nil)
            let privacy = try await shop.call(.get, "/api/auth/profile/privacy/", token: ada.access)
            #expect(privacy["show_email"] == .bool(false) && privacy.text("profile_visibility") == "private")
            let opened = try await shop.call(
                .put, "/api/auth/profile/privacy/", #"{"profile_visibility": "public", "show_phone": true}"#,
                token: ada.access)
            #expect(opened.text("profile_visibility") == "public" && opened["show_phone"] == .bool(true))
            let bad = try await shop.call(
                .put, "/api/auth/profile/privacy/", #"{"profile_visibility": "world"}"#, token: ada.access)
            #expect(bad.status == 400)
        }
    }
}
