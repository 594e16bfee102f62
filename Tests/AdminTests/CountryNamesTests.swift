import AdminPages
import AppHarness
import Commerce
import HTTPTypes
import Primitives
import Testing
import Web

@testable import Admin

/// Countries, which people choose by their names.
@Suite struct CountryNamesTests {
    @Test func `every country of the addresses has a name in each language, and none is there twice`() {
        let letters = (0x41...0x5A).compactMap { Unicode.Scalar($0).map { String($0) } }
        let codes = Set(letters.flatMap { first in letters.compactMap { Country.code(first + $0) } })
        for language in AdminLanguage.allCases {
            let entries = CountryNames.all(in: language)
            #expect(entries.count == codes.count && Set(entries.map(\.code)) == codes, "\(language)")
            #expect(Set(entries.map(\.name)).count == entries.count, "\(language)")
        }
        #expect(CountryNames.name(of: "DE", in: .german) == "Deutschland")
        #expect(CountryNames.name(of: "DE", in: .english) == "Germany")
        #expect(CountryNames.name(of: "XX", in: .english) == nil)
    }

    @Test(
        arguments: [
            (AdminLanguage.english, ["Austria", "Azerbaijan", "Germany", "Ghana", "Zimbabwe"]),
            (.german, ["Ägypten", "Albanien", "Oman", "Österreich", "Zypern"]),
        ] as [(AdminLanguage, [String])])
    func `names stand in the order of the language`(_ language: AdminLanguage, _ expected: [String]) {
        let names = CountryNames.all(in: language).map(\.name)
        #expect(names.filter { expected.contains($0) } == expected)
    }

    private static let screen = TrialSite.screen.with {
        $0.form = AdminForm([
            AdminField("name", Phrase("Name", "Name"), .text, isRequired: true),
            AdminField("price", Phrase("Price", "Preis"), .money, isRequired: true).with { $0.standard = "1" },
            AdminField("note", Phrase("Country", "Land"), .country),
            AdminField("tags", Phrase("Countries", "Länder"), .countries),
        ])
        $0.columns = [.country("note", Phrase("Country", "Land")), .country("tags", Phrase("Countries", "Länder"))]
    }

    @Test func `a form offers names and sends codes, and the list shows the names`() async throws {
        try await withTrialSite(screens: [Self.screen]) { trial in
            let path = "/admin/trials/new/"
            let form = try #require(try await trial.get(path, language: "de").page.form(to: path))
            let country = try #require(form.controls.first { $0.name == "note" })
            #expect(country.kind == "select" && country.options.contains("DE"))
            let sent = [("name", "A"), ("price", "1"), ("note", "DE"), ("tags", "AT"), ("tags", "CH")]
            #expect(try await trial.post(path, sent).status == 303)
            #expect(trial.store[1]?.note == "DE" && trial.store[1]?.tags == ["AT", "CH"])
            let list = try await trial.get("/admin/trials/", language: "de").page
            #expect(list.texts.contains("Deutschland") && list.texts.contains("Österreich, Schweiz"), "\(list.texts)")
            let page = try await trial.get("/admin/trials/1/").page
            let edit = try #require(page.form(to: "/admin/trials/1/"))
            #expect(edit["note"] == "DE" && edit.fields.filter { $0.name == "tags" }.map(\.value) == ["AT", "CH"])
        }
    }

    @Test func `what names no country stays where it was entered`() async throws {
        try await withTrialSite(screens: [Self.screen]) { trial in
            let path = "/admin/trials/new/"
            let answer = try await trial.post(path, [("name", ""), ("note", "Atlantis")])
            #expect(answer.status == 400 && answer.page.form(to: path)?["note"] == "Atlantis")
        }
    }
}
