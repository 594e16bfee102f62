import Mustache
import Primitives
import Templates
import Testing

@testable import Admin

/// What pages are rendered with, against the library whose language their templates are in.
@Suite struct PageTemplateTests {
    @Test func `every page is made as the library makes it, whatever its values`() throws {
        let (templates, known) = (try AdminTemplates(), TemplateNames.all)
        var parsed: [String: MustacheTemplate] = [:]
        for (name, text) in TemplateNames.texts { parsed[name] = try MustacheTemplate(markup: text) }
        let library = MustacheLibrary(templates: parsed)
        var (generator, longest) = (RandomSource.seeded(18), 0)
        for name in parsed.keys.sorted() {
            for round in 0..<6 {
                let view = known.view(depth: 1, &generator)
                let ours = String(decoding: templates.render(name, view), as: UTF8.self)
                let theirs = try #require(library.render(view, withTemplate: name))
                #expect(Self.close(ours) == Self.close(theirs), "\(name), \(round)")
                longest = max(longest, ours.utf8.count)
            }
        }
        #expect(longest > 5_000, "pages had values")
    }

    /// Returns a page without white space: of the lines of tags that stand alone the library leaves some.
    private static func close(_ page: String) -> String {
        String(String.UnicodeScalarView(page.unicodeScalars.filter { !$0.properties.isWhitespace }))
    }

    private static let cases: [(template: String, page: String)] = [
        ("a {{text}} b", "a &lt;b&gt; b"), ("{{none}}", ""), ("{{#yes}}1{{/yes}}{{^yes}}2{{/yes}}", "1"),
        ("{{#no}}1{{/no}}{{^no}}2{{/no}}", "2"), ("{{#none}}1{{/none}}{{^none}}2{{/none}}", "2"),
        ("{{#list}}{{name}}{{text}};{{/list}}", "x&lt;b&gt;;y&lt;b&gt;;"),
        ("{{#void}}1{{/void}}{{^void}}2{{/void}}", "2"),
        ("{{#words}}{{.}},{{/words}}", "&amp;,&#39;,"), ("{{inner.name}} {{inner.none}}|{{none.name}}", "z |"),
        ("{{#inner}}{{name}}{{#text}}!{{/text}}{{/inner}}", "z!"), ("{{>part}}", "<z>"), ("{{>*which}}", "<z>"),
        ("{{>*none}}", ""), ("{{<frame}}{{$hole}}in{{/hole}}{{/frame}}", "[in]"), ("{{<frame}}{{/frame}}", "[out]"),
        ("a\n  {{#yes}}\n  b\n  {{/yes}}\nc", "a\n  b\nc"), ("a {{#yes}}\nb{{/yes}}", "a \nb"), ("{{! said }}a", "a"),
        ("<{{text}}\u{338}", "<&lt;b&gt;\u{338}"), ("{{ text }}", "&lt;b&gt;"), ("{{count}}", "3"),
    ]

    @Test(arguments: cases)
    func `sections, partials and parents are as Mustache has them`(_ template: String, _ page: String) throws {
        let templates = try PageTemplates([
            "page": try PageTemplate(template), "part": try PageTemplate("<{{inner.name}}>"),
            "frame": try PageTemplate("[{{$hole}}out{{/hole}}]"),
        ])
        let view: [String: Any] = [
            "text": "<b>", "yes": true, "no": false, "list": [["name": "x"], ["name": "y"]], "void": [String](),
            "words": ["&", "'"], "inner": ["name": "z"], "which": "part", "count": 3,
        ]
        #expect(String(decoding: templates.render("page", .object(PageMembers(view))), as: UTF8.self) == page)
    }

    @Test(arguments: [
        "{{#a}}", "{{/a}}", "{{#a}}{{#b}}{{/a}}{{/b}}", "{{a", "{{}}", "{{#}}", "{{{a}}}", "{{&a}}", "{{=<% %>=}}",
        "{{% CONTENT_TYPE:TEXT}}",
    ])
    func `what is no template of a page is refused`(_ text: String) {
        #expect(throws: PageTemplateError.self) { try PageTemplate(text) }
    }

    @Test func `who takes in what is not there is refused`() throws {
        for text in ["{{>b}}", "{{#x}}{{>b}}{{/x}}", "{{<b}}{{/b}}", "{{<a}}{{$c}}{{>b}}{{/c}}{{/a}}"] {
            let template = try PageTemplate(text)
            #expect(throws: PageTemplateError.self, "\(text)") { try PageTemplates(["a": template]) }
        }
    }
}

/// The names in the templates of pages, by how they are used, and values for them.
private struct TemplateNames {
    static let texts = AdminAssets.all.filter { $0.name.hasSuffix(".mustache") }.map { resource in
        (name: String(resource.name.dropLast(".mustache".count)), text: resource.text)
    }

    static let all = TemplateNames()

    private var (written, asked, single): (Set<String>, Set<String>, Set<String>) = ([], [], [])
    private var words: [String: [String: String]] = [:]

    private init() {
        for (_, text) in Self.texts {
            for match in text.matches(of: #/\{\{([#^])?([a-zA-Z]+)(?:\.([a-zA-Z]+))?\}\}/#) {
                let name = String(match.2)
                if let member = match.3 {
                    words[name, default: [:]][String(member)] = "<\(name) & \(member)>"
                } else if match.1 == nil {
                    written.insert(name)
                } else {
                    asked.insert(name)
                }
            }
            for match in text.matches(of: #/\{\{#([a-zA-Z]+)\}\}[^{]*(?:\{\{\.\}\}[^{]*)+\{\{/#) {
                single.insert(String(match.1))
            }
        }
    }

    /// Returns values for names: texts for those that are written, what sections may be asked about for the others.
    func view(depth: Int, _ generator: inout RandomSource) -> [String: Any] {
        var view: [String: Any] = [:]
        for name in written.union(asked).subtracting(words.keys).sorted() {
            guard Bool.random(using: &generator) else { continue }
            view[name] = value(of: name, depth: depth, &generator)
        }
        view.merge(words) { $1 }
        view["shape"] = ["cell-text", "cell-badge", "cell-link", "cell-nothing"].randomElement(using: &generator)
        return view
    }

    private func value(of name: String, depth: Int, _ generator: inout RandomSource) -> Any {
        if single.contains(name) { return ["<1>", "2\u{301}\""] }
        if written.contains(name) { return "\(name)'s \"<\u{338}&>\"" }
        let inner = depth == 0 ? 0 : Int.random(in: 0...2, using: &generator)
        let choices: [Any] = [true, false, (0..<inner).map { _ in view(depth: depth - 1, &generator) }]
        return choices[Int.random(in: 0..<choices.count, using: &generator)]
    }
}
