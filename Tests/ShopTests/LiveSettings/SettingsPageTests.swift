import Commerce
import LiveSettings
import Modules
import Primitives
import TestSupport
import Testing
import Web

@testable import KontorApp

/// The first run and the settings' page, as a browser without scripts sees them.
@Suite(.timeLimit(.minutes(10)))
struct SettingsPageTests {
    private static let path = "/admin/settings/"

    @Test(arguments: Backend.available)
    func `the first administrator comes by the printed link, and is led to the settings`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend, settings: ["RETURN_DAYS": "14"]) { stand in
            var browser = PageReader(port: stand.anonymous.port)
            let link = try #require(try await stand.shop.welcomePath())
            let welcome = try await browser.get(link)
            #expect(welcome.status == 200)
            let code = try #require(link.split(separator: "=").last)
            let made = try await browser.post(
                "/admin/welcome/", after: welcome,
                ["setup_code": String(code), "email": ShopHarness.adminEmail, "password": ShopHarness.password])
            #expect(made.status == 303 && made.header("Location") == Self.path, "\(made.text)")
            #expect(try await stand.shop.welcomePath() == nil)
            let page = try await browser.get(Self.path)
            #expect(page.status == 200 && page.text.contains("Your account is made"), "\(page.text)")
            #expect(page.text.contains("Set by the environment (RETURN_DAYS)."))
            #expect(!page.text.contains("name=\"RETURN_DAYS\""))
            #expect(page.text.contains("name=\"RESERVATION_MINUTES\" value=\"30\""))
            let saved = try await browser.post(
                Self.path, after: page,
                [
                    "version": "0", "SHOP_NAME": "Tea & <Sons>", "DEFAULT_CURRENCY": "EUR", "TIME_ZONE": "UTC",
                    "SHOP_ADDRESS": "1 Quay\r\nHull", "RESERVATION_MINUTES": "45", "COMMISSION_RATE": "12.5",
                    "REVIEWS_AUTO_APPROVE": "true",
                ])
            #expect(saved.status == 303, "\(saved.text)")
            let after = try await browser.get(Self.path)
            #expect(after.text.contains("Tea &amp; &lt;Sons&gt;") && !after.text.contains("<Sons>"))
            #expect(after.text.contains("name=\"RESERVATION_MINUTES\" value=\"45\""))
            let shop = try await Shop(stand.shop.installation).installation.settings
            #expect(shop.shop.currency.code == "EUR" && shop.shop.address == ["1 Quay", "Hull"])
            #expect(shop.source.text("COMMISSION_RATE") == "0.125")
            #expect(shop.source.text("REVIEWS_AUTO_APPROVE") == "true")
            // What was left alone is no row.
            let rows = [
                "COMMISSION_RATE", "DEFAULT_CURRENCY", "RESERVATION_MINUTES", "REVIEWS_AUTO_APPROVE", "SHOP_ADDRESS",
                "SHOP_NAME",
            ]
            #expect(shop.source.saved.names == rows)
        }
    }

    @Test(arguments: Backend.available)
    func `what is refused stands at its field, and nothing typed is lost`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            var browser = try await PageReader.signedIn(stand)
            let page = try await browser.get(Self.path)
            let wrong = try await browser.post(
                Self.path, after: page,
                [
                    "version": "0", "SHOP_NAME": "Typed", "RESERVATION_MINUTES": "0", "EMAIL_HOST": "mail.example.com",
                    "EMAIL_HOST_PASSWORD": "typed-secret-of-mine",
                ])
            #expect(wrong.status == 400 && wrong.text.contains("value=\"Typed\""), "\(wrong.text)")
            #expect(wrong.text.contains("field-RESERVATION_MINUTES-error"))
            #expect(wrong.text.contains("Enter a whole number: 1–525600."))
            #expect(!wrong.text.contains("typed-secret-of-mine") && wrong.text.contains("Please enter this once more."))
            let stale = try await browser.post(Self.path, after: page, ["version": "7", "SHOP_NAME": "Late"])
            #expect(stale.status == 412 && stale.text.contains("value=\"Late\""))
            let forged = try await browser.post(Self.path, after: nil, ["version": "0", "SHOP_NAME": "Forged"])
            #expect(forged.status == 403)
            #expect(try await LiveSettingsTests.title(stand) == "Kontor")
        }
    }

    @Test(arguments: Backend.available)
    func `a secret is set, shown as set, and removed`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            var browser = try await PageReader.signedIn(stand)
            let page = try await browser.get(Self.path)
            let name = "EMAIL_HOST_PASSWORD"
            let saved = try await browser.post(
                Self.path, after: page, ["version": "0", name: "a password of twenty letters"])
            #expect(saved.status == 303, "\(saved.text)")
            let shown = try await browser.get(Self.path)
            #expect(shown.text.contains("Set, ends in ters.") && !shown.text.contains("twenty"))
            let kept = try await browser.post(Self.path, after: shown, ["version": "1", name: ""])
            #expect(kept.status == 303)
            let source = try await Shop(stand.shop.installation).installation.settings.source
            #expect(source.text(name) == "a password of twenty letters")
            let removed = try await browser.post(Self.path, after: shown, ["version": "1", name + ".clear": "true"])
            #expect(removed.status == 303, "\(removed.text)")
            let left = try await Shop(stand.shop.installation).installation.settings.source
            #expect(left.text(name) == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `a test mail is sent from the page`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            var browser = try await PageReader.signedIn(stand)
            let page = try await browser.get(Self.path)
            let sent = try await browser.post(Self.path + "test-mail/", after: page, ["to": "me@example.com"])
            #expect(sent.status == 303, "\(sent.text)")
            #expect(try await browser.get(Self.path).text.contains("the mail to me@example.com is in the mailbox"))
            let wrong = try await browser.post(Self.path + "test-mail/", after: page, ["to": "nobody"])
            #expect(wrong.text.contains("Enter a valid email address."))
        }
    }

    @Test func `every setting has a name in the admin`() async throws {
        try await withShop(.sqlite) { stand in
            var browser = try await PageReader.signedIn(stand)
            let page = try await browser.get(Self.path)
            #expect(!page.text.contains("<h2>More</h2>"))
            let admin = try await stand.admin()
            for setting in try await admin.send("GET", SettingsTable.path)["settings"]?.elements ?? [] {
                let key = try #require(setting["key"]?.text)
                #expect(page.text.contains("name=\"\(key)\""), "\(key)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `staff without the permission see no settings`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let cast = try await TestAccounts(stand)
            var browser = try await PageReader.signedIn(stand, as: "clerk@example.com")
            #expect(try await browser.get(Self.path).status == 403)
            _ = cast
        }
    }
}

/// Reads pages of the admin and sends their forms, with the cookies that it was given.
private struct PageReader {
    private let probe: HTTPProbe
    private var cookies: [String: String] = [:]

    init(port: Int) {
        probe = HTTPProbe(port: port, headers: ["Accept-Language": "en"])
    }

    /// Returns a reader who has signed in; the administrator unless another is named.
    static func signedIn(_ stand: ShopHarness, as email: String = ShopHarness.adminEmail) async throws -> PageReader {
        if email == ShopHarness.adminEmail { _ = try await stand.admin() }
        var reader = PageReader(port: stand.anonymous.port)
        let page = try await reader.get("/admin/sign-in/")
        let entered = try await reader.post(
            "/admin/sign-in/", after: page, ["email": email, "password": ShopHarness.password])
        try #require(entered.status == 303, "\(entered.text)")
        return reader
    }

    mutating func get(_ path: String) async throws -> ProbeResponse {
        take(try await probe.send("GET", path, headers: sent))
    }

    /// Sends a form with the token of the page that it stood on; without one where there is no page.
    mutating func post(
        _ path: String, after page: ProbeResponse?, _ fields: [String: String]
    ) async throws -> ProbeResponse {
        let token = page?.text.firstMatch(of: /name="csrf" value="([^"]*)"/).map { String($0.1) }
        let all = fields.merging(token.map { ["csrf": $0] } ?? [:]) { $1 }
        let body = all.map { "\(PercentEncoding.encode($0.key))=\(PercentEncoding.encode($0.value))" }
        return take(
            try await probe.send(
                "POST", path,
                headers: sent.merging(["Content-Type": "application/x-www-form-urlencoded"]) { $1 },
                body: Array(body.joined(separator: "&").utf8)))
    }

    private var sent: [String: String] {
        ["Cookie": cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")]
    }

    private mutating func take(_ answer: ProbeResponse) -> ProbeResponse {
        for header in answer.headers where header.name.lowercased() == "set-cookie" {
            let pair = header.value.split(separator: ";").first?.split(separator: "=", maxSplits: 1) ?? []
            guard let name = pair.first else { continue }
            cookies[String(name)] = pair.count > 1 ? String(pair[1]) : nil
        }
        return answer
    }
}
