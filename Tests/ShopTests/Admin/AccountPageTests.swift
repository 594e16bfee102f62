import AppHarness
import HTTPTypes
import KontorApp
import Modules
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Admin
@testable import KontorApp

/// What the staff of a shop do with their own accounts, and how they come by one.
@Suite(.timeLimit(.minutes(5)))
struct AccountPageTests {
    private static let account = "/admin/account/"
    private static let next = "another-horse-8"

    @Test(arguments: Backend.available)
    func `a reader changes name, language and password, and stays signed in`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let (browser, other) = (try await stand.adminBrowser(), try await stand.secondBrowser())
            let page = try await browser.get(Self.account).page
            #expect(page.heading == "Your account" && page.texts.contains(ShopHarness.adminEmail))
            #expect(try await browser.get("/admin/").page.links.contains(Self.account))
            let form = try #require(page.form(to: Self.account))
            let names = ["first_name": "Ada", "last_name": "Boss & Co", "profile.preferred_language": "de"]
            #expect(try await browser.submit(form, names).location == Self.account)
            let shown = try #require(try await browser.get(Self.account).page.form(to: Self.account))
            for (name, value) in names { #expect(shown[name] == value, "\(name)") }
            let late = try await browser.submit(form, ["first_name": "Eve", "last_name": "Boss"])
            #expect(late.status == 412, "somebody else's version: \(late.status)")

            let path = Self.account + "password/"
            let change = try #require(try await browser.get(path).page.form(to: path))
            #expect(change["code"] == nil, "two factors are off")
            let good = [
                "old_password": ShopHarness.password, "new_password": Self.next, "repeat_password": Self.next,
            ]
            for (values, field) in [
                (["old_password": "wrong-one-1"], "old_password"), (["repeat_password": "x"], "repeat_password"),
                (["new_password": "short", "repeat_password": "short"], "new_password"),
            ] {
                let answer = try await browser.submit(change, good.merging(values) { $1 })
                #expect(answer.status == 400, "\(field): \(answer.status)")
                #expect(Self.errors(answer.page) == ["field-\(field)-error"], "\(field): \(answer.page.texts)")
                let secrets = ["old_password", "new_password", "repeat_password"]
                let again = try #require(answer.page.form(to: path))
                #expect(secrets.allSatisfy { again[$0] == "" }, "no password comes back")
            }
            #expect(try await browser.submit(change, good).location == Self.account)
            #expect(try await browser.get("/admin/").status == 200)
            #expect(try await other.get("/admin/").asksToSignIn, "the other session has ended")
            try await stand.browser().signIn(ShopHarness.adminEmail, Self.next)
        }
    }

    @Test(arguments: Backend.available)
    func `two factors are turned on by a code, kept going by backup codes, and turned off`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let browser = try await stand.adminBrowser()
            let (start, code) = (Self.account + "two-factor/", Self.account + "two-factor/code/")
            let begun = try await browser.submit(try #require(try await browser.get(start).page.form(to: start)))
            #expect(begun.status == 200, "\(begun.page.texts)")
            let picture = begun.page.values(of: "src", in: "img").first
            #expect(picture?.hasPrefix("data:image/png;base64,") ?? false)
            #expect(begun.page.dangers.isEmpty && begun.page.faults.isEmpty)
            let secret = try #require(begun.page.texts.first { $0.count > 30 && $0 == $0.uppercased() })
            let form = try #require(begun.page.form(to: code))
            let wrong = try await browser.submit(form, ["code": "no"])
            #expect(wrong.status == 400 && Self.errors(wrong.page) == ["field-code-error"])
            #expect(!wrong.text.contains(secret) && !wrong.text.contains("data:image"), "the secret is shown once")
            let digits = try await TestPython.output(
                "import pyotp, sys; print(pyotp.TOTP(sys.argv[1].replace(' ', '')).now(), end='')", secret)
            let again = try #require(wrong.page.form(to: code))
            let made = try await browser.submit(again, ["code": String(decoding: digits, as: UTF8.self)])
            let codes = Self.codes(made.page)
            #expect(made.status == 200 && codes.count == 10, "\(made.page.texts)")

            let page = try await browser.get(Self.account).page
            #expect(page.texts.contains { $0.contains("Backup codes left: 10 of 10.") })
            #expect(codes.allSatisfy { code in !page.texts.contains { $0.contains(code) } })
            let renewing = Self.account + "backup-codes/"
            let renewal = try #require(try await browser.get(renewing).page.form(to: renewing))
            #expect(try await browser.submit(renewal, ["code": "wrong"]).status == 400)
            let renewed = Self.codes(try await browser.submit(renewal, ["code": codes[0]]).page)
            #expect(renewed.count == 10 && Set(renewed).isDisjoint(with: codes))

            let off = Self.account + "two-factor/off/"
            let ending = try #require(try await browser.get(off).page.form(to: off))
            for values in [
                ["password": "wrong-one-1", "code": renewed[0]], ["password": ShopHarness.password, "code": codes[1]],
                ["password": ShopHarness.password, "code": ""],
            ] {
                let refused = try await browser.submit(ending, values)
                #expect([400, 403].contains(refused.status), "\(values): \(refused.status)")
            }
            let ended = try await browser.submit(
                ending, ["password": ShopHarness.password, "code": renewed[1]])
            #expect(ended.location == Self.account, "\(ended.page.texts)")
            try await stand.browser().signIn(ShopHarness.adminEmail)
        }
    }

    @Test func `another e-mail asks for the password, and is confirmed by the code of the mail`() async throws {
        try await withShop(.sqlite) { stand in
            let browser = try await stand.adminBrowser()
            let path = Self.account + "email/"
            let form = try #require(try await browser.get(path).page.form(to: path))
            let blank = try await browser.submit(form, ["email": "boss@example.org", "password": "wrong-one-1"])
            #expect(blank.status == 400 && Self.errors(blank.page) == ["field-password-error"])
            let values = ["email": "boss@example.org", "password": ShopHarness.password]
            let confirm = Self.account + "confirm/"
            #expect(try await browser.submit(form, values).location == confirm)
            let page = try await browser.get(Self.account).page
            #expect(page.texts.contains("boss@example.org") && page.links.contains(confirm))
            #expect(!page.links.contains(Self.account + "two-factor/"), "the e-mail comes first")
            let entry = try #require(try await browser.get(confirm).page.form(to: confirm))
            #expect(try await browser.submit(entry, ["token": "x"]).status == 400)
            let again = try #require(try await browser.get(confirm).page.form(to: confirm + "mail/"))
            #expect(try await browser.submit(again).location == confirm)
            let token = try await stand.mailedToken(to: "boss@example.org", at: "/verify-email")
            #expect(try await browser.submit(entry, ["token": token]).location == Self.account)
            #expect(try await browser.get(Self.account).page.links.contains(Self.account + "two-factor/"))
        }
    }

    /// The fields that a page says something is wrong with.
    private static func errors(_ page: MarkupPage) -> [String] {
        page.tags.filter { $0.attributes["class"] == "error" }.compactMap { $0.attributes["id"] }
    }

    /// The backup codes of a page.
    private static func codes(_ page: MarkupPage) -> [String] {
        var codes: [String] = []
        var isCode = false
        for part in page.parts {
            switch part {
            case .open(let tag): isCode = tag.name == "code"
            case .text(let text): if isCode { codes.append(text) }
            case .close: isCode = false
            }
        }
        return codes
    }
}

extension AccountPageTests {
    @Test(arguments: Backend.available)
    func `a forgotten password is chosen anew by a mailed link, and nobody learns who has an account`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let old = try await stand.adminBrowser()
            let browser = stand.browser()
            #expect(try await browser.get("/admin/sign-in/").page.links.contains("/admin/forgot/"))
            let form = try #require(try await browser.get("/admin/forgot/").page.form(to: "/admin/forgot/"))
            let asked = try await browser.submit(form, ["email": ShopHarness.adminEmail])
            let unknown = try await browser.submit(form, ["email": "nobody@example.com"])
            #expect(asked.status == 200 && asked.page.texts == unknown.page.texts)
            let bad = try await browser.submit(form, ["email": "x"])
            #expect(bad.status == 400 && bad.page.form(to: "/admin/forgot/")?["email"] == "x")

            let token = try await stand.mailedToken(to: ShopHarness.adminEmail, at: "/admin/reset/")
            let path = "/admin/reset/?token=" + token
            let choice = try #require(try await browser.get(path).page.form(to: "/admin/reset/"))
            for values in [
                ["new_password": Self.next, "repeat_password": "x"],
                ["new_password": "12345678", "repeat_password": "12345678"],
            ] {
                let answer = try await browser.submit(choice, values)
                #expect(answer.status == 400 && Self.errors(answer.page).count == 1, "\(answer.page.texts)")
                #expect(answer.page.form(to: "/admin/reset/")?["new_password"] == "")
            }
            let good = ["new_password": Self.next, "repeat_password": Self.next]
            let chosen = try await browser.submit(choice, good)
            #expect(chosen.asksToSignIn, "\(chosen.page.texts)")
            let entry = try await browser.follow(chosen)
            #expect(entry.page.texts.contains { $0.hasPrefix("Your new password is set.") })
            #expect(try await old.get("/admin/").asksToSignIn)
            try await browser.signIn(ShopHarness.adminEmail, Self.next)
            #expect(try await browser.submit(choice, good).status == 400, "a link is good once")
            #expect(try await browser.get(path).status == 404)
        }
    }

    @Test(arguments: Backend.available)
    func `a colleague is made in the admin, chooses a password by the mail, and may what was ticked`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.adminBrowser()
            let path = "/admin/staff/new/"
            let page = try await admin.get(path).page
            #expect(page.heading == "New member of staff")
            #expect(page.texts.contains("Orders") && page.texts.contains { $0.hasPrefix("See all orders") })
            let form = try #require(page.form(to: path))
            let values = ["email": "cleo@example.com", "first_name": "Cleo", "role": "staff"]
            let blank = try await admin.submit(form, ["email": "x", "first_name": ""])
            #expect(blank.status == 400)
            let made = try await admin.submit(form, values.merging(["permissions": "orders.view"]) { $1 })
            #expect(made.status == 303 && made.location.hasPrefix("/admin/staff/"), "\(made.page.texts)")
            let twice = try await admin.submit(form, values.merging(["permissions": "orders.view"]) { $1 })
            #expect(twice.location == made.location, "a second press makes nobody else")
            let taken = try #require(try await admin.get(path).page.form(to: path))
            #expect(try await admin.submit(taken, values).status == 400, "there is one of this e-mail")

            let token = try await stand.mailedToken(to: "cleo@example.com", at: "/admin/reset/")
            let browser = stand.browser()
            let choice = try #require(
                try await browser.get("/admin/reset/?token=" + token).page.form(to: "/admin/reset/"))
            let chosen = try await browser.submit(
                choice, ["new_password": Self.next, "repeat_password": Self.next])
            #expect(chosen.asksToSignIn)
            try await browser.signIn("cleo@example.com", Self.next)
            #expect(try await browser.get("/admin/orders/").status == 200)
            #expect(try await browser.get("/admin/staff/").status == 403)
            #expect(try await browser.get(path).status == 403)
        }
    }

    @Test func `a customer who comes to work here leads on to their permissions`() async throws {
        try await withShop(.sqlite) { stand in
            let admin = try await stand.adminBrowser()
            _ = try await stand.customer("clerk@example.com")
            let found = try await stand.bearer().send("GET", "/api/users/?search=clerk%40example.com")
            let id = try #require(found["results"]?[0]?["id"]?.number)
            let path = "/admin/customers/\(id)/"
            let form = try #require(try await admin.get(path).page.form(to: path))
            #expect(try await admin.submit(form, ["first_name": "Clea"]).location == path)
            let again = try #require(try await admin.get(path).page.form(to: path))
            let promoted = try await admin.submit(again, ["role": "staff"])
            #expect(promoted.location == "/admin/staff/\(id)/")
            let page = try await admin.follow(promoted).page
            #expect(page.texts.contains("Saved. Now choose here what they may do."))
            let boxes = page.form(to: "/admin/staff/\(id)/")?.controls.filter { $0.name == "permissions" } ?? []
            #expect(boxes.count == stand.shop.modules.permissions.count)
        }
    }
}

extension ShopHarness {
    /// Returns the token of the newest mail to somebody that leads to a page, once there is one.
    fileprivate func mailedToken(to email: String, at page: String) async throws -> String {
        var token: String?
        try await poll("a mail to \(email)") {
            let texts = try await shop.installation.database.read {
                try $0.column(
                    "SELECT text_content FROM mailbox WHERE recipient = \(email) ORDER BY id DESC", as: String.self)
            }
            let line = texts.flatMap { $0.cut(at: "\n") }.first { $0.holds(text: page + "?token=") }
            token = line?.halves(at: "=").1.map { String($0).trimmed }
            return token != nil
        }
        return try #require(token)
    }
}
