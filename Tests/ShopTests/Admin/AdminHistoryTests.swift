import AdminPages
import AppHarness
import HTTPTypes
import Modules
import Primitives
import TestSupport
import Testing
import Web

@testable import Admin
@testable import KontorApp

/// The audit in words, and the history on the pages of rows.
@Suite(.timeLimit(.minutes(5)))
struct AdminHistoryTests {
    private static let rates = "/admin/tax-rates/"
    private static let germany = ["name": "Germany", "country": "DE", "rate": "19", "tax_class": "standard"]

    @Test(arguments: Backend.available)
    func `a row's page says who did what to it, the newest first, and leads to more`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let browser = try await stand.adminBrowser()
            let form = try #require(try await browser.get(Self.rates + "new/").page.form(to: Self.rates + "new/"))
            let path = try await browser.submit(form, Self.germany).location
            let next = try #require(try await browser.get(Self.rates + "new/").page.form(to: Self.rates + "new/"))
            let other = Self.germany.merging(["name": "Other", "tax_class": "books"]) { $1 }
            #expect(try await browser.submit(next, other).status == 303)
            for rate in ["16", "7,50"] {
                let edit = try #require(try await browser.get(path).page.form(to: path))
                #expect(try await browser.submit(edit, ["rate": rate]).status == 303)
            }
            let page = try await browser.get(path).page
            let deeds = page.texts.filter { $0.hasPrefix("Tax rate Germany: ") }
            #expect(
                deeds == ["changed", "changed", "created"].map { "Tax rate Germany: " + $0 }, "\(page.texts)")
            let changes = page.texts.filter { $0.contains(" → ") }
            #expect(changes == ["Rate: 16% → 7.5%", "Rate: 19% → 16%"], "\(changes)")
            let link = try #require(page.links.first { $0.hasPrefix("/admin/audit/?about=") })
            let list = try await browser.get(link)
            #expect(list.status == 200 && list.page.texts.filter { $0.hasPrefix("Tax rate Germany: ") }.count >= 3)
            #expect(
                !list.page.texts.contains { $0.contains("Tax rate Other") }, "what was done to others is not listed")
            let csv = try await browser.get(link.replacing("/?", with: "/export.csv?")).text
            #expect(csv.contains("Tax rate Germany: changed") && csv.contains("Rate: 16% → 7.5%"), "\(csv)")
            let start = "/admin/audit/"
            let entry = try #require(
                page.links.first { $0.hasPrefix(start) && $0.dropFirst(start.count).first?.isNumber ?? false })
            let shown = try await browser.get(entry).page
            #expect(shown.heading.contains("Tax rate Germany: changed"))
            for text in ["Rate", "16%", "7.5%"] { #expect(shown.texts.contains(text), "\(text): \(shown.texts)") }
            let question = try #require(try await browser.get(path + "delete/").page.form(to: path + "delete/"))
            #expect(try await browser.submit(question).status == 303)
            let all = try await browser.get("/admin/audit/").page
            #expect(all.texts.contains { $0.hasSuffix(": deleted") } && all.texts.contains("Tax rate Other: created"))
        }
    }

    @Test func `who may not read the audit sees no history`() async throws {
        try await withShop(.sqlite, settings: PaymentsTable.settings) { stand in
            let world = try await AdminWorld(stand)
            let made = try await world[.admin].get(Self.rates + "new/").page.form(to: Self.rates + "new/")
            let path = try await world[.admin].submit(try #require(made), Self.germany).location
            #expect(try await world[.admin].get(path).page.texts.contains("History"))
            try await world.grant([.staff("settings.edit")])
            let page = try await world[.exact].get(path)
            #expect(page.status == 200 && !page.page.texts.contains("History"), "\(page.status)")
        }
    }

    @Test func `whatever staff change has words in both languages`() async throws {
        try await withShop(.sqlite) { stand in
            let deeds = Deeds(stand.shop.modules.screens)
            for endpoint in stand.shop.modules.endpoints.flatMap(\.endpoints) where endpoint.method != .get {
                guard endpoint.access.isChangedByStaff else { continue }
                let phrase = deeds.title(endpoint.method.rawValue, endpoint.template)
                let shape = "\(endpoint.method.rawValue) \(endpoint.template)"
                #expect(phrase.english != phrase.german, "\(shape): \(phrase)")
            }
        }
    }
}

extension Access {
    /// Whether staff call it.
    fileprivate var isChangedByStaff: Bool {
        switch self {
        case .staff, .vendorOr, .admin: true
        case .anyone, .optionalUser, .user, .userOr: false
        }
    }
}
