import AppHarness
import Commerce
import HTTPTypes
import Messages
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Notifications

/// Templates as staff edit them.
@Suite(.timeLimit(.minutes(6)))
struct TemplateRoutesTests {
    private static let path = "/api/admin/email-templates/"

    private static func body(
        _ subject: String = "S {{name}}", _ more: String = ""
    ) throws -> String {
        let fields: [String: JSONValue] = [
            "subject": .string(subject), "text_content": .string("T {{name}}"),
            "html_content": .string("<p>{{name}}</p>"),
        ]
        let json = String(decoding: try JSONBytes.encode(JSONValue.object(fields)), as: UTF8.self)
        return more.isEmpty ? json : String(json.dropLast()) + ", " + more + "}"
    }

    private static func id(_ type: String, _ language: String) -> Int64 {
        EmailTemplateID(of: type, in: language).rawValue
    }

    @Test(arguments: Backend.available)
    func `shipped templates are listed in each language before anybody touched them`(_ backend: Backend) async throws {
        try await NotificationStand.with(backend) { stand in
            let all = try await stand.call(.get, Self.path + "?page_size=100")
            #expect(all["count"]?.integer == Int64(stand.composer.catalog.shipped.count))
            #expect(all.results.allSatisfy { $0["is_default"] == .bool(true) && $0.int("version") == 1 })
            #expect(all.statements <= 4)
            let notes = try await stand.call(.get, Self.path + "?template_type=note&ordering=-language")
            #expect(notes.results.map { $0.text("language") } == ["en", "de"])
            #expect(notes.results.map { $0.text("subject") } == ["Note {{name}}", "Notiz {{name}}"])
            let names: [JSONValue] = ["items.sku", "name", "shop_name", "shop_url"].map { .string($0) }
            #expect(notes.results[0]["variables"] == .array(names))
            #expect(try await stand.count("SELECT COUNT(*) FROM email_templates") == 0, "reading writes nothing")
            let page = try await stand.call(.get, Self.path + "?page_size=3&page=2&ordering=name")
            #expect(page.results.count == 3 && page["previous"] != .null)
        }
    }

    @Test(arguments: Backend.available)
    func `a template is changed under its version, and reset`(_ backend: Backend) async throws {
        try await NotificationStand.with(backend) { stand in
            let one = Self.path + "\(Self.id("note", "de"))/"
            let changed = try await stand.call(.put, one, try Self.body(), headers: [.ifMatch: "1"])
            #expect(changed.status == 200 && changed.json.int("version") == 2, "\(changed.json)")
            #expect(changed["is_default"] == .bool(false) && changed.id == Self.id("note", "de"))
            #expect(try await stand.call(.patch, one, #"{"name": "x"}"#, headers: [.ifMatch: "1"]).status == 412)
            let named = try await stand.call(.patch, one, #"{"name": "A note", "is_active": false}"#)
            #expect(named.json.int("version") == 3 && named.text("subject") == "S {{name}}")
            #expect(named.text("name") == "A note" && named["is_active"] == .bool(false))
            let reset = try await stand.call(.post, one + "reset/")
            #expect(reset.status == 200 && reset["is_default"] == .bool(true) && reset.json.int("version") == 4)
            #expect(reset.text("subject") == "Notiz {{name}}" && reset["is_active"] == .bool(true))
            let again = try await stand.call(.put, one, try Self.body(), headers: [.ifMatch: "2"])
            #expect(again.status == 412, "an old version stays old")
            let off = try await stand.call(.patch, one, #"{"is_active": false}"#)
            #expect(off.status == 400 && off["is_active"] != nil)
            #expect(try await stand.call(.delete, one).status == 409)
        }
    }

    @Test(arguments: Backend.available)
    func `staff add a language, or a text in place of a shipped one`(_ backend: Backend) async throws {
        try await NotificationStand.with(backend) { stand in
            let french = try await stand.call(
                .post, Self.path, try Self.body("Bonjour {{name}}", #""template_type": "note", "language": "FR""#))
            #expect(french.status == 201 && french.text("language") == "fr" && french.json.int("version") == 1)
            let twice = try await stand.call(
                .post, Self.path, try Self.body("X", #""template_type": "note", "language": "fr""#))
            #expect(twice.status == 400 && twice["language"] != nil)
            let own = try await stand.call(.post, Self.path, try Self.body("Mine", #""template_type": "note""#))
            #expect(own.status == 201 && own.text("language") == "en" && own.id == Self.id("note", "en"))
            let unknown = try await stand.call(.post, Self.path, try Self.body("Mine", #""template_type": "spring""#))
            #expect(unknown.status == 400 && unknown["template_type"] != nil)
            let moved = try await stand.call(.patch, Self.path + "\(own.id)/", #"{"language": "it"}"#)
            #expect(moved.status == 400 && moved["template_type"] != nil)
            #expect(try await stand.call(.post, Self.path + "\(french.id)/reset/").status == 409)
            #expect(try await stand.call(.delete, Self.path + "\(french.id)/").status == 204)
            #expect(try await stand.call(.get, Self.path + "\(french.id)/").status == 404)
            #expect(try await stand.call(.get, Self.path + "1/").status == 404)
        }
    }

    /// A template's part, what is written into it, and a word of the refusal; nil where it is good.
    private static let texts: [(String, String, String?)] = [
        ("subject", "{{nope}}", "nope"), ("subject", "{{#items}}{{nope}}{{/items}}", "nope"),
        ("subject", "{{items.sku}}", "items.sku"), ("subject", "{{#items}}{{sku}} {{name}}{{/items}}", nil),
        ("subject", "{{^items}}{{sku}}{{/items}}x", "sku"), ("subject", "{{sku}}", "sku"),
        ("text_content", "{{{name}}}", nil), ("text_content", "{{&name}}", nil),
        ("html_content", "{{{name}}}", "escaped"),
        ("html_content", "{{& name}}", "escaped"), ("html_content", "{{> part}}", "partials"),
        ("html_content", "{{=<% %>=}}<% name %>", "delimiters"),
        ("html_content", "{{% CONTENT_TYPE:TEXT}}x", "content type"),
        ("subject", "{{uppercased(name)}}", "functions"), ("subject", "{{#name}}", "parse"),
        ("subject", "{{name", "parse"),
        ("subject", "{{/name}}", "parse"), ("subject", "{{^name}}x{{/name}}", "says nothing"),
        ("subject", "{{! words }}x", nil),
        ("text_content", "{{ shop_name }} {{shop_url}}", nil), ("html_content", "{{#items}}{{.}}{{/items}}x", nil),
        ("subject", "", "blank"), ("subject", String(repeating: "x", count: 501), "500"),
        ("html_content", "<p>{{name}}</p>{{#name}}{{nope}}{{/name}}", "nope"),
    ]

    @Test func `a text is saved only if it renders with its sample`() async throws {
        try await NotificationStand.with(.sqlite) { stand in
            let one = Self.path + "\(Self.id("note", "en"))/"
            for (part, text, reason) in Self.texts {
                let sent = String(
                    decoding: try JSONBytes.encode(JSONValue.object([part: .string(text)])), as: UTF8.self)
                let answer = try await stand.call(.patch, one, sent)
                guard let reason else {
                    #expect(answer.status == 200, "\(text): \(answer.json)")
                    continue
                }
                let words = answer[part]?.array?.compactMap(\.text).joined() ?? ""
                #expect(answer.status == 400 && words.contains(reason), "\(text): \(answer.json)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a preview and a test show a text as it stands, whatever is in use`(_ backend: Backend) async throws {
        try await NotificationStand.with(backend) { stand in
            let one = Self.path + "\(Self.id("note", "de"))/"
            let shown = try await stand.call(.post, one + "preview/")
            #expect(shown.status == 200 && shown.text("subject") == "Notiz Ada", "\(shown.json)")
            let other = try await stand.call(.post, one + "preview/", #"{"context": {"name": "<b>"}}"#)
            #expect(
                other.text("text")?.contains("Notiz <b>") == true && other.text("html")?.contains("&lt;b&gt;") == true)
            #expect(try await stand.call(.post, one + "preview/", #"{"context": [1]}"#).status == 400)
            for (path, body) in [
                ("preview/", #"{"context": {"name": "Bo", "nope": "x"}}"#),
                ("test/", #"{"email": "me@example.com", "context": {"nope": {"name": "x"}}}"#),
            ] {
                let refused = try await stand.call(.post, one + path, body)
                #expect(refused.status == 400, "\(path): \(refused.json)")
                #expect(refused["context"] == .object(["nope": .array([.string("There is no variable \"nope\".")])]))
            }
            #expect(try await stand.call(.post, one + "test/", "{}").status == 400)
            _ = try await stand.call(.put, one, try Self.body("Entwurf {{name}}", #""is_active": false"#))
            let sent = try await stand.call(
                .post, one + "test/", #"{"email": "me@example.com", "context": {"name": "Bo"}}"#)
            #expect(sent.status == 202)
            try await stand.run()
            for _ in 0..<12 { _ = try await stand.call(.post, one + "test/", #"{"email": "me@example.com"}"#) }
            try await stand.run()
            #expect(stand.mails.first?.mail.subject == "Entwurf Bo" && stand.mails.first?.recipient == "me@example.com")
            #expect(stand.mails.count == 13, "staff are no guests")
        }
    }

    @Test(arguments: Backend.available)
    func `a preview shows what is typed, or what is wrong with it, and keeps nothing`(_ backend: Backend) async throws {
        try await NotificationStand.with(backend) { stand in
            let preview = Self.path + "\(Self.id("note", "de"))/preview/"
            let typed = try await stand.call(.post, preview, #"{"subject": "Neu {{name}}", "context": {"name": "Bo"}}"#)
            #expect(typed.status == 200 && typed.text("subject") == "Neu Bo", "\(typed.json)")
            #expect(typed.text("text")?.contains("Notiz Bo") == true, "parts that were not sent are the template's")
            let faults = [
                ("subject", "", "says nothing"), ("subject", "{{nope}}", "nope"),
                ("html_content", "{{{name}}}", "escaped"),
                ("text_content", "{{#name}}", "parse"), ("subject", String(repeating: "x", count: 501), "500"),
            ]
            for (part, text, reason) in faults {
                let sent = String(
                    decoding: try JSONBytes.encode(JSONValue.object([part: .string(text)])), as: UTF8.self)
                let refused = try await stand.call(.post, preview, sent)
                let words = refused[part]?.array?.compactMap(\.text).joined() ?? ""
                #expect(refused.status == 400 && words.contains(reason), "\(text): \(refused.json)")
            }
            #expect(try await stand.count("SELECT COUNT(*) FROM email_templates") == 0)
        }
    }

    @Test func `no two templates have one id`() {
        let languages = ["en", "de", "fr", "es", "it", "nl", "pl", "pt-br", "zh-hans", "ja"]
        let types = (0..<200).map { "type_\($0)" } + NotificationStand.templates.keys
        let ids = types.flatMap { type in languages.map { EmailTemplateID(of: type, in: $0) } }
        #expect(Set(ids).count == ids.count)
    }

    @Test func `only staff with the permission see and change templates`() async throws {
        try await NotificationStand.with(.sqlite) { stand in
            let callers: [(Identity?, Int)] = [
                (NotificationStand.identity(.staff, 2, ["notifications.view"]), 403),
                (NotificationStand.identity(.staff, 2, ["notifications.edit"]), 200), (nil, 401),
            ]
            for (caller, status) in callers {
                let answer = try await stand.call(.get, Self.path, as: caller)
                #expect(answer.status == status)
            }
        }
    }
}
