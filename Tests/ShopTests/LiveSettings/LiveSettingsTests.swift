import Commerce
import LiveSettings
import Modules
import Primitives
import SQL
import TestSupport
import Testing

@testable import KontorApp

/// What staff set where the environment leaves it open.
@Suite(.timeLimit(.minutes(10)))
struct LiveSettingsTests {
    private static let path = SettingsTable.path

    @Test func `what a setting is said to be by default is what rooms take without it`() throws {
        let unset = try Self.described([:])
        for setting in ShopSetting.all {
            guard let standard = setting.standard else { continue }
            #expect(try Self.described([setting.key: standard]) == unset, "\(setting.key)")
        }
    }

    private static func described(_ values: [String: String]) throws -> [String] {
        let source = SettingsValues(values)
        let shop = try ShopSettings(source)
        return try [String(describing: shop)] + Rooms.settings.map { String(describing: try $0.init(source, shop)) }
    }

    @Test(arguments: Backend.available)
    func `staff set what the environment leaves open, and it takes effect at once`(_ backend: Backend) async throws {
        try await withShop(backend, settings: ["RETURN_DAYS": "14"]) { stand in
            let admin = try await stand.admin()
            #expect(try await Self.setting("SHOP_NAME", admin)["source"]?.text == "default")
            let changed = try await admin.send(
                "PATCH", Self.path,
                json: [
                    "SHOP_NAME": "Tea & Sons", "TRANSFER_DAYS": 3, "TAX_INCLUSIVE": .bool(true),
                    "SHOP_ADDRESS": .array(["1 Quay", "Hull"]), "COMMISSION_RATE": "0.15",
                ])
            #expect(changed.status == 200 && changed["version"]?.number == 1, "\(changed.text)")
            #expect(changed["is_applied"]?.truth == true)
            let name = try await Self.setting("SHOP_NAME", admin)
            #expect(name["value"]?.text == "Tea & Sons" && name["source"]?.text == "shop")
            #expect(name["default_value"]?.text == "Kontor" && name["is_locked"]?.truth == false)
            #expect(try await Self.setting("SHOP_ADDRESS", admin)["value"]?.elements.count == 2)
            #expect(try await Self.setting("COMMISSION_RATE", admin)["value"]?.text == "0.15")
            #expect(try await Self.setting("TRANSFER_DAYS", admin)["value"]?.number == 3)
            #expect(try await Self.title(stand) == "Tea & Sons")
            let days = try await Self.setting("RETURN_DAYS", admin)
            #expect(days["value"]?.number == 14 && days["source"]?.text == "environment")
            #expect(days["is_locked"]?.truth == true)
            let fixed = try await admin.send("PATCH", Self.path, json: ["RETURN_DAYS": 20])
            #expect(fixed.status == 400 && fixed["RETURN_DAYS"] != nil, "\(fixed.text)")
            let back = try await admin.send("PATCH", Self.path, json: ["SHOP_NAME": .null])
            #expect(back.status == 200 && back["version"]?.number == 2, "\(back.text)")
            #expect(try await Self.title(stand) == "Kontor")
            // A shop that starts over the same database begins with them.
            let next = try await Shop(stand.shop.installation)
            #expect(next.installation.settings.shop.address == ["1 Quay", "Hull"])
            #expect(next.installation.settings.shop.isTaxInclusive)
        }
    }

    @Test(arguments: Backend.available)
    func `what cannot be used is refused by its name, and nothing of the request is saved`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            for (key, value) in Self.faults {
                let body: JSONValue = ["SHOP_NAME": "Never", "EMAIL_HOST": "mail.example.com"]
                let answer = try await admin.send(
                    "PATCH", Self.path, json: .object(body.members.merging([key: value]) { $1 }))
                #expect(answer.status == 400 && answer[key] != nil, "\(key): \(value) \(answer.status) \(answer.text)")
                #expect(answer["SHOP_NAME"] == nil || key == "SHOP_NAME")
            }
            let both = try await admin.send(
                "PATCH", Self.path,
                json: [
                    "EMAIL_HOST": "mail.example.com", "EMAIL_USE_TLS": .bool(true), "EMAIL_USE_SSL": .bool(true),
                ])
            #expect(both.status == 400 && both["EMAIL_USE_TLS"] != nil, "\(both.text)")
            let twilio = try await admin.send("PATCH", Self.path, json: ["SMS_PROVIDER": "twilio"])
            #expect(twilio.status == 400 && twilio["TWILIO_ACCOUNT_SID"] != nil, "\(twilio.text)")
            let now = try await admin.send("GET", Self.path)
            #expect(now["version"]?.number == 0 && now["settings"]?.elements.count == ShopSetting.all.count)
            #expect(try await Self.title(stand) == "Kontor")
        }
    }

    private static let faults: [(String, JSONValue)] = [
        ("SHOP_NAME", "a\nb"), ("SHOP_NAME", .string(String(repeating: "a", count: 101))),
        ("SHOP_ADDRESS", .array(["a;b"])), ("DEFAULT_CURRENCY", "XXZ"), ("TIME_ZONE", "Mars/Base"),
        ("LANGUAGE_CODE", "en_US"), ("TAX_INCLUSIVE", "both"), ("PUBLIC_URL", "https://a.example/shop"),
        ("PUBLIC_URL", "ftp://a.example"), ("FRONTEND_URL", "a.example"), ("FRONTEND_URL", "http://a b"),
        ("EMAIL_HOST", "a b"), ("EMAIL_PORT", 70_000), ("DEFAULT_FROM_EMAIL", "nobody"),
        ("DEFAULT_FROM_EMAIL", "A <a@example.com\r\nBcc: b@example.com>"), ("STAFF_EMAIL", .array(["nobody"])),
        ("STAFF_EMAIL", .array(["a@example.com,b@example.com"])), ("SMS_PROVIDER", "pigeon"),
        ("RESERVATION_MINUTES", 0), ("RESERVATION_MINUTES", "soon"), ("TRANSFER_DAYS", 400), ("COMMISSION_RATE", "2"),
        ("PAYOUT_IBAN", "DE00123"), ("PAYOUT_BIC", "X"), ("SANDBOX_GATEWAY", "perhaps"),
    ]

    @Test(arguments: Backend.available)
    func `the currency is chosen while nothing has a price, and stays afterwards`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let euro = try await admin.send("PATCH", Self.path, json: ["DEFAULT_CURRENCY": "EUR"])
            #expect(euro.status == 200 && euro["is_applied"]?.truth == true, "\(euro.text)")
            _ = try await stand.product("Cup", stock: 1, by: admin)
            #expect(try await Self.setting("DEFAULT_CURRENCY", admin)["is_locked"]?.truth == true)
            let yen = try await admin.send("PATCH", Self.path, json: ["DEFAULT_CURRENCY": "JPY"])
            #expect(yen.status == 400 && yen["DEFAULT_CURRENCY"] != nil, "\(yen.text)")
            let same = try await admin.send("PATCH", Self.path, json: ["DEFAULT_CURRENCY": "EUR"])
            #expect(same.status == 200 && same["version"]?.number == 1)
            let next = try await Shop(stand.shop.installation)
            try await next.identify()
            #expect(next.installation.settings.shop.currency.code == "EUR")
        }
    }

    @Test(arguments: Backend.available)
    func `a secret is sealed in its row and shown to nobody, nor in the audit`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let secret = "the password of the mail server 1a2b"
            let saved = try await admin.send("PATCH", Self.path, json: ["EMAIL_HOST_PASSWORD": .string(secret)])
            #expect(saved.status == 200 && !saved.text.contains(secret), "\(saved.text)")
            let shown = try await Self.setting("EMAIL_HOST_PASSWORD", admin)
            #expect(shown["value"]?["set"]?.truth == true && shown["value"]?["ends"]?.text == "1a2b")
            let row: String? = try await stand.shop.installation.database.read {
                try $0.value("SELECT value FROM shop_settings WHERE name = 'EMAIL_HOST_PASSWORD'")
            }
            #expect(row?.contains("password") == false)
            let next = try await Shop(stand.shop.installation)
            #expect(next.installation.settings.source.text("EMAIL_HOST_PASSWORD") == secret)
            let audit = try await admin.send("GET", "/api/admin/audit/")
            #expect(!audit.text.contains("the password of"))
            let entry = audit["results"]?[0]
            #expect(entry?["after"]?["settings"]?.elements.count == 1 && entry?["before"] != .null)
            let gone = try await admin.send("PATCH", Self.path, json: ["EMAIL_HOST_PASSWORD": .null])
            #expect(gone.status == 200)
            #expect(try await Self.setting("EMAIL_HOST_PASSWORD", admin)["value"] == .null)
        }
    }

    @Test(arguments: Backend.available)
    func `a stolen token does not change where mails and links go`(_ backend: Backend) async throws {
        let clock = MovableClock(startingAt: TimeSource.machine.now)
        try await withShop(backend, time: clock.source) { stand in
            _ = try await stand.admin()
            let login = try await stand.anonymous.send(
                "POST", "/api/auth/login/",
                json: ["email": .string(ShopHarness.adminEmail), "password": .string(ShopHarness.password)])
            clock.advance(by: .minutes(14))
            let fresh = try await stand.anonymous.send(
                "POST", "/api/auth/refresh/", json: ["refresh": try #require(login["refresh"])])
            clock.advance(by: .minutes(2))
            let admin = stand.anonymous.bearing(try #require(fresh["access"]?.text, "\(fresh.text)"))
            let sensitive: [(String, JSONValue)] = [
                ("EMAIL_HOST", "mail.example.com"), ("FRONTEND_URL", "https://evil.example"),
                ("EMAIL_HOST_PASSWORD", "x"), ("PAYOUT_IBAN", "DE89370400440532013000"),
                ("SANDBOX_GATEWAY", .bool(true)), ("GOOGLE_CLIENT_ID", "an app"),
            ]
            for (key, value) in sensitive {
                let refused = try await admin.send("PATCH", Self.path, json: .object([key: value]))
                #expect(refused.status == 400 && refused["password"] != nil, "\(key): \(refused.text)")
            }
            #expect(try await admin.send("PATCH", Self.path, json: ["SHOP_NAME": "Harmless"]).status == 200)
            let proven = try await admin.send(
                "PATCH", Self.path,
                json: ["EMAIL_HOST": "mail.example.com", "password": .string(ShopHarness.password)])
            #expect(proven.status == 200, "\(proven.text)")
        }
    }

    @Test(arguments: Backend.available)
    func `two who change the settings do not overwrite each other`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let first = try await admin.send(
                "PATCH", Self.path, headers: ["If-Match": "\"0\""], json: ["SHOP_NAME": "One"])
            #expect(first.status == 200, "\(first.text)")
            let late = try await admin.send(
                "PATCH", Self.path, headers: ["If-Match": "\"0\""], json: ["SHOP_NAME": "Two"])
            #expect(late.status == 412)
            let answers = try await withThrowingTaskGroup(of: ProbeResponse.self) { group in
                for days in 1...8 {
                    group.addTask {
                        try await admin.send("PATCH", Self.path, json: ["TRANSFER_DAYS": .number("\(days)")])
                    }
                }
                return try await group.reduce(into: [ProbeResponse]()) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == 200 }, "\(answers.map(\.text))")
            #expect(Set(answers.compactMap { $0["version"]?.number }) == Set(2...9))
        }
    }

    @Test(arguments: Backend.available)
    func `what was saved and does not go with the environment is left aside, and nothing else`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let saved = try await admin.send(
                "PATCH", Self.path,
                json: ["SHOP_NAME": "Kept", "EMAIL_HOST": "mail.example.com", "EMAIL_USE_SSL": .bool(true)])
            #expect(saved.status == 200, "\(saved.text)")
            let database = stand.shop.installation.database
            let other = try Installation.ofTest(database, settings: ["EMAIL_USE_TLS": "true"], time: .machine)
            let shop = try await Shop(other)
            #expect(shop.installation.settings.shop.name == "Kept")
            #expect(shop.installation.settings.source.text("EMAIL_USE_SSL") == nil)
            #expect(shop.installation.settings.source.text("EMAIL_HOST") == "mail.example.com")
            let findings = try await DeployCheck.findings(other)
            #expect(findings.contains { $0.key == "EMAIL_USE_TLS" && $0.isError && $0.advice.contains("admin") })
            let own = try await DeployCheck.findings(stand.shop.installation)
            #expect(!own.contains { $0.key == "EMAIL_USE_TLS" && $0.isError })
        }
    }

    @Test(arguments: Backend.available)
    func `a test mail lies in the mailbox, or says what the mail server says`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let kept = try await admin.send("POST", Self.path + "test-mail/", json: ["to": "me@example.com"])
            #expect(kept["is_sent"]?.truth == true && kept["server"] == .null, "\(kept.text)")
            let box = try await admin.send("GET", "/api/admin/mailbox/?to=me@example.com")
            #expect(box["count"]?.number == 1 && box.text.contains("Test mail from Kontor"))
            let set = try await admin.send(
                "PATCH", Self.path,
                json: ["EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 1, "DEFAULT_FROM_EMAIL": "shop@shop.test"])
            #expect(set["is_applied"]?.truth == true, "\(set.text)")
            let lost = try await admin.send("POST", Self.path + "test-mail/", json: ["to": "me@example.com"])
            #expect(lost.status == 200 && lost["is_sent"]?.truth == false, "\(lost.text)")
            #expect(lost["server"]?.text == "127.0.0.1:1" && lost["reason"]?.text?.isEmpty == false)
        }
    }

    static func setting(_ key: String, _ probe: HTTPProbe) async throws -> JSONValue {
        let answer = try await probe.send("GET", path)
        return try #require(answer["settings"]?.elements.first { $0["key"]?.text == key }, "\(answer.text)")
    }

    /// The shop's name, as the document of its API has it.
    static func title(_ stand: ShopHarness) async throws -> String? {
        try await stand.anonymous.send("GET", "/api/schema/")["info"]?["title"]?.text
    }
}
