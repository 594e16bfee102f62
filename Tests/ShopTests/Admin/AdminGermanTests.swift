import AdminPages
import AppHarness
import HTTPTypes
import TestSupport
import Testing
import Web

@testable import Admin
@testable import KontorApp

/// The admin in German, page by page.
@Suite(.timeLimit(.minutes(10)))
struct AdminGermanTests {
    @Test func `no text that has a German version stands in English on a German page`() async throws {
        try await withAdminWorld(.sqlite) { world in
            let browser = world.stand.browser(language: "de")
            try await browser.signIn(ShopHarness.adminEmail)
            let english = Self.onlyEnglish(world.screens)
            #expect(english.count > 40)
            for path in try await Self.pages(world) {
                let page = try await browser.get(path).page
                #expect(page.values(of: "lang", in: "html") == ["de"], "\(path)")
                let left = page.words.filter { english.contains($0) }
                #expect(left.isEmpty, "\(path): \(Set(left).sorted())")
            }
        }
    }

    @Test func `the headings of a German page are those of its screen`() async throws {
        try await withAdminWorld(.sqlite) { world in
            let browser = world.stand.browser(language: "de")
            try await browser.signIn(ShopHarness.adminEmail)
            for screen in world.screens {
                let page = try await browser.get("/admin/\(screen.name)/").page
                #expect(page.heading == screen.title.german, "\(screen.name): \(page.heading)")
                let heads = Set(page.words)
                for column in screen.columns where !column.isHidden && page.rowCount != 0 {
                    #expect(heads.contains(column.title.german), "\(screen.name): \(column.title.german)")
                }
            }
        }
    }

    /// English texts that no German text equals.
    private static func onlyEnglish(_ screens: [AdminScreen]) -> Set<String> {
        let phrases = screens.flatMap { PhraseWalk(screen: $0).phrases.map(\.phrase) }
        let shared = Words.all(in: .english).keys.compactMap { key -> Phrase? in
            guard let english = Words.all(in: .english)[key], let german = Words.all(in: .german)[key] else {
                return nil
            }
            return Phrase(english, german)
        }
        let pages =
            Self.paired(DashboardWords.texts(in: .english), DashboardWords.texts(in: .german))
            + Self.paired(SectionWords.all(in: .english), SectionWords.all(in: .german))
            + Self.paired(AccountWords.texts(in: .english), AccountWords.texts(in: .german))
        let all = phrases + shared + pages + AdminArea.allCases.map { Words.title(of: $0) }
        let english = Set(all.filter { $0.english != $0.german && $0.english.count > 2 }.map(\.english))
        return english.subtracting(all.map(\.german)).subtracting(["English"])
    }

    private static func paired(_ english: [String: String], _ german: [String: String]) -> [Phrase] {
        english.compactMap { name, text in german[name].map { Phrase(text, $0) } }
    }

    /// Pages of every kind: those without a row, and of each screen its list, its form, a row and what asks before it is done.
    private static func pages(_ world: AdminWorld) async throws -> [String] {
        var pages = world.stand.adminEndpoints.filter { $0.method == .get && !$0.template.contains("{") }.map(
            \.template)
        pages.removeAll { ["/admin/sign-in/", "/admin/welcome/"].contains($0) }
        for screen in world.screens {
            let key = try await world.key(of: screen)
            pages += world.calls.addresses(of: screen, key: key).filter { $0.method == "GET" }.map(\.path)
        }
        return pages.filter {
            !$0.hasSuffix(".csv") && !$0.contains("/files/") && !$0.contains("/sections/") && !$0.contains("/frame/")
                && !$0.hasPrefix("/admin/lookup/")
        }
    }
}
