import AdminPages
import AppHarness
import Testing

@testable import Admin

/// One action on many rows.
@Suite struct BulkPageTests {
    private static let path = "/admin/trials/bulk/"

    /// Runs `body` with an admin over so many rows, named by their number.
    private static func withRows(_ count: Int, _ body: (TrialSite) async throws -> Void) async throws {
        try await withTrialSite { trial in
            for number in 1...count {
                trial.store.add(
                    TrialStore.Trial(name: number < 10 ? "Row 0\(number)" : "Row \(number)", price: Int64(number)))
            }
            try await body(trial)
        }
    }

    private static func chosen(_ ids: some Sequence<Int>, _ action: String = "deactivate") -> [(String, String)] {
        [("action", action), ("back", "/admin/trials/?search=Row")] + ids.map { ("row", String($0)) }
    }

    @Test func `a preview says how many and which, and does nothing`() async throws {
        try await Self.withRows(30) { trial in
            let answer = try await trial.post(Self.path, Self.chosen(1...25))
            #expect(answer.status == 200 && trial.store.active.count == 30)
            #expect(answer.page.heading == "Deactivate" && answer.page.texts.contains("Rows concerned: 25"))
            #expect(answer.page.texts.contains("and 5 more"))
            let form = try #require(answer.page.form(to: Self.path))
            #expect(form.fields.filter { $0.name == "row" }.map(\.value) == (1...25).map { String($0) })
            #expect(form["confirmed"] == "true" && form["back"] == "/admin/trials/?search=Row")
        }
    }

    @Test func `what was confirmed is done and taken back by one press`() async throws {
        try await Self.withRows(20) { trial in
            let preview = try await trial.post(Self.path, Self.chosen(1...20))
            let done = try await trial.submit(try #require(preview.page.form(to: Self.path)))
            #expect(done.status == 200 && trial.store.active.isEmpty)
            #expect(done.page.texts.contains("Done for 20."))
            let undo = try #require(done.page.form(to: Self.path))
            #expect(undo.buttons.map(\.text) == ["Undo"])
            let back = try await trial.submit(undo)
            #expect(back.page.texts.contains("Done for 20.") && trial.store.active.count == 20)
        }
    }

    @Test func `what was confirmed twice is done once, and told as it was done`() async throws {
        try await Self.withRows(3) { trial in
            let preview = try await trial.post(Self.path, Self.chosen(1...3))
            let form = try #require(preview.page.form(to: Self.path))
            let once = try await trial.submit(form)
            let version = trial.store[1]?.version
            let twice = try await trial.submit(form)
            for answer in [once, twice] {
                #expect(answer.page.texts.contains("Done for 3."), "\(answer.page.texts)")
            }
            #expect(trial.store[1]?.version == version && trial.store.active.isEmpty)
            let undo = try #require(twice.page.form(to: Self.path))
            #expect(undo["once"] != form["once"])
            for _ in 0..<2 { _ = try await trial.submit(undo) }
            #expect(trial.store.active.count == 3)
            // Another page is another wish.
            let again = try await trial.post(Self.path, Self.chosen(1...3))
            let other = try await trial.submit(try #require(again.page.form(to: Self.path)))
            #expect(other.page.texts.contains("Done for 3.") && trial.store.active.isEmpty)
        }
    }

    @Test func `rows that refuse are named with their reason, the others are done`() async throws {
        try await Self.withRows(4) { trial in
            _ = try trial.store.change(2) { $0.isActive = false }
            let sent = Self.chosen([1, 2, 3, 99]) + [("confirmed", "true")]
            let done = try await trial.post(Self.path, sent)
            #expect(trial.store.active == ["Row 04"])
            #expect(done.page.texts.contains("Done for 2."))
            #expect(done.page.texts.contains { $0.contains("2: It is so already.") })
            #expect(done.page.texts.contains { $0.contains("99: Not found.") })
            let undo = try #require(done.page.form(to: Self.path))
            #expect(
                undo.fields.filter { $0.name == "row" }.map(\.value) == ["1", "3"], "what was not done is not undone")
        }
    }

    @Test func `all that the filters find are chosen, whatever was ticked`() async throws {
        try await Self.withRows(130) { trial in
            let sent = [
                ("action", "deactivate"), ("all", "true"), ("back", "/admin/trials/?search=Row+1&page=2&column.name=1"),
                ("row", "2"),
            ]
            let preview = try await trial.post(Self.path, sent)
            let form = try #require(preview.page.form(to: Self.path))
            let rows = form.fields.filter { $0.name == "row" }.map(\.value)
            // Row 1x and Row 1xx: 10 to 19, and 100 to 130.
            #expect(rows.count == 41 && !rows.contains("2") && rows.contains("130"))
            _ = try await trial.submit(form)
            #expect(trial.store.active.count == 89)
        }
    }

    @Test func `all of a list of whole pages are chosen, and what is so already is left as it is`() async throws {
        try await Self.withRows(100) { trial in
            for id in [3, 4] { _ = try trial.store.change(id) { $0.isActive = false } }
            let sent = [("action", "deactivate"), ("all", "true"), ("back", "/admin/trials/")]
            let preview = try await trial.post(Self.path, sent)
            #expect(preview.page.texts.contains { $0.hasPrefix("Rows concerned: 98") && $0.contains("2 more") })
            let done = try await trial.submit(try #require(preview.page.form(to: Self.path)))
            #expect(done.page.texts.contains("Done for 98.") && trial.store.active.isEmpty)
            _ = try await trial.submit(try #require(done.page.form(to: Self.path)))
            #expect(trial.store.active.count == 98, "what was off before stays off")
            let nothing = try await trial.post(Self.path, Self.chosen([3, 4]))
            #expect(nothing.status == 303 && nothing.cookies.contains { $0.hasPrefix("kontor_notice=") })
        }
    }

    @Test func `nothing that was chosen leads back, with a word`() async throws {
        try await Self.withRows(2) { trial in
            let answer = try await trial.post(Self.path, Self.chosen([Int]()))
            #expect(answer.status == 303 && answer.location == "/admin/trials/?search=Row")
            #expect(answer.cookies.contains { $0.hasPrefix("kontor_notice=") })
        }
    }

    @Test func `no more than five hundred rows are touched at once`() async throws {
        try await Self.withRows(520) { trial in
            let done = try await trial.post(Self.path, Self.chosen(1...520) + [("confirmed", "true")])
            #expect(done.page.texts.contains("Done for 500.") && trial.store.active.count == 20)
            let all = [("action", "activate"), ("all", "true"), ("back", "/admin/trials/")]
            let preview = try await trial.post(Self.path, all)
            // Of the first 500 rows 20 are active already.
            #expect(preview.page.form(to: Self.path)?.fields.filter { $0.name == "row" }.count == 480)
            #expect(preview.page.texts.contains { $0.contains("There are more") })
        }
    }

    @Test func `who may not is refused, and what is no action for many rows is none`() async throws {
        try await Self.withRows(2) { (trial) async throws in
            for action in ["destroy", "delete", "", "x"] {
                #expect(try await trial.post(Self.path, Self.chosen([1], action)).status == 404, "\(action)")
            }
            for more in [[], [("confirmed", "true")]] as [[(String, String)]] {
                #expect(try await trial.post(Self.path, Self.chosen([1]) + more, as: .viewer).status == 403)
            }
            #expect(trial.store.active.count == 2)
            #expect(
                try await trial.post(Self.path, Self.chosen([1]) + [("confirmed", "true")], as: .editor).status == 200)
        }
    }

    @Test func `a way back never leads out of the admin`() async throws {
        try await Self.withRows(2) { trial in
            for back in ["https://evil.example/", "//evil.example", "/api/", "", "/admin/\\x"] {
                let sent = [("action", "deactivate"), ("back", back), ("row", "1")]
                let preview = try await trial.post(Self.path, sent)
                #expect(preview.page.form(to: Self.path)?["back"]?.hasPrefix("/admin/") ?? false, "\(back)")
            }
        }
    }
}
