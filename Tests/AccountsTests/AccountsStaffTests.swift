import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Accounts

/// Colleagues whom an administrator makes, and the links that staff get by mail.
@Suite struct AccountsStaffTests {
    private static let path = "/api/admin/staff/"

    @Test(arguments: Backend.available)
    func `a colleague chooses a password by the mailed link, and may what was given to them`(
        _ backend: Backend
    ) async throws {
        try await AccountsHarness.with(backend) { shop in
            let root = try await shop.admin()
            let group = try await shop.call(
                .post, "/api/admin/groups/", #"{"name": "Packers", "permissions": ["orders.edit"]}"#,
                token: root.access)
            let id = try #require(group["id"]?.integer)
            let made = try await shop.call(
                .post, Self.path,
                #"""
                {"email": "Cleo@Example.com", "first_name": "Cleo", "last_name": "P", "permissions": ["orders.view"],
                "groups": [\#(id)]}
                """#, token: root.access)
            #expect(made.status == 201, "\(made.json)")
            #expect(made.text("email") == "cleo@example.com" && made.text("role") == "staff")
            #expect(made["permissions"]?.array?.compactMap(\.text) == ["orders.view"])
            #expect(made["group_permissions"]?.array?.compactMap(\.text) == ["orders.edit"])
            #expect(made["is_email_verified"] == .bool(false))
            #expect(try await shop.mails("staff_invitation") == 1)
            #expect(try await shop.mails("welcome") == 0)
            for password in ["", AccountsHarness.password] {
                let early = try await shop.logIn("cleo@example.com", password: password)
                #expect([400, 401].contains(early.status), "nothing opens the account yet")
            }
            let token = try #require(try await shop.secret("token", in: "staff_invitation"))
            #expect(try await shop.secret("link", in: "staff_invitation") == "/admin/reset/?token=" + token)
            shop.clock.advance(by: .days(6))
            let chosen = try await shop.call(
                .post, "/api/auth/reset-password/", #"{"token": "\#(token)", "new_password": "another-Pass-9"}"#)
            #expect(chosen.status == 200, "\(chosen.json)")
            let login = try await shop.logIn("cleo@example.com", password: "another-Pass-9")
            #expect(login["user"]?["is_email_verified"] == .bool(true) && login["user"]?["is_staff"] == .bool(true))
        }
    }

    @Test(arguments: Backend.available)
    func `an invitation is good for a week, and staff get another link where they sign in`(
        _ backend: Backend
    ) async throws {
        try await AccountsHarness.with(backend) { shop in
            let root = try await shop.admin()
            let body = #"{"email": "cleo@example.com", "first_name": "Cleo", "role": "admin"}"#
            let made = try await shop.call(.post, Self.path, body, token: root.access)
            #expect(made.status == 201 && made.text("role") == "admin")
            let token = try #require(try await shop.secret("token", in: "staff_invitation"))
            shop.clock.advance(by: .days(8))
            let late = try await shop.call(
                .post, "/api/auth/reset-password/", #"{"token": "\#(token)", "new_password": "another-Pass-9"}"#)
            #expect(late.status == 400 && late["token"] != nil)
            _ = try await shop.call(.post, "/api/auth/forgot-password/", #"{"email": "cleo@example.com"}"#)
            let link = try #require(try await shop.secret("link", in: "password_reset"))
            #expect(link.hasPrefix("/admin/reset/?token="), "staff need no storefront: \(link)")
            _ = try await shop.customer()
            _ = try await shop.call(.post, "/api/auth/forgot-password/", #"{"email": "ada@example.com"}"#)
            let other = try #require(try await shop.secret("link", in: "password_reset"))
            #expect(other.hasPrefix("http://localhost:3000/reset-password?token="), "\(other)")
        }
    }

    @Test(arguments: Backend.available)
    func `staff who may see customers see those alone, and change none`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let (ada, root) = (try await shop.customer(), try await shop.admin())
            let cleo = try await shop.customer("cleo@example.com")
            _ = try await shop.database.write { tx in
                try tx.execute(
                    "UPDATE users SET role = 'staff', permissions = 'customers.view' WHERE id = \(cleo.id)")
            }
            let place = #"""
                {"full_name": "Ada", "phone_number": "+15550100", "address_line1": "1", "city": "Rome", "country": "IT",
                "postal_code": "1", "state": ""}
                """#
            let kept = try await shop.call(.post, "/api/auth/addresses/", place, token: ada.access)
            try #require(kept.status == 201, "\(kept.json)")
            for query in ["", "?search=ada", "?role=customer", "?is_staff=false"] {
                let found = try await shop.call(.get, "/api/users/" + query, token: cleo.access).results
                #expect(found.map { $0["id"]?.integer } == [ada.id], "\(query)")
            }
            for query in ["?is_staff=true", "?role=admin", "?search=root@example.com", "?search=cleo"] {
                let found = try await shop.call(.get, "/api/users/" + query, token: cleo.access)
                #expect(found.status == 200 && found.results.isEmpty, "\(query): \(found.json)")
            }
            let path = "/api/users/\(ada.id)/"
            #expect(try await shop.call(.get, path, token: cleo.access).text("email") == "ada@example.com")
            let book = try await shop.call(.get, path + "addresses/", token: cleo.access)
            #expect(book.results.map { $0["city"]?.text } == ["Rome"], "\(book.json)")
            for other in [cleo.id, root.id, 77] {
                for more in ["", "addresses/"] {
                    let hidden = try await shop.call(.get, "/api/users/\(other)/" + more, token: cleo.access)
                    #expect(hidden.status == 404, "\(other) \(more)")
                }
            }
            for (method, target, body) in [
                (HTTPRequest.Method.patch, path, #"{"first_name": "A"}"#), (.post, path + "suspend/", "{}"),
                (.get, Self.path, ""), (.get, Self.path + "\(cleo.id)/", ""), (.get, "/api/admin/permissions/", ""),
            ] {
                let refused = try await shop.call(method, target, body, token: cleo.access)
                #expect(refused.status == 403, "\(method) \(target)")
            }
            let staff = try await shop.call(.get, Self.path, token: root.access).results.map { $0["id"]?.integer }
            #expect(Set(staff) == [root.id, cleo.id])
            #expect(try await shop.call(.get, Self.path + "\(ada.id)/", token: root.access).status == 404)
            #expect(try await shop.call(.get, Self.path + "\(cleo.id)/", token: root.access).status == 200)
        }
    }

    @Test(arguments: Backend.available)
    func `nobody else makes staff, and what will not do is refused at its field`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend, { $0.deniedEmailDomains = ["denied.example"] }) { shop in
            let (ada, root) = (try await shop.customer(), try await shop.admin())
            let good = #"{"email": "cleo@example.com", "first_name": "Cleo"}"#
            #expect(try await shop.call(.post, Self.path, good).status == 401)
            #expect(try await shop.call(.post, Self.path, good, token: ada.access).status == 403)
            let fault = #"{"email": "cleo@example.com", "first_name": "Cleo", "#
            for (body, field) in [
                ("{}", "email"), (#"{"email": "cleo@example.com"}"#, "first_name"),
                (#"{"email": "x", "first_name": "Cleo"}"#, "email"),
                (#"{"email": "ADA@example.com", "first_name": "Cleo"}"#, "email"),
                (#"{"email": "a@denied.example", "first_name": "Cleo"}"#, "email"),
                (fault + #""role": "customer"}"#, "role"), (fault + #""role": "owner"}"#, "role"),
                (fault + #""permissions": ["all"]}"#, "permissions"), (fault + #""groups": [77]}"#, "groups"),
            ] {
                let refused = try await shop.call(.post, Self.path, body, token: root.access)
                #expect(refused.status == 400 && refused[field] != nil, "\(body): \(refused.json)")
            }
            #expect(try await shop.mails("staff_invitation") == 0)
            let count = try await shop.fixture.count("SELECT COUNT(*) FROM users")
            #expect(count == 2, "nothing is left of what was refused")
        }
    }
}
