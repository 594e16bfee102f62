import AppHarness
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Admin
@testable import KontorApp

/// Coming in, and what holds the door.
@Suite(.timeLimit(.minutes(5)))
struct AdminSignInTests {
    private static let secret = SecretKey("a secret of the tests, long enough to be one")

    @Test(arguments: Backend.available)
    func `the first administrator is made by whoever has the code, once`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let browser = stand.browser()
            let first = try await browser.get("/admin/")
            #expect(first.asksToSignIn)
            let welcome = try await first.asRedirect(browser)
            let form = try #require(welcome.page.form(to: "/admin/welcome/"))
            let good = ["setup_code": AdminSeals(Self.secret).setupCode, "email": "first@example.com"]
            for (values, part) in [
                (["setup_code": "x", "email": "first@example.com", "password": ShopHarness.password], "setup_code"),
                (good.merging(["password": "short"]) { $1 }, "password"),
                (good.merging(["email": "nobody", "password": ShopHarness.password]) { $1 }, "email"),
            ] {
                let answer = try await browser.submit(form, values)
                #expect(answer.status == 400, "\(part)")
                #expect(answer.page.tags.contains { $0.attributes["class"] == "error" }, "\(part)")
                #expect(answer.page.form(to: "/admin/welcome/")?["password"] == "", "no password comes back")
            }
            let made = try await browser.submit(form, good.merging(["password": ShopHarness.password]) { $1 })
            #expect(made.status == 303 && made.location.hasPrefix("/admin/") && !made.asksToSignIn)
            #expect(try await browser.get("/admin/").status == 200)
            let second = try await stand.browser().get("/admin/welcome/?code=" + (good["setup_code"] ?? ""))
            #expect(second.asksToSignIn, "there is one already")
            let late = try await browser.submit(
                form, good.merging(["email": "b@example.com", "password": "longenough9"]) { $1 })
            #expect(late.status == 403, "\(late.status)")
        }
    }

    @Test func `of many who want to be the first one gets through`() async throws {
        try await withShop(.sqlite) { stand in
            var ready: [(AdminBrowser, MarkupPage.Form)] = []
            for _ in 0..<8 {
                let browser = stand.browser()
                ready.append((browser, try #require(try await browser.get("/admin/welcome/").page.forms.first)))
            }
            let made = try await withThrowingTaskGroup(of: Int.self) { [ready] group in
                for (number, (browser, form)) in ready.enumerated() {
                    group.addTask {
                        let values = [
                            "setup_code": AdminSeals(Self.secret).setupCode, "email": "a\(number)@example.com",
                            "password": ShopHarness.password,
                        ]
                        let isIn = try await browser.submit(form, values).status == 303
                        return isIn && browser.cookies["kontor_admin"] != nil ? 1 : 0
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(made == 1)
        }
    }

    @Test func `cookies are shut off from scripts and other sites, and over HTTPS from everything else`() async throws {
        for (address, isSecure) in [("", false), ("https://shop.example.com", true)] {
            try await withShop(.sqlite, settings: address.isEmpty ? [:] : ["PUBLIC_URL": address]) { stand in
                _ = try await stand.admin()
                let browser = stand.browser()
                let form = try await browser.get("/admin/sign-in/")
                let sent = try #require(form.page.forms.first)
                let entered = try await browser.submit(
                    sent, ["email": ShopHarness.adminEmail, "password": ShopHarness.password])
                let cookies = (form.response.headers + entered.response.headers).filter {
                    $0.name.lowercased() == "set-cookie"
                }
                #expect(cookies.contains { $0.value.hasPrefix("kontor_admin=") })
                for (_, cookie) in cookies {
                    let parts = cookie.cut(at: ";").map(\.trimmed)
                    for part in ["HttpOnly", "SameSite=Lax", "Path=/admin/"] {
                        #expect(parts.contains(part), "\(cookie)")
                    }
                    #expect(parts.contains("Secure") == isSecure, "\(cookie)")
                    #expect(!parts.contains { $0.hasPrefix("Domain") }, "\(cookie)")
                }
                #expect(!cookies.contains { $0.value.contains(ShopHarness.adminEmail) })
            }
        }
    }

    @Test func `pages say what they may load, are kept by nobody and framed by nobody`() async throws {
        try await withShop(.sqlite) { stand in
            let browser = try await stand.adminBrowser()
            let paths = stand.adminEndpoints.filter { $0.method == .get && !$0.template.contains("{") }.map(\.template)
            for path in paths + ["/admin/tax-rates/", "/admin/tax-rates/new/", "/admin/nothing/"] {
                let response = try await browser.get(path).response
                let policy = response.header("Content-Security-Policy") ?? ""
                for rule in ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"] {
                    #expect(policy.contains(rule), "\(path): \(policy)")
                }
                #expect(!policy.contains("unsafe"), "\(path): \(policy)")
                #expect(response.header("Cache-Control") == "no-store", "\(path)")
                #expect(response.header("X-Frame-Options") == "DENY", "\(path)")
                #expect(response.header("X-Content-Type-Options") == "nosniff", "\(path)")
                #expect(response.header("Referrer-Policy") == "same-origin", "\(path)")
                #expect(
                    response.headers.filter { $0.name.lowercased() == "content-security-policy" }.count == 1, "\(path)")
            }
        }
    }

    @Test func `after signing in nobody is led elsewhere`() async throws {
        let wanted = [
            "https://evil.example/", "//evil.example/", "/\\evil.example", "/admin/\\evil", "/adminevil/",
            "javascript:alert(1)",
            "/admin/\r\nSet-Cookie: x=1", " /admin/", "/admin", "", "/api/auth/profile/", "/admin/sign-in/", "admin/",
            "/admin/%0d%0aX: y", "\t//evil.example", "/admin/../../../evil", "/admin//evil.example/",
        ]
        try await withShop(.sqlite) { stand in
            _ = try await stand.admin()
            for path in wanted {
                let browser = stand.browser()
                let page = try await browser.get("/admin/sign-in/?next=" + PercentEncoding.encode(path)).page
                let form = try #require(page.form(to: "/admin/sign-in/"))
                #expect(form["next"]?.hasPrefix("/admin/") ?? false, "\(path)")
                let values = ["email": ShopHarness.adminEmail, "password": ShopHarness.password, "next": path]
                let answer = try await browser.submit(form, values)
                #expect(answer.status == 303 && answer.location.hasPrefix("/admin/"), "\(path): \(answer.location)")
                #expect(!answer.location.unicodeScalars.contains { $0.value < 0x20 || $0 == "\\" }, "\(path)")
                #expect(answer.response.headers.filter { $0.name.lowercased() == "x" }.isEmpty)
            }
            let browser = try await stand.secondBrowser()
            for path in wanted {
                for (form, name) in [("/admin/language/", "back"), ("/admin/tax-rates/bulk/", "back")] {
                    let fields = [("csrf", try await browser.token()), (name, path), ("language", "en")]
                    let answer = try await browser.post(form, fields.map { (name: $0.0, value: $0.1) })
                    let isInner = answer.location.isEmpty || answer.location.hasPrefix("/admin/")
                    #expect(isInner, "\(form) with \(path): \(answer.location)")
                }
            }
            let inner = stand.browser()
            let form = try #require(
                try await inner.get("/admin/tax-rates/?country=DE").asRedirect(inner).page.forms.first)
            let values = ["email": ShopHarness.adminEmail, "password": ShopHarness.password]
            let answer = try await inner.submit(form, values)
            #expect(answer.location == "/admin/tax-rates/?country=DE", "it leads to what was asked for")
        }
    }

    @Test func `who does not work for the shop is not let in, and keeps no session of it`() async throws {
        try await withShop(.sqlite) { stand in
            _ = try await stand.admin()
            let customer = try await stand.customer("c@example.com")
            let before = try await customer.send("GET", "/api/auth/sessions/")["count"]
            let browser = stand.browser()
            let form = try #require(try await browser.get("/admin/sign-in/").page.forms.first)
            let answer = try await browser.submit(form, ["email": "c@example.com", "password": ShopHarness.password])
            #expect(answer.status == 403 && browser.cookies["kontor_admin"] == nil)
            #expect(answer.page.texts.contains("This account does not work for the shop."))
            #expect(try await customer.send("GET", "/api/auth/sessions/")["count"] == before)
            for values in [
                ["email": ShopHarness.adminEmail, "password": "wrong-password-1"],
                ["email": "nobody@example.com", "password": "x"],
                ["email": "", "password": ""],
            ] {
                let answer = try await browser.submit(form, values)
                #expect([400, 401].contains(answer.status), "\(values): \(answer.status)")
                let again = try #require(answer.page.form(to: "/admin/sign-in/"))
                #expect(again["email"] == values["email"] && again["password"] == "", "\(values)")
                #expect(answer.page.tags.contains { $0.attributes["role"] == "alert" })
            }
        }
    }
}

extension AdminSignInTests {
    @Test(arguments: Backend.available)
    func `a session ends with signing out, with its account, and by itself`(_ backend: Backend) async throws {
        let clock = MovableClock(startingAt: TimeSource.machine.now)
        try await withShop(backend, time: clock.source) { stand in
            let browser = try await stand.adminBrowser()
            let cookie = try #require(browser.cookies["kontor_admin"])
            let out = try #require(try await browser.get("/admin/").page.form(to: "/admin/sign-out/"))
            #expect(try await browser.submit(out).asksToSignIn)
            #expect(browser.cookies["kontor_admin"] == nil)
            browser.cookies["kontor_admin"] = cookie
            #expect(try await browser.get("/admin/").asksToSignIn, "the cookie outlives its session in vain")

            let idle = try await stand.secondBrowser()
            clock.advance(by: .hours(11))
            #expect(try await idle.get("/admin/").status == 200, "within twelve hours")
            clock.advance(by: .hours(11))
            #expect(try await idle.get("/admin/").status == 200, "each page counts")
            clock.advance(by: .hours(13))
            #expect(try await idle.get("/admin/").asksToSignIn, "idle for too long")

            let ended = try await stand.secondBrowser()
            _ = try await stand.shop.installation.database.write {
                try $0.execute("UPDATE users SET role = 'customer' WHERE email = \(ShopHarness.adminEmail)")
            }
            #expect(try await ended.get("/admin/").status == 403, "the role counts as it is now")
            _ = try await stand.shop.installation.database.write {
                try $0.execute(
                    "UPDATE users SET role = 'staff', is_suspended = 1 WHERE email = \(ShopHarness.adminEmail)")
            }
            #expect(try await ended.get("/admin/").asksToSignIn)
        }
    }

    @Test func `a cookie that was changed opens nothing`() async throws {
        try await withShop(.sqlite) { stand in
            let cookie = try #require(try await stand.adminBrowser().cookies["kontor_admin"])
            let parts = cookie.cut(at: ".").map { String($0) }
            let next = parts.count == 3 ? "\(parts[0]).\((Int(parts[1]) ?? 0) + 1).\(parts[2])" : ""
            let wrong = [
                "", ".", "..", next, String(cookie.dropLast()), cookie + "A", "1.1.",
                parts.dropLast().joined(separator: "."),
                String(repeating: "1", count: 5_000), cookie.uppercased(),
            ]
            for value in wrong {
                let browser = stand.browser()
                browser.cookies = ["kontor_admin": value]
                #expect(try await browser.get("/admin/").asksToSignIn, "\(value.prefix(60))")
            }
        }
    }

    @Test func `one's sessions are listed, and another one is ended from there`() async throws {
        try await withShop(.sqlite) { stand in
            let browser = try await stand.adminBrowser()
            let other = try await stand.secondBrowser()
            let page = try await browser.get("/admin/sessions/").page
            let ends = page.forms.filter { $0.action.hasSuffix("/end/") }
            #expect(!ends.isEmpty && page.texts.contains("this one"))
            for form in ends { #expect(try await browser.submit(form).status == 303) }
            #expect(try await other.get("/admin/").asksToSignIn)
            #expect(try await browser.get("/admin/").status == 200)
        }
    }

    @Test func `the language is what was chosen, else the browser's, else the shop's`() async throws {
        for (shop, asked, language) in [
            ("en", "de-AT,de;q=0.9", "de"), ("en", "fr, de;q=0.5", "de"), ("de", "fr", "de"), ("de", "en-GB", "en"),
            ("de", "*", "de"), ("fr", "fr", "en"), ("en", "", "en"), ("de", "DE", "de"),
        ] {
            try await withShop(.sqlite, settings: ["LANGUAGE_CODE": shop]) { stand in
                _ = try await stand.admin()
                let browser = stand.browser(language: asked)
                let page = try await browser.get("/admin/sign-in/").page
                #expect(page.values(of: "lang", in: "html") == [language], "\(shop), \(asked)")
            }
        }
        try await withShop(.sqlite) { stand in
            let browser = try await stand.adminBrowser()
            let form = try #require(try await browser.get("/admin/tax-rates/").page.form(to: "/admin/language/"))
            let answer = try await browser.submit(form, ["language": "de"])
            #expect(answer.location == "/admin/tax-rates/")
            #expect(try await browser.get("/admin/tax-rates/").page.heading == "Steuersätze")
            let strange = try await browser.submit(form, ["language": "../x"])
            #expect(strange.status == 303 && browser.cookies["kontor_language"] == "de")
        }
    }
}

extension ShopHarness {
    /// Returns another browser in which the administrator has signed in.
    func secondBrowser() async throws -> AdminBrowser {
        let browser = browser()
        try await browser.signIn(Self.adminEmail)
        return browser
    }
}

extension AdminBrowser.Answer {
    /// Returns the page that an answer leads to in the end.
    func asRedirect(_ browser: AdminBrowser) async throws -> AdminBrowser.Answer {
        var answer = self
        for _ in 0..<5 where answer.status == 303 { answer = try await browser.follow(answer) }
        return answer
    }
}
