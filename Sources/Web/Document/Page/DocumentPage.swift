import Primitives

/// The page of the document of the API: a list for people, whole as it is sent, which a small script makes searchable and lets
/// call the shop.
struct DocumentPage {
    private let document: DocumentNode
    private let entries: [OperationMarkup.Entry]

    /// Creates the page of `document`, with the endpoints in the order of `groups`.
    init(_ document: JSONValue, _ groups: [EndpointGroup]) {
        let document = DocumentNode(document)
        self.document = document
        entries = groups.flatMap(\.endpoints).compactMap { endpoint in
            let (path, method) = (Operation.path(of: endpoint), Operation.method(of: endpoint))
            return document["paths"]?[path]?[method].map { operation in
                OperationMarkup.Entry(path: path, method: method, access: endpoint.access.words, operation: operation)
            }
        }
    }

    /// The whole page, as HTML.
    var bytes: [UInt8] {
        Array(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title) API</title>
            <style>\(DocumentAssets.style)</style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the endpoints</a>
            <header>
            <h1>\(title) API \((document["info"]?["version"]?.text ?? "").escapedForHTML)</h1>
            <p class="about">\((document["info"]?["description"]?.text ?? "").proseForHTML)</p>
            <p><a href="/api/schema/">The document as OpenAPI (JSON)</a>, for generators of clients</p>
            \(TokenGuide(document).box)
            </header>
            <div class="frame">
            <nav aria-label="Parts of the API">
            <div data-script hidden><label for="search">Search fields and words</label>
            <input id="search" type="search" autocomplete="off" spellcheck="false">
            <p class="found" id="found" role="status"></p></div>
            <ul>\(contents)</ul>
            </nav>
            <main id="main">\(sections)\(shapes)</main>
            </div>
            <script>\(DocumentAssets.script)</script>
            </body>
            </html>

            """.utf8)
    }

    private var title: String { (document["info"]?["title"]?.text ?? "").escapedForHTML }

    /// The tags that have endpoints, in the order of the document, each with its endpoints.
    private var parts: [(tag: DocumentNode, name: String, entries: [OperationMarkup.Entry])] {
        let byTag = Dictionary(grouping: entries, by: \.tag)
        return (document["tags"]?.list ?? []).compactMap { tag in
            guard let name = tag["name"]?.text, let entries = byTag[name] else { return nil }
            return (tag, name, entries)
        }
    }

    private var contents: String {
        let tags = parts.map { part in
            Self.link(Self.anchor(part.name), part.name, part.entries.count)
        }
        return tags.joined() + Self.link("shapes", "Shapes of answers", components.count)
    }

    private static func link(_ anchor: String, _ name: String, _ count: Int) -> String {
        "<li><a href=\"#\(anchor)\">" + name.escapedForHTML + " <span class=\"count\">\(count)</span></a></li>"
    }

    private static func anchor(_ tag: String) -> String {
        "tag-" + tag.replacing(scalars: { $0.isPlainWord ? nil : "-" })
    }

    private var sections: String {
        let markup = OperationMarkup(document)
        return parts.map { part in
            let head =
                "<section id=\"\(Self.anchor(part.name))\"><h2>" + part.name.escapedForHTML + "</h2><p>"
                + (part.tag["description"]?.text ?? "").proseForHTML + "</p>"
            return head + part.entries.map { markup.box($0) }.joined() + "</section>"
        }.joined()
    }

    private var components: [(name: String, node: DocumentNode)] { document["components"]?["schemas"]?.members ?? [] }

    private var shapes: String {
        let markup = SchemaMarkup(document, .answer)
        let boxes = components.map { name, schema in
            let words = schema["description"]?.text.map { "<p>" + $0.proseForHTML + "</p>" } ?? ""
            return "<details class=\"shape\" id=\"\(SchemaMarkup.anchor(name))\"><summary>" + name.codeForHTML
                + "</summary><div class=\"inside\">" + words + shape(schema, markup) + "</div></details>"
        }
        return "<section id=\"shapes\"><h2>Shapes of answers</h2>" + boxes.joined() + "</section>"
    }

    private func shape(_ schema: DocumentNode, _ markup: SchemaMarkup) -> String {
        let fields = markup.fields(of: schema)
        return fields.isEmpty ? "<p class=\"kind\">" + markup.kind(of: schema) + "</p>" : fields
    }
}
