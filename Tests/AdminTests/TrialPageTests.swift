import AdminPages
import AppHarness
import HTTPTypes
import Testing

@testable import Admin

/// The pages of a screen that is a value of ten lines.
@Suite struct TrialPageTests {
    @Test func `a row is made, listed, shown and changed by what the screen declares`() async throws {
        try await withTrialSite { trial in
            #expect(try await trial.get("/admin/trials/").page.texts.contains("Make the first trial."))
            let form = try #require(try await trial.get("/admin/trials/new/").page.form(to: "/admin/trials/new/"))
            #expect(form["is_active"] == "true" && form.controls.first { $0.name == "price" }?.kind == "text")
            let made = try await trial.submit(
                form, ["name": "One & only", "price": "12,50", "rate": "7,5", "tags": "a\r\nb", "note": "x\r\ny"])
            #expect(made.status == 303 && made.location == "/admin/trials/1/", "\(made.page.texts)")
            let row = try #require(trial.store[1])
            #expect(row.price == 1_250 && row.rate == 750 && row.tags == ["a", "b"] && row.note == "x\ny")
            let page = try await trial.get(made.location).page
            #expect(page.heading == "Trial One & only" && page.texts.contains("Ada") && page.texts.contains("Parts"))
            let list = try await trial.get("/admin/trials/").page
            #expect(list.texts.contains("$12.50") && list.texts.contains("One & only") && list.texts.contains("Yes"))
            #expect(list.texts.contains("1 Jul 2026, 10:00") && !list.texts.contains("7.5%"))
            #expect(try await trial.get("/admin/trials/?column.name=1&column.rate=1").page.texts.contains("7.5%"))
        }
    }

    @Test func `a cell says itself what stands above it, for screens on which a row is a card`() async throws {
        try await withTrialSite { trial in
            trial.store.add(TrialStore.Trial(name: "A"))
            let cells = try await trial.get("/admin/trials/").page.tags
                .filter { $0.name == "td" && $0.attributes["data-title"] != nil }
            #expect(cells.map { $0.attributes["data-title"] } == ["Name", "Price", "Active", "Made"])
            #expect(cells.map { $0.attributes["class"] } == ["lead", "number", nil, nil])
            #expect(cells.allSatisfy { $0.attributes["role"] == "cell" })
        }
    }

    @Test func `filters are open on a list that they narrow`() async throws {
        try await withTrialSite { trial in
            for (query, isOpen) in [("", false), ("?search=A", false), ("?is_active=true", true)] {
                let tags = try await trial.get("/admin/trials/" + query).page.tags
                let filters = try #require(tags.first { $0.attributes["class"] == "sieve" })
                #expect((filters.attributes["open"] != nil) == isOpen, "\(query)")
            }
        }
    }

    @Test func `an action is offered where its condition holds and its reader may`() async throws {
        try await withTrialSite { trial in
            trial.store.add(TrialStore.Trial(name: "A"))
            let offered = { (reader: TrialSite.Reader) async throws -> Set<String> in
                let page = try await trial.get("/admin/trials/1/", as: reader).page
                return Set((page.links + page.forms.map(\.action)).filter { $0.contains("/do/") })
            }
            let base = "/admin/trials/1/do/"
            #expect(try await offered(.admin) == [base + "deactivate/", base + "destroy/"])
            #expect(try await offered(.editor) == [base + "deactivate/"])
            #expect(try await offered(.viewer).isEmpty)
            #expect(try await trial.post(base + "deactivate/").location == "/admin/trials/1/")
            #expect(try await offered(.editor) == [base + "activate/"])
            #expect(try await trial.post(base + "activate/", as: .viewer).status == 403)
            let refused = try await trial.post(base + "deactivate/")
            #expect(refused.status == 409 && refused.page.texts.contains("It is so already."))
        }
    }

    @Test func `an action that others hear of asks first, and says what will happen`() async throws {
        let effects: [AdminEffect] = [.mailsCustomer, .isFinal.on(.holds("tags"))]
        let screen = TrialSite.screen.with { screen in
            screen.actions = screen.actions.map { action in
                action.name == "deactivate" ? action.with { $0.effects = effects } : action
            }
        }
        try await withTrialSite(screens: [screen]) { trial in
            trial.store.add(TrialStore.Trial(name: "Plain"))
            trial.store.add(TrialStore.Trial(name: "Tagged", tags: ["a"]))
            for (id, isFinal) in [(1, false), (2, true)] {
                let path = "/admin/trials/\(id)/do/deactivate/"
                let page = try await trial.get("/admin/trials/\(id)/").page
                #expect(page.links.contains(path), "\(page.links)")
                #expect(!page.forms.contains { $0.action == path }, "no button does it at once")
                let ask = try await trial.get(path).page
                #expect(ask.texts.contains("The customer gets an e-mail."))
                #expect(ask.texts.contains("This cannot be undone.") == isFinal)
                #expect(ask.texts.contains(id == 1 ? "Trial Plain" : "Trial Tagged"))
                #expect(try await trial.get(path, language: "de").page.texts.contains("Der Kunde bekommt eine E-Mail."))
            }
            let choice = [("action", "deactivate"), ("row", "1"), ("row", "2")]
            let preview = try await trial.post("/admin/trials/bulk/", choice).page
            #expect(preview.texts.contains("The customer gets an e-mail."))
            #expect(trial.store.active == ["Plain", "Tagged"], "asking does nothing")
            let path = "/admin/trials/1/do/deactivate/"
            let form = try #require(try await trial.get(path).page.form(to: path))
            #expect(try await trial.submit(form).status == 303)
            #expect(trial.store.active == ["Tagged"])
        }
    }

    @Test func `a reader who may not change a row sees it, and is offered nothing`() async throws {
        try await withTrialSite { trial in
            trial.store.add(TrialStore.Trial(name: "A"))
            let page = try await trial.get("/admin/trials/1/", as: .viewer).page
            let form = try #require(page.form(to: "/admin/trials/1/"))
            #expect(
                form.buttons.isEmpty && page.tags.contains { $0.name == "fieldset" && $0.attributes["disabled"] != nil }
            )
            #expect(!page.links.contains("/admin/trials/1/delete/"))
            #expect(!(try await trial.get("/admin/trials/", as: .viewer).page.links.contains("/admin/trials/new/")))
            for path in ["/admin/trials/new/", "/admin/trials/1/", "/admin/trials/1/delete/"] {
                #expect(try await trial.post(path, [("name", "B")], as: .viewer).status == 403, "\(path)")
            }
            #expect(trial.store[1]?.name == "A" && trial.store.count == 1)
            #expect(try await trial.get("/admin/trials/", as: .customer).status == 403)
        }
    }

    @Test func `a fresh factor is asked for, and what was entered is kept`() async throws {
        try await withTrialSite { trial in
            trial.store.add(TrialStore.Trial(name: "A"))
            let path = "/admin/trials/1/do/destroy/"
            let ask = try #require(try await trial.get(path).page.form(to: path))
            #expect(!ask.controls.contains { $0.name == "password" })
            let first = try await trial.submit(ask, ["reason": "Old & <worn>"])
            #expect(first.status == 400 && first.page.texts.contains { $0.hasPrefix("Please confirm that it is you.") })
            let second = try #require(first.page.form(to: path))
            #expect(second["reason"] == "Old & <worn>" && second["once"] == ask["once"])
            let wrong = try await trial.submit(second, ["password": "wrong"])
            #expect(wrong.page.texts.contains("The password is not correct."))
            let third = try #require(wrong.page.form(to: path))
            #expect(third["reason"] == "Old & <worn>" && third["password"] == "")
            let done = try await trial.submit(third, ["password": "right"])
            #expect(done.status == 303 && trial.store[1]?.note == "destroyed: Old & <worn>")
        }
    }

    @Test func `a bad filter is told at its field, and a list of many pages is exported whole`() async throws {
        try await withTrialSite { trial in
            for number in 0..<230 { trial.store.add(TrialStore.Trial(name: "N\(number)", price: Int64(number))) }
            let bad = try await trial.get("/admin/trials/?min_price=much")
            #expect(bad.status == 200 && bad.page.texts.contains("A valid number is required."))
            let csv = try await trial.get(
                "/admin/trials/export.csv?column.name=1&column.price=1&column.rate=1&min_price=0.01&ordering=-price")
            let lines = csv.text.split(whereSeparator: \.isNewline)
            #expect(lines.count == 230 && lines[1] == "N229,2.29,0%", "\(lines.prefix(3))")
            let choice = [("action", "deactivate"), ("all", "true"), ("back", "/admin/trials/?min_price=1")]
            let chosen = try await trial.post("/admin/trials/bulk/", choice)
            #expect(chosen.page.texts.contains("Rows concerned: 130"), "\(chosen.page.texts)")
            let pages = try await trial.get("/admin/trials/?page=3&page_size=100").page
            #expect(pages.texts.contains("Page 3 of 3") && pages.rowLinks.count == 30)
            #expect(try await trial.get("/admin/trials/?page=x").status < 500)
        }
    }

    @Test func `a file has the list's texts, and numbers as its language's spreadsheets take them`() async throws {
        try await withTrialSite { trial in
            trial.store.add(TrialStore.Trial(name: "=SUM(A1)", price: 123_456, rate: 725, isActive: false))
            trial.store.add(TrialStore.Trial(name: "B; \"b\", c", price: 50))
            let columns = "&column.name=1&column.price=1&column.rate=1&column.is_active=1&column.created_at=1"
            let query = "?ordering=-price" + columns
            let english = try await trial.get("/admin/trials/export.csv" + query).text
            #expect(
                english == "\u{FEFF}Name,Price,Active,Made,Rate\r\n"
                    + "'=SUM(A1),1234.56,No,\"1 Jul 2026, 10:00\",7.25%\r\n"
                    + "\"B; \"\"b\"\", c\",0.50,Yes,\"1 Jul 2026, 10:00\",0%\r\n")
            let german = try await trial.get("/admin/trials/export.csv" + query, language: "de").text
            #expect(
                german == "\u{FEFF}Name;Preis;Aktiv;Angelegt;Satz\r\n"
                    + "'=SUM(A1);1234,56;Nein;01.07.2026, 10:00;7,25%\r\n"
                    + "\"B; \"\"b\"\", c\";0,50;Ja;01.07.2026, 10:00;0%\r\n")
            let page = try await trial.get("/admin/trials/" + query, language: "de").page
            for text in ["01.07.2026, 10:00", "Nein", "7,25\u{A0}%"] { #expect(page.texts.contains(text), "\(text)") }
        }
    }

    @Test func `pages are in the reader's language, values too`() async throws {
        try await withTrialSite { trial in
            trial.store.add(TrialStore.Trial(name: "A", price: 123_456))
            let page = try await trial.get("/admin/trials/", language: "de").page
            #expect(page.heading == "Versuche" && page.texts.contains("1.234,56\u{A0}$") && page.texts.contains("Ja"))
            #expect(page.texts.contains("01.07.2026, 10:00") && page.texts.contains("Versuch anlegen"))
            let refused = try await trial.post("/admin/trials/new/", [("price", "x")], language: "de")
            #expect(refused.page.texts.contains("Dieses Feld muss ausgefüllt werden."))
            #expect(refused.page.texts.contains("Bitte geben Sie eine Zahl ein."))
        }
    }

    @Test func `a lookup gives rows to whoever may see them`() async throws {
        try await withTrialSite { trial in
            trial.store.add(TrialStore.Trial(name: "A <b>"))
            let answer = try await trial.get("/admin/lookup/trials/?value=id&q=a", as: .viewer)
            #expect(answer.text.contains(#""key":"1""#) && answer.text.contains(#""text":"A <b>""#), "\(answer.text)")
            #expect(try await trial.get("/admin/lookup/trials/?q=a", as: .customer).status == 403)
            #expect(try await trial.get("/admin/lookup/nothing/?q=a").status == 404)
        }
    }
}

extension MarkupPage {
    /// The links to rows of trials.
    fileprivate var rowLinks: [String] {
        links.filter { $0.hasPrefix("/admin/trials/") && $0.dropFirst("/admin/trials/".count).first?.isNumber ?? false }
    }
}

/// What pages keep to beside their endpoints.
@Suite struct TrialRuleTests {
    @Test func `staff see no page from an address from which they may not act`() async throws {
        try await withTrialSite { trial in
            for path in ["/admin/", "/admin/trials/", "/admin/api/"] {
                #expect(try await trial.send(.get, path, as: .admin).status == 200, "\(path)")
                let refused = try await trial.send(.get, path, as: .admin, at: "203.0.113.7")
                #expect(refused.status == 403 && !refused.text.contains("admin@example.com"), "\(path)")
            }
        }
    }

    @Test func `an endpoint takes no longer a body of a page than of a program`() async throws {
        try await withTrialSite { trial in
            let note = String(repeating: "x", count: 1 << 20)
            let answer = try await trial.post("/admin/trials/new/", [("name", "A"), ("price", "1"), ("note", note)])
            #expect(answer.status == 413 && trial.store.count == 0)
        }
    }
}
