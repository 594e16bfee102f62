import AppHarness
import Primitives
import TestSupport
import Testing

/// Two people at the page of settings.
@Suite(.timeLimit(.minutes(5)))
struct SettingsEditorTests {
    private static let path = "/admin/settings/"

    @Test(arguments: Backend.available)
    func `who sends an old page changes what they changed on it, and nothing else`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let browser = try await stand.adminBrowser()
            let second = try await stand.secondBrowser()
            let mine = try #require(try await browser.get(Self.path).page.form(to: Self.path))
            let theirs = try #require(try await second.get(Self.path).page.form(to: Self.path))
            let values = ["RESERVATION_MINUTES": "45", "SHOP_ADDRESS": "1 Quay\r\nHull"]
            let saved = try await second.submit(theirs, values)
            #expect(saved.status == 303, "\(saved.page.texts)")

            let late = try await browser.submit(mine, ["SHOP_NAME": "Mine", "REVIEWS_AUTO_APPROVE": "true"])
            #expect(late.status == 412)
            let kept = try #require(late.page.form(to: Self.path))
            #expect(kept["SHOP_NAME"] == "Mine" && kept["REVIEWS_AUTO_APPROVE"] == "true", "what was typed is kept")
            #expect(kept["RESERVATION_MINUTES"] == "45", "what was not is what is set by now")
            #expect(kept["version"] == "1")
            let done = try await browser.submit(kept)
            #expect(done.status == 303, "\(done.page.texts)")

            let now = try #require(try await browser.get(Self.path).page.form(to: Self.path))
            #expect(now["SHOP_NAME"] == "Mine" && now["RESERVATION_MINUTES"] == "45")
            #expect(now["SHOP_ADDRESS"]?.replacing("\r\n", with: "\n") == "1 Quay\nHull")
            #expect(now["REVIEWS_AUTO_APPROVE"] == "true")
        }
    }

    /// Scripts that send an old page with the newest version, and forms of another release.
    @Test func `what an old page held is not sent, whatever version it is sent with`() async throws {
        try await withShop(.sqlite) { stand in
            let browser = try await stand.adminBrowser()
            let old = try #require(try await browser.get(Self.path).page.form(to: Self.path))
            #expect(try await browser.submit(old, ["RESERVATION_MINUTES": "45"]).status == 303)
            let sent = try await browser.submit(old, ["version": "1", "SHOP_NAME": "Late"])
            #expect(sent.status == 303, "\(sent.page.texts)")
            let now = try #require(try await browser.get(Self.path).page.form(to: Self.path))
            #expect(now["SHOP_NAME"] == "Late" && now["RESERVATION_MINUTES"] == "45")
        }
    }
}
