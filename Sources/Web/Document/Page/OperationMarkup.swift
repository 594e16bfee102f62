import Primitives

/// Draws an operation of the document: what it takes, and what it answers.
struct OperationMarkup {
    /// An operation with its place in the document.
    struct Entry {
        let path: String
        let method: String
        /// Who may call it, in words.
        let access: String
        let operation: DocumentNode

        /// The tag under which it is shown.
        var tag: String { operation["tags"]?.list.first?.text ?? "" }
    }

    private let document: DocumentNode
    private let requests: SchemaMarkup
    private let answers: SchemaMarkup

    init(_ document: DocumentNode) {
        self.document = document
        requests = SchemaMarkup(document, .request)
        answers = SchemaMarkup(document, .answer)
    }

    /// Returns an operation as a box that opens.
    func box(_ entry: Entry) -> String {
        let operation = entry.operation
        let id = (operation["operationId"]?.text ?? "").escapedForHTML
        let (path, method) = (entry.path.escapedForHTML, entry.method.escapedForHTML)
        var box = "<details class=\"op\" id=\"\(id)\" data-path=\"\(path)\" data-method=\"\(method)\"><summary>"
        box += "<span class=\"verb \(method)\">\(method.uppercased())</span> <span class=\"path\">\(path)</span> "
        box += "<span class=\"does\">" + (operation["summary"]?.text ?? "").proseForHTML + "</span> "
        box += "<span class=\"who\">" + entry.access.escapedForHTML + "</span></summary><div class=\"inside\">"
        if let description = operation["description"]?.text { box += "<p>" + description.proseForHTML + "</p>" }
        box += parameters(of: operation) + body(of: operation) + responses(of: operation)
        return box + "</div></details>"
    }

    private func parameters(of operation: DocumentNode) -> String {
        let all = (operation["parameters"]?.list ?? []).map { resolved($0) }
        let places = [("path", "In the path"), ("query", "In the query"), ("header", "Headers"), ("cookie", "Cookies")]
        return places.map { place, title in
            let rows = all.filter { $0["in"]?.text == place }.map { parameter in
                requests.row(
                    parameter["name"]?.text ?? "", parameter["schema"] ?? DocumentNode(.object([:])),
                    isRequired: parameter["required"]?.isTrue == true, description: parameter["description"]?.text)
            }
            return rows.isEmpty ? "" : "<h3>\(title)</h3>" + SchemaMarkup.list(rows)
        }.joined()
    }

    private func body(of operation: DocumentNode) -> String {
        guard let body = operation["requestBody"].map({ resolved($0) }) else { return "" }
        return (body["content"]?.members ?? []).map { media, content in
            let title = "<h3>Body " + media.codeForHTML + "</h3>"
            guard let schema = content["schema"] else { return title }
            let fields = requests.fields(of: schema)
            return title + (fields.isEmpty ? "<p class=\"kind\">" + requests.kind(of: schema) + "</p>" : fields)
        }.joined()
    }

    /// Successes one by one, refusals in one line.
    private func responses(of operation: DocumentNode) -> String {
        let all = (operation["responses"]?.members ?? []).map { ($0.name, resolved($0.node)) }
        let successes = all.filter { $0.0.begins(with: "2") }.map { status, response in
            "<h3>Answers \(status.escapedForHTML) " + reason(of: response) + "</h3>" + content(of: response)
        }
        let refusals = all.filter { !$0.0.begins(with: "2") }.map { status, response in
            status.codeForHTML + " " + reason(of: response)
        }
        return successes.joined()
            + (refusals.isEmpty ? "" : "<h3>Or</h3><p class=\"kind\">" + refusals.joined(separator: ", ") + "</p>")
    }

    private func reason(of response: DocumentNode) -> String { (response["description"]?.text ?? "").proseForHTML }

    private func content(of response: DocumentNode) -> String {
        (response["content"]?.members ?? []).map { media, content in
            guard let schema = content["schema"] else { return "<p>" + media.codeForHTML + "</p>" }
            return "<p>" + media.codeForHTML + " " + answers.kind(of: schema) + "</p>" + answers.fields(of: schema)
        }.joined()
    }

    /// Returns what a reference leads to, or the node itself.
    private func resolved(_ node: DocumentNode) -> DocumentNode {
        guard let path = node["$ref"]?.text?.after("#/") else { return node }
        let target = path.cut(at: "/").reduce(document as DocumentNode?) { $0?[String($1)] }
        return target ?? node
    }
}
