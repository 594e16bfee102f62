import AppHarness
import KontorApp
import Primitives
import SQL
import TestSupport
import Testing

@testable import KontorApp

/// Who stands at the door: staff of a shop without an administrator, and staff who are none any more.
@Suite(.timeLimit(.minutes(5)))
struct AdminDoorTests {
    private static func setRole(_ role: String, of email: String, _ stand: ShopHarness) async throws {
        _ = try await stand.shop.installation.database.write { tx in
            try tx.execute("UPDATE users SET role = \(role) WHERE email = \(email)")
        }
    }

    @Test(arguments: Backend.available)
    func `staff sign in where there is no administrator, and the first run stays open`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            _ = try await stand.customer("clerk@example.com")
            let browser = stand.browser()
            #expect(try await browser.get("/admin/sign-in/").location == "/admin/welcome/", "a customer is no staff")
            try await Self.setRole("staff", of: "clerk@example.com", stand)
            let page = try await browser.get("/admin/sign-in/")
            #expect(page.status == 200 && page.page.links.contains("/admin/welcome/"), "\(page.page.texts)")
            #expect(try await browser.get("/admin/welcome/").status == 200)
            try await browser.signIn("clerk@example.com")
            #expect(try await browser.get("/admin/").status == 200)
            _ = try await stand.admin()
            let later = try await stand.browser().get("/admin/sign-in/")
            #expect(later.status == 200 && !later.page.links.contains("/admin/welcome/"))
        }
    }

    @Test(arguments: Backend.available)
    func `who has lost their role is told so, and signs out`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let browser = try await stand.adminBrowser()
            let cookie = try #require(browser.cookies["kontor_admin"])
            let new = "/admin/tax-rates/new/"
            let old = try #require(try await browser.get(new).page.form(to: new))
            try await Self.setRole("customer", of: ShopHarness.adminEmail, stand)
            for path in ["/admin/", "/admin/tax-rates/", "/admin/sessions/", "/admin/nothing/"] {
                let page = try await browser.get(path)
                #expect(page.status == 403 && page.page.heading == "You may not do this.", "\(path): \(page.status)")
                #expect(page.page.texts.contains { $0.contains("does not work for the shop") })
                #expect(page.page.forms.map(\.action) == ["/admin/sign-out/"] && page.page.links.isEmpty)
            }
            #expect(try await browser.submit(old, ["name": "x"]).status == 403)
            let form = try #require(try await browser.get("/admin/").page.form(to: "/admin/sign-out/"))
            #expect(try await browser.submit(form, ["csrf": "x"]).status == 403)
            #expect(try await browser.submit(form).asksToSignIn)
            #expect(browser.cookies["kontor_admin"] == nil)
            browser.cookies["kontor_admin"] = cookie
            #expect(try await browser.get("/admin/").asksToSignIn, "the session has ended")
        }
    }

    @Test func `whoever comes to the server's root reads where they are, and is led on`() async throws {
        try await withShop(.sqlite, settings: ["SHOP_NAME": "Tea & <Co>"]) { stand in
            for (language, heading) in [("en", "Here is a shop"), ("de", "Hier ist ein Shop")] {
                let front = try await AdminBrowser(port: stand.anonymous.port, language: language).get("/")
                #expect(front.status == 200 && front.page.heading == heading, "\(front.text)")
                #expect(front.page.links == ["/admin/", "/api/docs/", "/api/products/"])
                #expect(front.text.contains("Tea &amp; &lt;Co&gt;"), "\(front.text)")
                #expect(front.page.faults.isEmpty && front.page.dangers.isEmpty)
            }
            let new = try await AdminBrowser(port: stand.anonymous.port).get("/")
            #expect(new.page.texts.contains { $0.contains("first administrator") })
            _ = try await stand.admin()
            let run = try await AdminBrowser(port: stand.anonymous.port).get("/")
            #expect(!run.page.texts.contains { $0.contains("first administrator") })
            let document = try await stand.anonymous.send("GET", "/api/schema/")
            #expect(document.json["paths"]?["/"] == nil)
        }
    }

    @Test func `browsers find an icon without asking for a page first`() async throws {
        try await withShop(.sqlite) { stand in
            let icon = try await HTTPProbe(port: stand.anonymous.port).send("GET", "/favicon.ico")
            #expect(icon.status == 200 && icon.header("Content-Type") == "image/svg+xml")
            #expect(icon.text.hasPrefix("<svg ") && icon.header("Set-Cookie") == nil)
            #expect(icon.header("Cache-Control") == "public, max-age=604800")
            let document = try await stand.anonymous.send("GET", "/api/schema/")
            #expect(!document.text.contains("favicon"))
        }
    }
}
