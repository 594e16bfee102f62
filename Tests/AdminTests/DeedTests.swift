import AdminPages
import AppHarness
import HTTPTypes
import Primitives
import Testing
import Web

@testable import Admin

/// What the audit says, in words.
@Suite struct DeedTests {
    @Test(
        arguments: [
            ("POST", "/api/trials/", "created", "angelegt"), ("PATCH", "/api/trials/{id}/", "changed", "geändert"),
            ("DELETE", "/api/trials/{trial}/", "deleted", "gelöscht"),
            ("POST", "/api/trials/{id}/deactivate/", "Deactivate", "Abschalten"),
            ("PUT", "/api/others/{id}/status/", "status changed", "Status geändert"),
            ("POST", "/api/admin/settings/test-mail/", "test mail sent", "Testmail gesendet"),
            ("PUT", "/api/others/{id}/", "changed", "geändert"), ("POST", "/api/others/{id}/", "done", "ausgeführt"),
            ("GET", "/api/others/{id}/", "read", "gelesen"),
        ])
    func `a call is called as the form or the button that makes it`(
        _ method: String, _ template: String, _ english: String, _ german: String
    ) {
        #expect(Deeds([TrialSite.screen]).title(method, template) == Phrase(english, german))
    }

    @Test func `buttons that share a call are told apart by what they change, and one word stands for both`() {
        let shared = ["Up", "Down"].map { AdminAction($0, Phrase($0, "„\($0)“"), .put, "/api/trials/{id}/status/") }
        let deeds = Deeds([TrialSite.screen.with { $0.actions = shared }])
        #expect(deeds.title("PUT", "/api/trials/{id}/status/") == Phrase("status changed", "Status geändert"))
    }

    @Test(arguments: ["/api/trials/17/", "/api/trials/a-b/"])
    func `a path of the audit leads to the page of its row`(_ path: String) throws {
        let screen = TrialSite.screen.with { $0.item = "/api/admin/trials/{trial}/" }
        let row = try #require(Deeds([screen]).row(path))
        #expect(row.address == "/admin" + path.dropFirst("/api".count))
        for other in ["", "/", "/api/", "/api/trials/", "/api/others/17/", "/api/trials/17"] {
            #expect(Deeds([screen]).row(other) == nil, "\(other)")
        }
    }

    private static func withVisit(_ language: AdminLanguage, _ body: (Visit) throws -> Void) async throws {
        try await withTrialSite { trial in
            let call = APIRequest(method: .get, path: "/admin/trials/", baseURL: "http://shop.test")
            try body(
                Visit(
                    site: trial.site, call: call, identity: TrialSite.Reader.admin.identity, language: language))
        }
    }

    private static func entry(_ method: String, _ template: String, _ about: String, _ after: JSONValue) -> JSONValue {
        .object([
            "method": .string(method), "endpoint": .string(template), "about": .string(about), "before": .null,
            "after": after,
        ])
    }

    @Test func `an entry names its row, leads to it, and to none that is gone`() async throws {
        let row = JSONValue.object(["id": .number("17"), "name": .string("Ada")])
        try await Self.withVisit(.german) { visit in
            let changed = visit.deed(Self.entry("PATCH", "/api/trials/{id}/", "/api/trials/17/", row))
            #expect(changed.text == "Versuch Ada: geändert" && changed.address == "/admin/trials/17/")
            let other = visit.deed(Self.entry("PATCH", "/api/trials/{id}/", "/api/trials/18/", row))
            #expect(other.text == "Versuch 18: geändert", "the name is another row's")
            let part = visit.deed(
                Self.entry("PATCH", "/api/trials/{id}/parts/{part}/", "/api/trials/17/", row).with("row_name", "Bea"))
            #expect(part.text == "Versuch Bea: geändert", "what changed is a part of it")
            let gone = visit.deed(Self.entry("DELETE", "/api/trials/{id}/", "/api/trials/17/", .null))
            #expect(gone.text == "Versuch 17: gelöscht" && gone.address == nil)
            let whole = visit.deed(Self.entry("PATCH", "/api/admin/settings/", "", .null))
            #expect(whole.text == "Einstellungen geändert" && whole.address == nil)
        }
    }

    private static func state(
        price: String, isActive: Bool, owner: String, tags: [String], version: String
    ) -> JSONValue {
        .object([
            "price": .string(price), "is_active": .bool(isActive), "version": .number(version),
            "owner": .object(["id": .string(owner), "name": .string("Owner \(owner)")]),
            "tags": .array(tags.map { .string($0) }), "sold_at": .string("2026-07-01T10:00:0\(version)Z"),
        ])
    }

    @Test func `what has changed is told by titles and values as the admin shows them`() async throws {
        let before = Self.state(price: "1299.00", isActive: true, owner: "1", tags: ["a"], version: "1")
        let after = Self.state(price: "1400.50", isActive: false, owner: "2", tags: ["a", "b"], version: "2")
        try await Self.withVisit(.german) { visit in
            let all = StateWords(visit, about: "/api/trials/17/").differences(before, after)
            let lines = Dictionary(uniqueKeysWithValues: all.map { ($0.title, [$0.before, $0.after]) })
            #expect(lines["Preis"] == ["1.299,00\u{A0}$", "1.400,50\u{A0}$"])
            #expect(lines["Aktiv"] == ["Ja", "Nein"] && lines["Schlagwörter"] == ["a", "a, b"])
            #expect(lines["Eigentümer"] == ["Owner 1", "Owner 2"], "\(lines)")
            #expect(all.count == 5, "the version follows, and the owner's id: \(lines)")
            let text = visit.changes(before, after, about: "/api/trials/17/")
            #expect(text.split(separator: "\n").count == 4 && text.hasSuffix("und 2 weitere"), "\(text)")
            #expect(visit.changes(.null, after, about: "/api/trials/17/").isEmpty, "what is new has no change")
            #expect(visit.changes(before, before, about: "").isEmpty)
        }
    }
}
