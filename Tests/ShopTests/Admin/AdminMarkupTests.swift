import AdminPages
import AppHarness
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import KontorApp

/// Texts of people that would be markup, on every page that staff see.
@Suite(.timeLimit(.minutes(10)))
struct AdminMarkupTests {
    @Test(arguments: Backend.available)
    func `what is entered into a form stands on its page as it was entered`(_ backend: Backend) async throws {
        try await withAdminWorld(backend) { world in
            var kept: Set<String> = []
            for screen in world.screens {
                guard let key = try await world.key(of: screen), screen.form?.updates ?? false else { continue }
                let path = "/admin/\(screen.name)/\(PercentEncoding.encode(key))/"
                for round in 0..<HostileText.all.count {
                    let names = try await enter(round, into: path, of: screen, world[.admin])
                    if !names.isEmpty { kept.insert(screen.name) }
                    try await expectShown(names, round, on: path, of: screen, world)
                }
            }
            #expect(kept.count > 6 || world.screens.count < 20, "\(kept.sorted())")
            try await expectSound(world)
        }
    }

    /// Sends the form of a row with a hostile text in each of its texts, and once more without those that were refused.
    ///
    /// - Returns: the names of the fields that took them.
    private func enter(
        _ round: Int, into path: String, of screen: AdminScreen, _ browser: AdminBrowser
    ) async throws -> [String] {
        let fields = screen.form?.fields.filter { $0.use != .creating && Self.isText($0) } ?? []
        var names = fields.map(\.name)
        while !names.isEmpty {
            guard let form = try await browser.get(path).page.form(to: path) else { return [] }
            let values = Dictionary(
                names.enumerated().map { ($0.element, HostileText.text(round + $0.offset)) }
            ) { $1 }
            let answer = try await browser.submit(form, values)
            if answer.status == 303 { return names }
            Self.expectSound(answer, "POST \(path)")
            let wrong = Self.refused(answer.page)
            // What is refused for more than a field of its own is left as it is.
            guard names.contains(where: { wrong.contains($0) }) else { return [] }
            names.removeAll { wrong.contains($0) }
        }
        return []
    }

    private static func isText(_ field: AdminField) -> Bool {
        switch field.kind {
        case .text, .longText, .source, .lines: true
        default: false
        }
    }

    /// The names of the fields that a form shows as wrong.
    private static func refused(_ page: MarkupPage) -> Set<String> {
        let wrong = page.tags.filter { $0.attributes["aria-invalid"] == "true" }.compactMap { $0.attributes["name"] }
        let told = page.tags.compactMap { tag -> String? in
            guard let id = tag.attributes["id"], id.hasPrefix("field-"), id.hasSuffix("-error") else { return nil }
            return String(id.dropFirst("field-".count).dropLast("-error".count))
        }
        return Set(wrong + told)
    }

    /// Expects the page of a row to have in its fields what the API has in the row.
    private func expectShown(
        _ names: [String], _ round: Int, on path: String, of screen: AdminScreen, _ world: AdminWorld
    ) async throws {
        guard !names.isEmpty, let item = screen.item else { return }
        let key = path.split(separator: "/").last.map(String.init) ?? ""
        let row = try await world.cast.admin.send("GET", item.replacing(/\{[^}]*\}/, with: key)).json
        for place in [path, "/admin/\(screen.name)/", "/admin/\(screen.name)/export.csv"] {
            let answer = try await world[.admin].get(place)
            #expect(answer.status == 200, "\(place) in round \(round): \(answer.status)")
            Self.expectSound(answer, place)
            guard place == path, let form = answer.page.form(to: path) else { continue }
            for name in names {
                let field = screen.form?.fields.first { $0.name == name }
                let source = (field?.source ?? name).split(separator: ".")
                guard let text = source.reduce(Optional(row), { $0?[String($1)] })?.text else { continue }
                // A field of several lines begins behind its first line break, as browsers have it.
                #expect(form[name].map { Self.isSame($0, text) } ?? false, "\(path): \(name) is \(text)")
            }
        }
    }

    private static func isSame(_ shown: String, _ text: String) -> Bool {
        shown.isSame(as: text) || shown.isSame(as: "\n" + text)
    }

    @Test func `what customers, vendors and browsers say of themselves is text to staff`() async throws {
        try await withAdminWorld(.sqlite) { world in
            let written = try await world.poison()
            #expect(written > 200, "values of the database that are hostile texts: \(written)")
            try await expectSound(world)
        }
    }

    @Test func `a search, a filter and an address give nothing back but text`() async throws {
        try await withAdminWorld(.sqlite) { world in
            let paths = world.screens.flatMap { screen in
                ["search", "ordering", "page", "column.x"].map { "/admin/\(screen.name)/?\($0)=" }
                    + screen.filters.map { "/admin/\(screen.name)/?\($0.name)=" }
            }
            for text in HostileText.all {
                let encoded = PercentEncoding.encode(text)
                for path in [
                    "/admin/search/?q=", "/admin/sign-in/?next=", "/admin/welcome/?code=", "/admin/reset/?token=",
                ] + paths {
                    let answer = try await world[.admin].get(path + encoded)
                    #expect(answer.status < 500, "\(path)\(encoded)")
                    Self.expectSound(answer, path + encoded)
                }
                for path in ["/admin/\(encoded)/", "/admin/orders/\(encoded)/", "/admin/\(encoded)/do/\(encoded)/"] {
                    let answer = try await world[.admin].get(path)
                    #expect([303, 404, 400].contains(answer.status), "\(path): \(answer.status)")
                    Self.expectSound(answer, path)
                }
            }
        }
    }

    @Test func `a notice that a browser brings is text`() async throws {
        try await withShop(.sqlite) { stand in
            let browser = try await stand.adminBrowser()
            for text in HostileText.all {
                browser.cookies["kontor_notice"] = Base64URL.encode(Array(text.utf8))
                let answer = try await browser.get("/admin/")
                Self.expectSound(answer, "a notice")
                #expect(answer.page.texts.contains { $0.contains("zq") }, "\(text)")
            }
        }
    }

    /// Looks at every page that the administrator has, and at every row's that lists show.
    private func expectSound(_ world: AdminWorld) async throws {
        var pages = ["/admin/", "/admin/search/?q=zq", "/admin/sessions/", "/admin/account/"]
        for endpoint in world.stand.adminEndpoints where endpoint.method == .get && !endpoint.template.contains("{") {
            pages.append(endpoint.template)
        }
        for screen in world.screens {
            let base = "/admin/\(screen.name)/"
            pages += [base + "?page_size=100", base + "new/", base + "?" + Self.all(screen)]
            let list = try await world[.admin].get(base + "?page_size=100").page.links
            let rows = Set(list.filter { $0.hasPrefix(base) && !$0.contains("?") && !$0.contains("export.csv") })
            for row in rows.sorted().prefix(12) {
                pages.append(row)
                pages += screen.actions.map { row + "do/\($0.name)/" }
                if screen.form?.deletes ?? false { pages.append(row + "delete/") }
            }
        }
        for path in pages {
            let answer = try await world[.admin].get(path)
            #expect(answer.status < 500, "\(path): \(answer.status)")
            Self.expectSound(answer, path)
        }
    }

    private static func all(_ screen: AdminScreen) -> String {
        screen.columns.map { "column.\($0.member)=1" }.joined(separator: "&")
    }

    private static func expectSound(_ answer: AdminBrowser.Answer, _ what: String) {
        for fault in answer.page.faults { Issue.record("\(what): \(fault)") }
        for danger in answer.page.dangers { Issue.record("\(what): \(danger)") }
        for tag in answer.page.tags {
            let names = [tag.name] + tag.attributes.keys
            if names.contains(where: HostileText.isIn) { Issue.record("\(what): <\(tag.name)> is a text's") }
        }
        // A template's braces that came from a row are shown, not filled.
        if answer.text.contains("{{{csrf") { #expect(answer.text.contains("{{zq6}}"), "\(what)") }
        for name in ["Location", "Set-Cookie", "Content-Disposition"] {
            let header = answer.response.header(name) ?? ""
            #expect(!header.contains("<script"), "\(what): \(header)")
        }
    }
}

extension AdminWorld {
    /// Puts hostile texts where people write, past every check: names, addresses, notes, reviews, devices. What the shop reads as
    /// more than text stays as it is.
    ///
    /// - Returns: the number of values that were written.
    func poison() async throws -> Int {
        try await stand.shop.installation.database.write { tx in
            var (written, number) = (0, 0)
            for (table, columns) in Self.written {
                for column in columns {
                    number += 1
                    let text = HostileText.text(number)
                    written += try tx.execute("UPDATE \(Query(table)) SET \(Query(column)) = \(text)")
                }
            }
            // Within JSON, where a quote would end it.
            let city = HostileText.all[0]
            return written
                + (try tx.execute(
                    "UPDATE orders SET shipping_address = REPLACE(shipping_address, 'Springfield', \(city))"))
        }
    }

    /// Columns that hold text of people and nothing else.
    private static let written: [(StaticString, [StaticString])] = [
        ("users", ["first_name", "last_name", "bio"]),
        ("addresses", ["label", "full_name", "address_line1", "city"]),
        ("user_sessions", ["user_agent", "city"]),
        ("login_history", ["user_agent", "city"]),
        ("account_events", ["user_agent", "detail"]),
        ("orders", ["notes", "tracking_number"]),
        ("order_items", ["product_name", "tax_name", "tracking_number"]),
        ("order_events", ["note"]),
        ("order_notes", ["text"]),
        ("shipments", ["carrier", "tracking_number", "note"]),
        ("products", ["name", "short_description", "description"]),
        ("product_images", ["alt_text"]),
        ("product_reviews", ["title", "review_text", "pros", "cons", "rejection_reason"]),
        ("review_responses", ["response_text"]),
        ("review_images", ["caption"]),
        ("vendors", ["name", "description", "registration_number", "tax_id", "status_reason"]),
        ("vendor_profiles", ["website", "address_line1", "city"]),
        ("vendor_documents", ["file_name", "rejection_reason"]),
        ("vendor_reviews", ["review_text", "response"]),
        ("vendor_ledger_entries", ["reason"]),
        ("vendor_payouts", ["vendor_name", "transaction_reference", "failure_reason"]),
        ("returns", ["note", "staff_note"]),
        ("return_items", ["reason"]),
        ("payments", ["failure_reason"]),
        ("refunds", ["reason", "decision_note", "failure_reason"]),
        ("disputes", ["reason"]),
        ("webhook_events", ["event_type", "error"]),
        ("coupons", ["description"]),
        ("tax_rates", ["name"]),
        ("shipping_methods", ["name"]),
        ("warehouses", ["name", "address_line1", "city"]),
        ("stock_movements", ["reference", "notes"]),
        ("email_logs", ["subject", "error_message"]),
        ("mailbox", ["subject", "text_content", "html_content"]),
        ("mail_suppressions", ["note"]),
        ("jobs", ["last_error"]),
        ("shop_webhooks", ["description", "disabled_reason"]),
        ("webhook_deliveries", ["error"]),
        ("imports", ["file_name", "failure"]),
        ("import_rows", ["row_key"]),
        ("audit_entries", ["path", "request_id"]),
    ]
}
