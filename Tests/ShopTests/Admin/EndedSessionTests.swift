import AppHarness
import KontorApp
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Admin
@testable import KontorApp

/// What was typed into forms whose session has ended meanwhile.
@Suite(.timeLimit(.minutes(5)))
struct EndedSessionTests {
    private static let new = "/admin/tax-rates/new/"
    private static let signIn = "/admin/sign-in/"
    private static let typed = ["name": "Typed \"&\" <kept>", "country": "DE", "rate": "19", "tax_class": "standard"]
    private static let admin = ["email": ShopHarness.adminEmail, "password": ShopHarness.password]

    /// Runs `body` with a browser whose session has ended since it was shown a form.
    private static func withEndedSession(
        _ backend: Backend = .sqlite, of path: String = new,
        _ body: @escaping @Sendable (ShopHarness, AdminBrowser, MarkupPage.Form) async throws -> Void
    ) async throws {
        try await withShop(backend) { stand in
            let browser = try await stand.adminBrowser()
            let form = try #require(try await browser.get(path).page.form(to: path))
            try await browser.signOut()
            try await body(stand, browser, form)
        }
    }

    private static func rates(_ stand: ShopHarness) async throws -> Int? {
        try await stand.bearer().send("GET", "/api/admin/tax-rates/")["count"]?.number
    }

    @Test(arguments: Backend.available)
    func `whoever signs in again comes back to their form as they typed it, and sends it then`(
        _ backend: Backend
    ) async throws {
        try await Self.withEndedSession(backend) { stand, browser, form in
            let asked = try await browser.submit(form, Self.typed)
            #expect(asked.status == 401 && asked.page.texts.contains { $0.hasPrefix("Your session has ended.") })
            #expect(!asked.text.contains("kept&gt;") && !asked.text.contains("<kept>"), "it is sealed")
            let entry = try #require(asked.page.form(to: Self.signIn))
            let wrong = try await browser.submit(entry, ["email": ShopHarness.adminEmail, "password": "wrong-one-9"])
            #expect(wrong.status == 401)
            let again = try #require(wrong.page.form(to: Self.signIn))
            let entered = try await browser.submit(again, Self.admin)
            #expect(entered.status == 200 && !entered.text.contains(ShopHarness.password))
            let back = try #require(entered.page.form(to: Self.new))

            let shown = try await browser.submit(back)
            #expect(shown.status == 200 && shown.page.heading == "New tax rate", "\(shown.page.texts)")
            #expect(shown.page.texts.contains { $0.hasPrefix("You have signed in anew") })
            let filled = try #require(shown.page.form(to: Self.new))
            for (name, value) in Self.typed { #expect(filled[name] == value, "\(name)") }
            #expect(filled["once"] == form["once"] && filled["csrf"] != form["csrf"])
            #expect(try await Self.rates(stand) == 0, "nothing was sent on")
            #expect(try await browser.submit(filled).status == 303)
            #expect(try await Self.rates(stand) == 1)
        }
    }

    @Test func `a second factor stands between, and changes nothing`() async throws {
        try await withShop(.sqlite) { stand in
            let browser = try await stand.adminBrowser()
            let form = try #require(try await browser.get(Self.new).page.form(to: Self.new))
            let admin = try await stand.bearer()
            let setup = try await admin.send("POST", "/api/auth/2fa/setup/", json: [:])
            let code = try await TestPython.output(
                "import pyotp, sys; print(pyotp.TOTP(sys.argv[1]).now(), end='')", try #require(setup["secret"]?.text))
            let enabled = try await admin.send(
                "POST", "/api/auth/2fa/enable/", json: ["code": .string(String(decoding: code, as: UTF8.self))])
            let codes = try #require(enabled["backup_codes"]).elements.compactMap(\.text)
            browser.cookies["kontor_admin"] = nil
            let asked = try await browser.submit(form, Self.typed)
            let entry = try #require(asked.page.form(to: Self.signIn))
            let second = try await browser.submit(entry, Self.admin)
            let factor = try #require(second.page.form(to: "/admin/sign-in/code/"), "\(second.page.texts)")
            let wrong = try await browser.submit(factor, ["code": "no-code"])
            let again = try #require(wrong.page.form(to: "/admin/sign-in/code/"))
            let entered = try await browser.submit(again, ["code": try #require(codes.first)])
            let back = try #require(entered.page.form(to: Self.new), "\(entered.page.texts)")
            #expect(try await browser.submit(back).page.form(to: Self.new)?["name"] == Self.typed["name"])
        }
    }

    @Test func `somebody else who signs in does not see it`() async throws {
        try await Self.withEndedSession { stand, browser, form in
            _ = try await stand.customer("clerk@example.com")
            _ = try await stand.shop.installation.database.write { tx in
                try tx.execute("UPDATE users SET role = 'staff' WHERE email = 'clerk@example.com'")
            }
            let asked = try await browser.submit(form, Self.typed)
            let entry = try #require(asked.page.form(to: Self.signIn))
            let entered = try await browser.submit(
                entry, ["email": "clerk@example.com", "password": ShopHarness.password])
            #expect(entered.status == 303 && entered.location == "/admin/")
            let page = try await browser.get("/admin/").page
            #expect(page.texts.contains("What was typed belongs to another account, and is not shown."))
            let stolen = [
                (name: "csrf", value: try await browser.token()),
                (name: KeptForm.field, value: try #require(entry[KeptForm.field])),
            ]
            #expect(try await browser.post(Self.new, stolen).status == 403)
            // Nor is it shown to the same person at another browser, or for another form.
            let other = try await stand.secondBrowser()
            for path in [Self.new, "/admin/settings/"] {
                let fields = [(name: "csrf", value: try await other.token()), stolen[1]]
                #expect(try await other.post(path, fields).status == 403, "\(path)")
            }
        }
    }

    @Test func `what other sites and other browsers send is not kept`() async throws {
        try await Self.withEndedSession { stand, browser, form in
            let other = try await stand.secondBrowser()
            let foreign = try await other.token()
            let visitor = try await browser.get(Self.signIn).page.forms.first?["csrf"] ?? ""
            for token in ["", "x", foreign, visitor, (form["csrf"] ?? "") + "A"] {
                let answer = try await browser.submit(form, Self.typed.merging(["csrf": token]) { $1 })
                #expect(answer.asksToSignIn && answer.location == "/admin/sign-in/?next=%2Fadmin%2F", "\(token)")
            }
            browser.cookies = [:]
            #expect(try await browser.submit(form, Self.typed).asksToSignIn, "without the visitor's cookie")
        }
    }

    @Test(arguments: Backend.available)
    func `a form that was opened before its reader signed in anew elsewhere is shown once more`(
        _ backend: Backend
    ) async throws {
        try await Self.withEndedSession(backend) { stand, browser, form in
            try await browser.signIn(ShopHarness.adminEmail)
            let shown = try await browser.submit(form, Self.typed)
            #expect(shown.status == 200 && shown.page.texts.contains { $0.hasPrefix("You have signed in anew") })
            #expect(try await Self.rates(stand) == 0)
            let filled = try #require(shown.page.form(to: Self.new))
            #expect(filled["name"] == Self.typed["name"])
            #expect(try await browser.submit(filled).status == 303)
            #expect(try await Self.rates(stand) == 1)
        }
    }

    @Test func `what is too long is not kept, and its reader is told what to do`() async throws {
        try await Self.withEndedSession { _, browser, form in
            let long = String(repeating: "x", count: KeptForm.limit)
            let asked = try await browser.submit(form, Self.typed.merging(["name": long]) { $1 })
            #expect(asked.status == 401 && asked.page.texts.contains { $0.contains("too long") })
            let entry = try #require(asked.page.form(to: Self.signIn))
            #expect(entry[KeptForm.field] == nil)
            #expect(try await browser.submit(entry, Self.admin).location == "/admin/")
            let shown = try await browser.submit(form, Self.typed.merging(["name": long]) { $1 })
            #expect(shown.page.form(to: Self.new)?["name"] == long, "the form is still there")
        }
    }

    @Test func `neither secrets nor files are kept, and settings are as they were typed`() async throws {
        try await Self.withEndedSession(of: "/admin/settings/") { stand, browser, form in
            #expect(form.fields.contains { $0.name == SecretInput.field && $0.value == "EMAIL_HOST_PASSWORD" })
            let typed = ["SHOP_NAME": "Typed", "EMAIL_HOST_PASSWORD": "typed-secret-of-mine"]
            let asked = try await browser.submit(form, typed)
            let entered = try await browser.submit(try #require(asked.page.form(to: Self.signIn)), Self.admin)
            let shown = try await browser.submit(try #require(entered.page.form(to: "/admin/settings/")))
            let filled = try #require(shown.page.form(to: "/admin/settings/"))
            #expect(filled["SHOP_NAME"] == "Typed" && filled["EMAIL_HOST_PASSWORD"] == "")
            #expect(!shown.text.contains("typed-secret-of-mine"))
            #expect(try await browser.submit(filled).status == 303)
            let now = try await browser.get("/admin/settings/").page.form(to: "/admin/settings/")
            #expect(now?["SHOP_NAME"] == "Typed")
        }
    }

    @Test func `every form of a screen is shown again, and does nothing`() async throws {
        try await withAdminWorld(.sqlite) { world in
            let browser = try await world.stand.secondBrowser()
            let token = try await browser.token()
            try await browser.signOut()
            try await browser.signIn(ShopHarness.adminEmail)
            var before = try await world.stand.contents()
            for screen in world.screens {
                let key = try await world.key(of: screen)
                for address in world.calls.addresses(of: screen, key: key) where address.method == "POST" {
                    let answer = try await browser.post(address.path, address.fields + [(name: "csrf", value: token)])
                    // The frame of a preview has no form of its own to show.
                    let isShut = address.path.hasSuffix("/preview/")
                    #expect(isShut ? answer.status == 403 : answer.status < 500, "\(address): \(answer.status)")
                    #expect(!answer.asksToSignIn && answer.status != 401, "\(address): \(answer.status)")
                    let after = try await world.stand.contents()
                    #expect(after == before, "\(address) did something")
                    before = after
                }
            }
        }
    }
}

/// What of a form may be kept.
@Suite struct KeptFormTests {
    @Test func `tokens, passwords and what its page says to be secret are left out`() {
        let sent = SubmittedForm([
            (name: "csrf", value: "t"), (name: "name", value: "A"), (name: "key", value: "s1"),
            (name: "secret-input", value: "key"), (name: "secret-input", value: "password"),
            (name: "password", value: "p"), (name: "row", value: "1"), (name: "row", value: "2"),
            (name: "kept-form", value: "x"),
        ])
        #expect(KeptForm.kept(sent).map(\.name) == ["name", "row", "row"])
    }
}

extension AdminBrowser {
    /// Ends the session, as in another tab.
    func signOut() async throws {
        let form = try #require(try await get("/admin/").page.form(to: "/admin/sign-out/"))
        try #require(try await submit(form).asksToSignIn)
    }
}
