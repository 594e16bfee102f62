import AdminPages
import AppHarness
import Testing

@testable import Admin

/// Fields of forms that name a row among many: people type what they have in hand.
@Suite struct RowEntryTests {
    /// A trial whose note is the id of another one, and whose tags are the names of others.
    private static let screen = TrialSite.screen.with {
        $0.form = AdminForm([
            AdminField("name", Phrase("Name", "Name"), .text, isRequired: true),
            AdminField("price", Phrase("Price", "Preis"), .money, isRequired: true).with { $0.standard = "1" },
            AdminField("note", Phrase("Like", "Wie"), .row(screen: "trials", value: "id")),
            AdminField("tags", Phrase("With", "Zusammen mit"), .rows(screen: "trials", value: "name")),
        ])
    }
    private static let path = "/admin/trials/new/"

    /// The ids of the rows that tests name.
    private struct Rows: Sendable {
        let seven: Int
        let twins: [Int]
    }

    private static func withMany(_ body: (TrialSite, Rows) async throws -> Void) async throws {
        try await withTrialSite(screens: [screen]) { trial in
            let ids = (0..<120).map { trial.store.add(TrialStore.Trial(name: "N\($0)", price: Int64($0))) }
            let twins = [1, 2].map { trial.store.add(TrialStore.Trial(name: "Twin", price: Int64($0) * 100)) }
            try await body(trial, Rows(seven: ids[7], twins: twins))
        }
    }

    private static func form(_ trial: TrialSite) async throws -> MarkupPage.Form {
        try #require(try await trial.get(path).page.form(to: path))
    }

    /// Returns the row that was made by an answer.
    private static func made(_ answer: TrialSite.Answer, _ trial: TrialSite) throws -> TrialStore.Trial {
        #expect(answer.status == 303, "\(answer.page.texts)")
        let id = try #require(Int(answer.location.split(separator: "/").last ?? ""))
        return try #require(trial.store[id])
    }

    @Test(arguments: ["N7", "n7", " N7 "])
    func `what is typed is looked up, and the row's key is sent`(_ typed: String) async throws {
        try await Self.withMany { trial, rows in
            let form = try await Self.form(trial)
            let field = try #require(form.controls.first { $0.name == "note" })
            #expect(field.kind == "text", "among many rows none is listed")
            let answer = try await trial.submit(form, ["name": "New", "note": typed])
            #expect(try Self.made(answer, trial).note == String(rows.seven))
        }
    }

    @Test func `several rows are offered to choose from, and nothing typed is lost`() async throws {
        try await Self.withMany { trial, rows in
            let form = try await Self.form(trial)
            let asked = try await trial.submit(form, ["name": "New", "note": "Twin"])
            #expect(asked.status == 400 && asked.page.texts.contains("Several fit: choose one, or enter more of it."))
            let again = try #require(asked.page.form(to: Self.path))
            #expect(again["name"] == "New" && again["note"] == "Twin" && again["once"] == form["once"])
            let offered = again.controls.filter { $0.name == "note.key" && $0.kind == "radio" }
            #expect(offered.count == 2)
            let texts = asked.page.texts.filter { $0.hasPrefix("Twin · ") }
            #expect(Set(texts).count == 2, "each says which it is: \(texts)")
            let chosen = try await trial.submit(again, ["note.key": String(rows.twins[1])])
            #expect(try Self.made(chosen, trial).note == String(rows.twins[1]))
            let anew = ["note.key": String(rows.twins[1]), "note": "N7", "once": "another-try"]
            let other = try await trial.submit(again, anew)
            #expect(try Self.made(other, trial).note == String(rows.seven), "what was typed anew counts")
        }
    }

    @Test func `what names no row is refused at its field, in the reader's language`() async throws {
        try await Self.withMany { trial, _ in
            let count = trial.store.count
            for (language, reason) in [("en", "Nothing is found by this."), ("de", "Dazu findet sich nichts.")] {
                let sent = [("name", "New"), ("note", "nobody"), ("note.shown", ""), ("note.key", "")]
                let answer = try await trial.post(Self.path, sent, language: language)
                #expect(answer.status == 400 && answer.page.texts.contains(reason), "\(answer.page.texts)")
                #expect(answer.page.form(to: Self.path)?["note"] == "nobody")
                let field = answer.page.tags.first { $0.attributes["name"] == "note" }
                #expect(field?.attributes["aria-invalid"] == "true")
            }
            #expect(trial.store.count == count)
        }
    }

    @Test func `a row's form shows what another is called, and keeps it where others are called so`() async throws {
        try await Self.withMany { trial, rows in
            let id = trial.store.add(TrialStore.Trial(name: "Mine", note: String(rows.twins[1]), tags: ["N99"]))
            let path = "/admin/trials/\(id)/"
            let form = try #require(try await trial.get(path).page.form(to: path))
            #expect(form["note"] == "Twin" && form["tags"] == "N99")
            #expect(try await trial.submit(form).status == 303)
            #expect(trial.store[id]?.note == String(rows.twins[1]))
            let cleared = try #require(try await trial.get(path).page.form(to: path))
            #expect(try await trial.submit(cleared, ["note": ""]).status == 303)
            #expect(trial.store[id]?.note == "", "a blank field names nothing")
        }
    }

    @Test func `rows are added to others by name, one or several of what is found`() async throws {
        try await Self.withMany { trial, _ in
            let form = try await Self.form(trial)
            let cases = [("N11", "N11"), ("n11", "N11"), ("N1", "N1"), (" N10 ", "N10")]
            for (place, (typed, name)) in cases.enumerated() {
                let values = ["name": "New", "tags.add": typed, "once": "try-\(place)"]
                let answer = try await trial.submit(form, values)
                #expect(try Self.made(answer, trial).tags == [name], "one is called exactly so: \(typed)")
            }
            let many = try await trial.submit(form, ["name": "New", "tags.add": "11"])
            let again = try #require(many.page.form(to: Self.path))
            #expect(many.status == 400 && again["tags.add"] == "11")
            let offered = again.controls.filter { $0.name == "tags.key" && $0.kind == "checkbox" }
            #expect(offered.count == 11, "N11 and N110 to N119: \(offered.count)")
            let both = again.filled([:]) + [("tags.key", "N110"), ("tags.key", "N111")]
            let sent = both.filter { $0.0 != "csrf" }.map { ($0.0, $0.1) }
            #expect(try Self.made(try await trial.post(Self.path, sent), trial).tags == ["N110", "N111"])
        }
    }

    @Test func `a field of few rows stays a choice, and its key is sent as it is`() async throws {
        try await withTrialSite(screens: [Self.screen]) { trial in
            let id = trial.store.add(TrialStore.Trial(name: "Only"))
            let form = try await Self.form(trial)
            #expect(form.controls.first { $0.name == "note" }?.kind == "select")
            #expect(!form.controls.contains { $0.name == "note.shown" })
            let answer = try await trial.submit(form, ["name": "New", "note": String(id)])
            #expect(try Self.made(answer, trial).note == String(id))
        }
    }
}
