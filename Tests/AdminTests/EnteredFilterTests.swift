import AdminPages
import AppHarness
import Testing

@testable import Admin

/// Filters that are entered by the name of a row, or as a number of the reader's language.
@Suite struct EnteredFilterTests {
    /// The least price is asked by the id of a row, which is as good as any other parameter.
    private static let screen = TrialSite.screen.with {
        $0.filters = [AdminFilter("min_price", Phrase("Like", "Wie"), .named(screen: "trials", value: "id"))]
    }
    private static let path = "/admin/trials/"

    private static func withRows(_ body: (TrialSite) async throws -> Void) async throws {
        try await withTrialSite(screens: [screen]) { trial in
            for (place, name) in ["Ada", "Bea", "Beate"].enumerated() {
                trial.store.add(TrialStore.Trial(name: name, price: Int64(place + 1) * 100))
            }
            try await body(trial)
        }
    }

    @Test func `the endpoint is asked by the key of the row that is named, and the name is shown`() async throws {
        try await Self.withRows { trial in
            for entered in ["Bea", "bea", "2", "%20Bea%20"] {
                let page = try await trial.get(Self.path + "?min_price=" + entered).page
                let rows = page.links.filter { ["1/", "2/", "3/"].map { Self.path + $0 }.contains($0) }
                #expect(rows == [Self.path + "2/", Self.path + "3/"], "\(entered): \(rows)")
            }
            let page = try await trial.get(Self.path + "?min_price=3").page
            #expect(page.texts.count { $0 == "Beate" } == 2, "in the list and at the filter: \(page.texts)")
            let csv = try await trial.get(Self.path + "export.csv?min_price=Beate").text
            #expect(csv.contains("Beate") && !csv.contains("Ada"), "\(csv)")
        }
    }

    @Test func `what names no row or several is refused at the filter, and nothing is shown`() async throws {
        try await Self.withRows { trial in
            for (entered, reason) in [
                ("nobody", "Nothing is found by this."), ("be", "Several fit: choose one, or enter more of it."),
                ("99", "Nothing is found by this."),
            ] {
                let page = try await trial.get(Self.path + "?min_price=" + entered).page
                #expect(page.texts.contains(reason), "\(entered): \(page.texts)")
                #expect(!page.links.contains(Self.path + "2/"), "\(entered)")
                let csv = try await trial.get(Self.path + "export.csv?min_price=" + entered)
                #expect(csv.status == 400, "\(entered)")
            }
        }
    }

    @Test func `a number is asked for as the page shows it, and refused where it may be one of two`() async throws {
        try await withTrialSite { trial in
            for (name, price) in [("Cheap", 123_455), ("Dear", 123_456)] {
                trial.store.add(TrialStore.Trial(name: name, price: Int64(price)))
            }
            for (entered, language) in [("1.234,56", "de"), ("1234.56", "de"), ("1,234.56", "en"), ("1234,56", "en")] {
                let query = "?min_price=" + entered
                let page = try await trial.get(Self.path + query, language: language).page
                #expect(page.texts.contains("Dear") && !page.texts.contains("Cheap"), "\(entered): \(page.texts)")
                #expect(page.tags.contains { $0.attributes["value"] == entered }, "what was typed stands there")
                let csv = try await trial.get(Self.path + "export.csv" + query, language: language).text
                #expect(csv.contains("Dear") && !csv.contains("Cheap"), "\(entered): \(csv)")
            }
            for (entered, language, reason) in [
                ("1.234", "de", "Das kann 1234 oder 1,234 sein."), ("1,234", "en", "This may be 1234 or 1.234."),
            ] {
                let page = try await trial.get(Self.path + "?min_price=" + entered, language: language).page
                #expect(page.texts.contains { $0.hasPrefix(reason) }, "\(page.texts)")
                #expect(page.tags.contains { $0.attributes["value"] == entered })
                let csv = try await trial.get(Self.path + "export.csv?min_price=" + entered, language: language)
                #expect(csv.status == 400, "\(entered)")
            }
        }
    }

    @Test func `of several rows each is a link away`() async throws {
        try await Self.withRows { trial in
            let page = try await trial.get(Self.path + "?min_price=be&ordering=-name").page
            let links = page.links.filter { $0.hasPrefix(Self.path + "?") && $0.contains("min_price=") }
            for id in ["2", "3"] {
                let link = try #require(links.first { $0.contains("min_price=\(id)") }, "\(links)")
                #expect(link.contains("ordering=-name"), "what was chosen stays")
                #expect(try await trial.get(link).status == 200)
            }
            #expect(page.texts.contains("Bea") && page.texts.contains("Beate"))
        }
    }

    @Test func `names are offered, and the key where several have one`() async throws {
        try await Self.withRows { trial in
            trial.store.add(TrialStore.Trial(name: "Ada"))
            let offered = try await trial.get("/admin/lookup/trials/?value=id&by=name&q=").text
            #expect(offered.contains(#""value":"Bea""#) && offered.contains(#""value":"1""#), "\(offered)")
            let keys = try await trial.get("/admin/lookup/trials/?value=id&by=choice&q=").text
            #expect(keys.contains(#""key":"2""#) && keys.contains(#""value":"Bea""#), "\(keys)")
        }
    }
}
