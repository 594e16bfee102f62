import AdminPages
import AppHarness
import Primitives
import TestSupport
import Testing

@testable import KontorApp

/// Lists and forms of the admin, on the screen of tax rates.
@Suite(.timeLimit(.minutes(5)))
struct AdminFormTests {
    private static let rates = "/admin/tax-rates/"

    /// Runs `body` with the administrator's browser and the empty form of a tax rate.
    private static func withForm(
        _ backend: Backend,
        _ body: @escaping @Sendable (ShopHarness, AdminBrowser, MarkupPage.Form) async throws -> Void
    ) async throws {
        try await withShop(backend) { stand in
            let browser = try await stand.adminBrowser()
            let form = try #require(try await browser.get(rates + "new/").page.form(to: rates + "new/"))
            try await body(stand, browser, form)
        }
    }

    private static let germany = ["name": "Germany", "country": "DE", "rate": "19", "tax_class": "standard"]

    @Test(arguments: Backend.available)
    func `a row is made, shown, changed and deleted`(_ backend: Backend) async throws {
        try await Self.withForm(backend) { _, browser, form in
            let made = try await browser.submit(form, Self.germany)
            let page = try await browser.follow(made)
            #expect(page.status == 200 && page.page.heading == "Tax rate Germany")
            #expect(page.page.texts.contains("Created: tax rate."))
            let again = try await browser.get(made.location)
            #expect(!again.page.texts.contains("Created: tax rate."), "a notice is shown once")
            let edit = try #require(page.page.form(to: made.location))
            #expect(edit["rate"] == "19" && edit["country"] == "DE" && edit["version"] == "1")
            let saved = try await browser.submit(edit, ["rate": "7,50 %"])
            #expect(saved.status == 303, "\(saved.page.texts)")
            let list = try await browser.get(Self.rates).page
            #expect(list.texts.contains("7.5%") && list.rowCount == 1, "\(list.texts)")
            let question = try await browser.get(made.location + "delete/")
            #expect(question.status == 200 && question.page.heading == "Delete Germany?")
            #expect(try await browser.get(made.location).status == 200, "asking deletes nothing")
            let sure = try #require(question.page.form(to: made.location + "delete/"))
            let gone = try await browser.follow(try await browser.submit(sure))
            #expect(gone.page.texts.contains("Tax rate deleted."))
            #expect(try await browser.get(made.location).status == 404)
            #expect(try await browser.submit(sure).status == 404, "a second press finds nothing")
        }
    }

    @Test(arguments: Backend.available)
    func `what is wrong is said at its field, and nothing typed is lost`(_ backend: Backend) async throws {
        try await Self.withForm(backend) { _, browser, form in
            let typed = [
                "name": "  ", "country": "Germany", "rate": "much", "state": "keep me", "tax_class": "standard",
            ]
            let answer = try await browser.submit(form, typed)
            #expect(answer.status == 400)
            let again = try #require(answer.page.form(to: Self.rates + "new/"))
            for (name, value) in typed { #expect(again[name] == value, "\(name)") }
            #expect(again["once"] == form["once"], "the same try")
            for name in ["name", "country", "rate"] {
                let field = try #require(answer.page.tags.first { $0.attributes["name"] == name })
                #expect(field.attributes["aria-invalid"] == "true", "\(name)")
                let error = try #require(field.attributes["aria-describedby"], "\(name)")
                #expect(answer.page.tags.contains { $0.attributes["id"] == error }, "\(name)")
            }
            let right = try #require(answer.page.tags.first { $0.attributes["name"] == "tax_class" })
            #expect(right.attributes["aria-invalid"] == nil)
            let mended = try await browser.submit(again, Self.germany.merging(["state": ""]) { $1 })
            #expect(mended.status == 303, "\(mended.page.texts)")
        }
    }

    @Test(arguments: Backend.available)
    func `a form that is sent twice makes one row`(_ backend: Backend) async throws {
        try await Self.withForm(backend) { _, browser, form in
            async let one = browser.submit(form, Self.germany)
            async let other = browser.submit(form, Self.germany)
            let answers = [try await one, try await other, try await browser.submit(form, Self.germany)]
            let made = Set(answers.filter { $0.status == 303 }.map(\.location))
            #expect(made.count == 1, "\(answers.map(\.status))")
            #expect(try await browser.get(Self.rates).page.rowCount == 1)
            let next = try #require(try await browser.get(Self.rates + "new/").page.form(to: Self.rates + "new/"))
            #expect(next["once"] != form["once"])
        }
    }

    @Test(arguments: Backend.available)
    func `two editors do not write over each other unless they mean to`(_ backend: Backend) async throws {
        try await Self.withForm(backend) { stand, browser, form in
            let path = try await browser.submit(form, Self.germany).location
            let second = try await stand.secondBrowser()
            let mine = try #require(try await browser.get(path).page.form(to: path))
            let theirs = try #require(try await second.get(path).page.form(to: path))
            #expect(try await second.submit(theirs, ["rate": "16"]).status == 303)
            let late = try await browser.submit(mine, ["rate": "20", "name": "Mine"])
            #expect(late.status == 412)
            let kept = try #require(late.page.form(to: path))
            #expect(kept["rate"] == "20" && kept["name"] == "Mine" && kept["version"] == "2")
            #expect(late.page.tags.contains { $0.attributes["role"] == "alert" })
            #expect(try await second.get(path).page.form(to: path)?["rate"] == "16", "theirs is there")
            #expect(try await browser.submit(kept).status == 303, "once more puts mine over it")
            #expect(try await second.get(path).page.form(to: path)?["rate"] == "20")
            let question = try #require(try await second.get(path + "delete/").page.form(to: path + "delete/"))
            let now = try #require(try await browser.get(path).page.form(to: path))
            _ = try await browser.submit(now, ["rate": "21"])
            #expect(try await second.submit(question).status == 412, "nor does deleting")
        }
    }

    @Test(arguments: Backend.available)
    func `of what two editors have changed one is taken field by field`(_ backend: Backend) async throws {
        try await Self.withForm(backend) { stand, browser, form in
            let path = try await browser.submit(form, Self.germany).location
            let second = try await stand.secondBrowser()
            let mine = try #require(try await browser.get(path).page.form(to: path))
            let theirs = try #require(try await second.get(path).page.form(to: path))
            #expect(try await second.submit(theirs, ["name": "Theirs", "rate": "16"]).status == 303)
            let late = try await browser.submit(mine, ["rate": "20", "country": "FR"])
            let texts = late.page.texts
            #expect(late.status == 412 && texts.contains("Your entry") && texts.contains("There now"))
            for value in ["Germany", "Theirs", "20", "16"] { #expect(texts.contains(value), "\(value): \(texts)") }
            #expect(texts.contains { $0.hasPrefix("Last changed by ") }, "\(texts)")
            let choice = try #require(late.page.form(to: path))
            #expect(choice["take.name"] == "theirs", "what I left as it was")
            #expect(choice["take.rate"] == "mine" && choice["take.country"] == "mine" && choice["take.state"] == nil)
            let again = try await browser.submit(choice, ["take.country": "theirs", "rate": "much"])
            #expect(again.status == 400, "\(again.page.texts)")
            let kept = try #require(again.page.form(to: path))
            #expect(kept["name"] == "Theirs" && kept["country"] == "DE" && kept["rate"] == "much")
            #expect(try await browser.submit(kept, ["rate": "20"]).status == 303)
            let now = try #require(try await second.get(path).page.form(to: path))
            #expect(now["name"] == "Theirs" && now["country"] == "DE" && now["rate"] == "20")
        }
    }

    @Test(arguments: Backend.available)
    func `a list is filtered, ordered, cut into pages and taken away as CSV by its address`(
        _ backend: Backend
    ) async throws {
        try await Self.withForm(backend) { stand, browser, _ in
            let admin = try await stand.bearer()
            for number in 0..<30 {
                let made = try await admin.send(
                    "POST", "/api/admin/tax-rates/",
                    json: [
                        "name": .string(number == 7 ? "=SUM(A1)" : "Rate \(number)"),
                        "country": number < 20 ? "DE" : "FR",
                        "state": "", "rate": .string("0.\(10 + number)"), "tax_class": .string("c\(number)"),
                    ])
                try #require(made.status == 201, "\(made.text)")
            }
            let first = try await browser.get(Self.rates).page
            #expect(first.rowCount == 30 && first.texts.contains("Page 1 of 2"))
            let second = try await browser.get(Self.rates + "?page=2").page
            #expect(Self.names(second).count == 5 && Set(Self.names(first)).isDisjoint(with: Self.names(second)))
            let beyond = try await browser.get(Self.rates + "?page=9")
            #expect(beyond.status == 303 && beyond.location == Self.rates, "a page that is not there any more")
            let french = try await browser.get(Self.rates + "?country=FR&ordering=-rate&page_size=50").page
            #expect(Self.names(french).count == 10 && Self.names(french).first == "Rate 29")
            #expect(french.values(of: "aria-sort", in: "th") == ["descending"])
            let sorting = try #require(french.links.first { $0.contains("ordering=rate") })
            #expect(
                sorting.contains("country=FR") && sorting.contains("page_size=50"), "what was chosen stays: \(sorting)")
            let none = try await browser.get(Self.rates + "?country=XX").page
            #expect(none.rowCount == 0 && none.tags.contains { $0.attributes["id"] == "filter-country-error" })
            let csv = try await browser.get(Self.rates + "export.csv?country=DE&column.name=1&column.rate=1")
            #expect(csv.response.header("Content-Type") == "text/csv; charset=utf-8")
            #expect(csv.response.header("Content-Disposition") == "attachment; filename=\"tax-rates.csv\"")
            #expect(csv.response.body.starts(with: [0xEF, 0xBB, 0xBF]))
            let lines = csv.text.split(whereSeparator: \.isNewline)
            #expect(lines.count == 21 && lines[0].hasSuffix("Name,Rate"), "\(lines.prefix(2))")
            #expect(csv.text.contains("17%") && !csv.text.contains("\n=SUM"), "no cell is a formula")
            let columns = try await browser.get(Self.rates + "?column.name=1&column.state=1").page
            #expect(columns.tags.count { $0.name == "th" } == 2 || columns.tags.count { $0.name == "th" } == 3)
        }
    }

    @Test func `an empty list says what to do next, and an unknown page says that there is none`() async throws {
        try await Self.withForm(.sqlite) { _, browser, _ in
            let empty = try await browser.get(Self.rates).page
            #expect(empty.texts.contains { $0.hasPrefix("Without a rate nothing is taxed.") })
            #expect(empty.links.contains(Self.rates + "new/"))
            for path in [
                "/admin/nothing/", Self.rates + "999/", Self.rates + "x/", Self.rates + "1/do/x/", "/admin/x/y/z/",
            ] {
                let answer = try await browser.get(path)
                #expect(answer.status == 404, "\(path): \(answer.status)")
                if !answer.page.links.isEmpty { #expect(answer.page.links.contains("/admin/"), "\(path) has a way on") }
            }
        }
    }

    @Test func `everything that is entered has a label, and every table its headings`() async throws {
        try await withAdminWorld(.sqlite) { world in
            for screen in world.screens {
                let base = "/admin/\(screen.name)/"
                var paths = [base, base + "new/"]
                if let key = try await world.key(of: screen) { paths.append(base + key + "/") }
                for path in paths {
                    let page = try await world[.admin].get(path).page
                    Self.expectLabels(page, path)
                    let ids = page.tags.compactMap { $0.attributes["id"] }
                    #expect(Set(ids).count == ids.count, "\(path): an id stands twice")
                    #expect(page.tags.count { $0.name == "h1" } == 1, "\(path): one main heading")
                    #expect(page.tags.count { $0.name == "main" } == 1, "\(path)")
                }
            }
        }
    }

    private static func expectLabels(_ page: MarkupPage, _ path: String) {
        let labelled = page.labelled
        for tag in page.tags where ["input", "select", "textarea"].contains(tag.name) {
            let kind = tag.attributes["type"] ?? ""
            guard kind != "hidden", let name = tag.attributes["name"] else { continue }
            let isLabelled =
                tag.attributes["aria-label"] != nil || tag.attributes["id"].map { labelled.contains($0) } ?? false
            // A box stands within its label.
            #expect(isLabelled || kind == "checkbox" || kind == "radio", "\(path): \(name) has no label")
        }
    }

    /// The texts of the first column.
    private static func names(_ page: MarkupPage) -> [String] {
        page.links.filter { $0.hasPrefix(rates) && $0.dropFirst(rates.count).first?.isNumber ?? false }.compactMap {
            link in
            page.text(of: link)
        }
    }
}

extension MarkupPage {
    /// The number of rows that a list says it has; nil where it says none.
    var rowCount: Int? {
        let place = parts.firstIndex { part -> Bool in
            if case .open(let tag) = part { tag.attributes["class"] == "count" } else { false }
        }
        guard let place, parts.indices.contains(place + 1), case .text(let text) = parts[place + 1] else { return nil }
        return Int(text.prefix { $0 != " " }.filter(\.isNumber))
    }

    /// Returns the text of the link to an address; nil where there is none.
    func text(of link: String) -> String? {
        let place = parts.firstIndex { part -> Bool in
            if case .open(let tag) = part { tag.name == "a" && tag.attributes["href"] == link } else { false }
        }
        guard let place, parts.indices.contains(place + 1), case .text(let text) = parts[place + 1] else { return nil }
        return text
    }
}

extension ShopHarness {
    /// Returns the administrator who was made already, with a token.
    func bearer() async throws -> HTTPProbe {
        let answer = try await anonymous.send(
            "POST", "/api/auth/login/", json: ["email": .string(Self.adminEmail), "password": .string(Self.password)])
        return anonymous.bearing(try #require(answer["access"]?.text, "\(answer.text)"))
    }
}
