import AdminPages
import AppHarness
import Testing

@testable import Admin

/// What the program carries for its pages.
@Suite struct AdminTemplateTests {
    private static var templates: [(name: String, text: String)] {
        AdminAssets.all.filter { $0.name.hasSuffix(".mustache") }.map { ($0.name, $0.text) }
    }

    @Test func `every template parses, and all are there`() throws {
        _ = try AdminTemplates()
        let names = Set(Self.templates.map(\.name))
        #expect(names.count > 20 && names.isSuperset(of: ["layout.mustache", "list.mustache", "form.mustache"]))
        for (name, text) in Self.templates {
            for match in text.matches(of: #/\{\{[<>]\s*([a-z-]+)\s*\}\}/#) {
                #expect(names.contains(String(match.1) + ".mustache"), "\(name) takes in \(match.1)")
            }
        }
    }

    @Test func `no template has a script, a style or a handler within it, or loads from elsewhere`() {
        for (name, text) in Self.templates {
            #expect(text.firstMatch(of: #/\son[a-z]+=/#) == nil, "\(name): a handler")
            #expect(text.firstMatch(of: #/\sstyle=/#) == nil && !text.contains("<style"), "\(name): a style")
            #expect(
                text.firstMatch(of: #/<script(?![^>]*src="\{\{(script|ownScript)\}\}")/#) == nil, "\(name): a script")
            #expect(text.firstMatch(of: #/(src|href|action)="(https?:)?///#) == nil, "\(name): from elsewhere")
            #expect(text.firstMatch(of: #/=\{\{/#) == nil, "\(name): an attribute without quotes")
            #expect(text.firstMatch(of: #/='[^']*\{\{/#) == nil, "\(name): an attribute in single quotes")
        }
    }

    /// What a template puts on a page without escaping it is made of escaped texts, and is listed here.
    @Test func `what is not escaped is known`() {
        let known: Set<String> = ["extra"]
        for (name, text) in Self.templates {
            for match in text.matches(of: #/\{\{\{\s*([a-zA-Z.]+)\s*\}\}\}/#) {
                #expect(known.contains(String(match.1)), "\(name) does not escape \(match.1)")
            }
            #expect(!text.contains("{{&"), "\(name)")
        }
    }

    @Test func `every text that templates name is there in both languages`() {
        let (english, german) = (Words.all(in: .english), Words.all(in: .german))
        for (name, text) in Self.templates {
            for match in text.matches(of: #/\{\{w\.([a-zA-Z]+)\}\}/#) {
                let word = String(match.1)
                #expect(!(english[word] ?? "").isEmpty && !(german[word] ?? "").isEmpty, "\(name): \(word)")
            }
        }
        #expect(Set(english.keys) == Set(german.keys))
    }

    @Test func `every text that is there for templates is named by one`() {
        let all = Self.templates.map(\.text).joined()
        let words =
            Words.all(in: .english).keys.map { "w." + $0 } + SectionWords.all(in: .english).keys.map { "s." + $0 }
        for word in words.sorted() { #expect(all.contains(word + "}}"), "\(word)") }
        let dashboard = Self.templates.first { $0.name == "dashboard.mustache" }?.text ?? ""
        for word in DashboardWords.texts(in: .english).keys.sorted() {
            #expect(dashboard.contains("t.\(word)}}"), "\(word)")
        }
    }

    @Test func `what is put into an attribute or a text is escaped, whatever follows its marks`() throws {
        let templates = try AdminTemplates()
        for mark in ["<", ">", "\"", "&", "<\u{338}", "\"\u{301}", "\u{200D}<", ">\u{FE0F}"] {
            let text = mark + "b zq b" + mark
            let view: [String: Any] = [
                "title": text, "shop": text, "lang": "en", "reason": text, "code": text, "detail": text, "email": text,
                "error": text, "hint": text, "kept": ["sealed": text, "to": text], "sealed": text, "to": text,
                "next": text, "csrf": text, "style": "/s", "script": "/admin/assets/s",
                "w": ["email": text],
            ]
            for name in ["sign-in", "problem", "code", "welcome", "return"] {
                let page = MarkupPage(templates.render(name, view))
                #expect(page.faults.isEmpty && page.dangers.isEmpty, "\(name): \(page.faults)")
                #expect(page.texts.contains { $0.contains("zq") } || name == "problem", "\(name)")
            }
        }
    }

    @Test func `style sheet and script are small, and load nothing`() throws {
        let assets = Dictionary(AdminAssets.all.map { ($0.name, $0) }) { first, _ in first }
        for name in ["admin.css", "admin.js"] {
            let asset = try #require(assets[name])
            #expect(asset.bytes.count < 60_000, "\(name): \(asset.bytes.count)")
            for word in [
                "@import", "http://", "https://", "eval(", "innerHTML", "document.write", "insertAdjacentHTML",
            ] {
                #expect(
                    !asset.text.contains(word) || word.hasPrefix("http") && asset.text.contains("www.w3.org"),
                    "\(name): \(word)")
            }
        }
    }
}
