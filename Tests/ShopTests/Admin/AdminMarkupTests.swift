import AdminPages
import AppHarness
import HTTPTypes
import Primitives
import TestSupport
import Testing
import Web

/// Texts of people that would be markup, on every page that staff see.
@Suite(.timeLimit(.minutes(10)))
struct AdminMarkupTests {
    @Test(arguments: Backend.available)
    func `what staff, customers, vendors and browsers write is text on every page`(_ backend: Backend) async throws {
        try await withAdminWorld(backend) { world in
            let pages = try await world.pages()
            var entry = HostileEntry(world)
            for screen in world.screens { try await entry.enter(into: screen) }
            let screens = Set(entry.taken.compactMap { $0.split(separator: " ").first })
            #expect(screens.count > 6 && entry.taken.contains { $0.contains(" new ") }, "\(entry.taken.sorted())")
            for place in ["form", "cell", "action"] {
                #expect(entry.taken.contains { $0.contains(" \(place) ") }, "\(place): \(entry.taken.sorted())")
            }
            let written = try await world.poison()
            #expect(written > 200, "values of the database that are hostile texts: \(written)")
            var walk = HostileWalk(world)
            try await walk.walk(pages)
            #expect(walk.shown.count > 30, "\(walk.shown.sorted())")
        }
    }

    @Test func `what a shop is called and set to is text`() async throws {
        try await withShop(.sqlite, settings: ["SHOP_NAME": HostileText.all[0]]) { stand in
            let path = "/admin/settings/"
            let browser = try await stand.adminBrowser()
            PageCheck.expectSound(try await stand.browser().get("/admin/sign-in/"), "the sign-in")
            let page = try await browser.get("/admin/").page
            #expect(page.words.contains { $0.contains(HostileText.all[0]) }, "the name is shown: \(page.words)")
            let texts = try #require(try await browser.get(path).page.form(to: path)).controls.filter {
                ["text", "textarea"].contains($0.kind)
            }
            var taken: [String] = []
            for (place, name) in texts.map(\.name).enumerated() {
                // Some of them ask who is there.
                let form = try #require(try await browser.get(path).page.form(to: path))
                taken += try await HostileForm(browser: browser, round: place).send(
                    form, [name], beside: ["password": ShopHarness.password])
            }
            #expect(!taken.isEmpty, "no setting took a text")
            let answer = try await browser.get(path)
            for name in taken {
                let shown = answer.page.form(to: path)?[name] ?? ""
                #expect(HostileText.isIn(shown), "\(name) is \(shown)")
            }
            for path in [path, "/admin/", "/admin/api/", "/admin/stocktake/", "/admin/orders/"] {
                PageCheck.expectSound(try await browser.get(path), path)
            }
        }
    }

    @Test func `a search, a filter and an address give nothing back but text`() async throws {
        try await withAdminWorld(.sqlite) { world in
            let ofScreens = world.screens.flatMap { screen in
                ["search", "ordering", "page", "column.x"].map { "/admin/\(screen.name)/?\($0)=" }
                    + screen.filters.map { "/admin/\(screen.name)/?\($0.name)=" }
                    + ["/admin/lookup/\(screen.name)/?q="]
            }
            let ofReports = ["group_by", "from", "drawn"].map { "/admin/reports/sales/?\($0)=" }
            let own = ["/admin/search/?q=", "/admin/sign-in/?next=", "/admin/welcome/?code=", "/admin/reset/?token="]
            for (place, path) in (ofScreens + ofReports).enumerated() {
                // Lists are made by one page of all: each gives two of the texts back.
                for step in 0..<2 { try await expectText(path, HostileText.text(place + step * 7), world) }
            }
            for text in HostileText.all {
                for path in own { try await expectText(path, text, world) }
                let encoded = PercentEncoding.encode(text)
                for path in ["/admin/\(encoded)/", "/admin/orders/\(encoded)/", "/admin/\(encoded)/do/\(encoded)/"] {
                    let answer = try await world[.admin].get(path)
                    #expect([303, 404, 400].contains(answer.status), "\(path): \(answer.status)")
                    PageCheck.expectSound(answer, path)
                }
            }
        }
    }

    private func expectText(_ path: String, _ text: String, _ world: AdminWorld) async throws {
        let answer = try await world[.admin].get(path + PercentEncoding.encode(text))
        #expect(answer.status < 500, "\(path)\(text)")
        PageCheck.expectSound(answer, path + text)
    }

    @Test func `a notice that a browser brings is text`() async throws {
        try await withShop(.sqlite) { stand in
            let browser = try await stand.adminBrowser()
            for text in HostileText.all {
                browser.cookies["kontor_notice"] = Base64URL.encode(Array(text.utf8))
                let answer = try await browser.get("/admin/")
                PageCheck.expectSound(answer, "a notice")
                #expect(answer.page.texts.contains { $0.contains("zq") }, "\(text)")
            }
        }
    }
}
