import AppHarness
import Commerce
import HTTPTypes
import Messages
import Modules
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Notifications

/// Links in mails that lead to the shop: who made them, whom they concern, and what they count.
@Suite(.timeLimit(.minutes(6)))
struct LinkTests {
    private static let browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

    private static func path(_ url: String) throws -> String {
        try #require(url.hasPrefix(NotificationStand.address), "\(url)")
        return String(url.dropFirst(NotificationStand.address.count))
    }

    @Test(arguments: Backend.available)
    func `mails of a list say how to leave it, and one request without a session does`(_ backend: Backend) async throws
    {
        let lists = [
            ("promotion", "promotional_emails"), ("newsletter", "newsletter"),
            ("product_recommendation", "product_recommendations"), ("price_drop_alert", "price_drop_alerts"),
            ("back_in_stock_alert", "back_in_stock_alerts"),
        ]
        try await NotificationStand.with(backend) { stand in
            let user = NotificationStand.identity(.customer)
            for (type, preference) in lists {
                _ = try await stand.call(
                    .patch, "/api/notifications/preferences/", "{\"\(preference)\": true}", as: user)
                try await stand.enqueue(type)
                try await stand.run()
                let mail = try #require(stand.mails.last?.mail)
                let link = try #require(mail.unsubscribeURL, "\(type)")
                #expect(mail.text.contains(link) && mail.html.contains(link), "\(type)")
                let path = try Self.path(link)
                let page = try await stand.call(.get, path, as: nil)
                let html = String(decoding: page.bytes, as: UTF8.self)
                #expect(page.status == 200 && html.contains("<button") && html.contains("Tea &amp; Co"))
                #expect(page.headers[.contentType]?.hasPrefix("text/html") == true)
                let kept = try await stand.call(.get, "/api/notifications/preferences/", as: user)
                #expect(kept[preference] == .bool(true), "a program that follows links changes nothing")
                let done = try await stand.call(
                    .post, path, "List-Unsubscribe=One-Click", as: nil, type: "application/x-www-form-urlencoded")
                #expect(done.status == 200)
                #expect(try await stand.call(.post, path, as: nil).status == 200, "twice is once")
                let left = try await stand.call(.get, "/api/notifications/preferences/", as: user)
                #expect(left[preference] == .bool(false), "\(type)")
            }
        }
    }

    @Test(
        arguments: [
            ("en", "", "en"), ("de", "", "de"), ("de", "en-GB", "en"), ("en", "de_AT", "de"), ("en", "fr", "en"),
            ("de", "fr", "de"),
        ])
    func `the pages of a link are in the language of its mail`(
        _ shop: String, _ reader: String, _ language: String
    ) async throws {
        try await NotificationStand.with(.sqlite, language: shop) { stand in
            _ = try await stand.database.write {
                try $0.execute("UPDATE user_profiles SET preferred_language = \(reader) WHERE user_id = 1")
            }
            try await stand.enqueue("note")
            try await stand.run()
            #expect(stand.mails.first?.mail.language == language)
            let path = try Self.path(stand.links.unsubscribe(UserID(1), .promotional))
            for (method, words) in [
                (.get, ["en": "Do you want", "de": "Möchten Sie"]),
                (.post, ["en": "You will get no", "de": "Sie bekommen"]),
            ] as [(HTTPRequest.Method, [String: String])] {
                let page = String(decoding: try await stand.call(method, path, as: nil).bytes, as: UTF8.self)
                let said = try #require(words[language])
                #expect(page.contains("<html lang=\"\(language)\">") && page.contains(said), "\(page)")
            }
        }
    }

    @Test func `other mails have no such link, nor have mails to guests`() async throws {
        try await NotificationStand.with(.sqlite) { stand in
            for type in ["note", "order_confirmation", "password_reset", "shipping_update"] {
                try await stand.enqueue(type)
            }
            try await stand.enqueue("price_drop_alert", to: nil)
            try await stand.run()
            #expect(stand.mails.count == 5 && stand.mails.allSatisfy { $0.mail.unsubscribeURL == nil })
        }
    }

    @Test func `a link that the shop has not signed leads nowhere`() async throws {
        try await NotificationStand.with(.sqlite) { stand in
            let foreign = MailLinks(SecretKey("another"), address: try PublicAddress(SettingsValues([:])))
            let good = stand.links.click("job", to: "https://shop.example/")
            let token = try #require(good.split(separator: "/").last.map(String.init))
            let tokens = [
                "x", ".", "a.b", token + "x", "x" + token, String(token.dropLast()),
                String(foreign.click("job", to: "https://evil.example/").split(separator: "/").last ?? ""),
                String(stand.links.open("job").split(separator: "/").last ?? ""),
            ]
            for token in tokens {
                #expect(try await stand.call(.get, "/api/notifications/track/click/\(token)/", as: nil).status == 404)
                #expect(try await stand.call(.get, "/api/notifications/unsubscribe/\(token)/", as: nil).status == 404)
                #expect(try await stand.call(.post, "/api/notifications/unsubscribe/\(token)/", as: nil).status == 404)
            }
            let answer = try await stand.call(.get, try Self.path(good), as: nil)
            #expect(answer.status == 302 && answer.headers[.location] == "https://shop.example/")
        }
    }

    @Test func `only mails to those who allow it are tracked, and none with a secret`() async throws {
        try await NotificationStand.with(.sqlite) { stand in
            let user = NotificationStand.identity(.customer)
            try await stand.enqueue("order_confirmation")
            try await stand.run()
            #expect(stand.mails[0].mail.html.contains("href=\"https://shop.example/p?a=1&amp;b=Ada\""))
            _ = try await stand.call(.patch, "/api/notifications/preferences/", #"{"allow_tracking": true}"#, as: user)
            // One after another: mails that wait together go out side by side.
            for type in ["order_confirmation", "password_reset", "price_drop_alert"] {
                try await stand.enqueue(type)
                try await stand.run()
            }
            let order = stand.mails[1].mail.html
            #expect(
                !order.contains("shop.example/p?") && order.contains("/track/click/") && order.contains("/track/open/"))
            #expect(!stand.mails[2].mail.html.contains("/track/"), "security")
            let leaving = try #require(stand.mails[3].mail.unsubscribeURL)
            #expect(stand.mails[3].mail.html.contains("href=\"\(leaving)\""), "leaving is not tracked")
            #expect(!stand.mails[1].mail.text.contains("/track/"))
        }
    }

    /// A request for a link: seconds after the mail was sent, the agent, another header, and whether it counts.
    private static let requests: [(seconds: Int64, agent: String, header: String?, counts: Bool)] = [
        (60, browser, nil, true), (10, browser, nil, true), (9, browser, nil, false), (0, browser, nil, false),
        (60, "", nil, false), (60, "Mozilla/5.0", nil, false), (60, "Barracuda Sentinel (EE)", nil, false),
        (60, "Mozilla/5.0 (compatible; bingbot/2.0)", nil, false), (60, "curl/8.1", nil, false),
        (60, "python-requests/2.32", nil, false), (60, browser, "Purpose", false), (60, browser, "Sec-Purpose", false),
        (60, browser, "X-Moz", false),
        (60, "Mozilla/5.0 (Windows NT 5.1) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)", nil, true),
    ]

    @Test(arguments: Backend.available)
    func `opens and clicks are people's, once each`(_ backend: Backend) async throws {
        for (seconds, agent, header, counts) in Self.requests {
            try await NotificationStand.with(backend) { stand in
                let user = NotificationStand.identity(.customer)
                let path = "/api/notifications/preferences/"
                _ = try await stand.call(.patch, path, #"{"allow_tracking": true}"#, as: user)
                try await stand.enqueue("order_confirmation")
                try await stand.run()
                let job = try #require(stand.mails.last?.id)
                stand.clock.advance(by: .seconds(seconds))
                var headers: HTTPFields = [.userAgent: agent]
                if let header, let name = HTTPField.Name(header) { headers[name] = "prefetch" }
                let open = try await stand.call(.get, try Self.path(stand.links.open(job)), as: nil, headers: headers)
                #expect(
                    open.status == 200 && open.headers[.contentType] == "image/gif"
                        && open.bytes.prefix(3) == Array("GIF".utf8)[...])
                let opened = try #require(try await stand.logs().first)
                #expect((opened.openedAt != nil) == counts && opened.clickedAt == nil, "\(seconds) \(agent)")
                let click = try Self.path(stand.links.click(job, to: "https://shop.example/x"))
                #expect(try await stand.call(.get, click, as: nil, headers: headers).status == 302)
                if counts {
                    stand.clock.advance(by: .seconds(5))
                    _ = try await stand.call(.get, click, as: nil, headers: headers)
                }
                let clicked = try #require(try await stand.logs().first)
                #expect((clicked.clickedAt != nil) == counts && clicked.openedAt == opened.openedAt)
                #expect(!counts || clicked.clickedAt == NotificationStand.start + .seconds(seconds))
            }
        }
    }

    @Test func `who no longer allows it is not counted any more`() async throws {
        try await NotificationStand.with(.sqlite) { stand in
            let (user, path) = (NotificationStand.identity(.customer), "/api/notifications/preferences/")
            _ = try await stand.call(.patch, path, #"{"allow_tracking": true}"#, as: user)
            try await stand.enqueue("note")
            try await stand.run()
            _ = try await stand.call(.patch, path, #"{"allow_tracking": false}"#, as: user)
            stand.clock.advance(by: .hours(1))
            let open = try Self.path(stand.links.open(try #require(stand.mails.last?.id)))
            #expect(try await stand.call(.get, open, as: nil, headers: [.userAgent: Self.browser]).status == 200)
            #expect(try await stand.logs().first?.openedAt == nil)
        }
    }
}
