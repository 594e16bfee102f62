import AdminPages
import HTTPTypes
import Primitives
import Web

/// What is shown in a frame within a page: documents that others have written, and what a form would make. No script runs in it,
/// no form is sent from it, and nothing but this site's pages shows it.
struct FramePage: Sendable {
    let detail: DetailPage

    /// - Throws: `AdminRefusal.notFound`.
    init(_ visit: Visit) throws {
        detail = try DetailPage(visit)
    }

    private var visit: Visit { detail.visit }

    /// Gives an HTML document that is a member of the row.
    ///
    /// - Throws: `AdminRefusal` where there is none, or the reader may not see it.
    func document() async throws -> AdminPage {
        guard let member = visit.call.parameters["member"], detail.screen.documents.contains(member),
            let html = try await visit.read(detail.path).text(member)
        else { throw AdminRefusal.notFound }
        return AdminPage.framed(Array(html.utf8), styles: "'unsafe-inline'")
    }

    /// Shows what the form would make of the row as it is.
    ///
    /// - Throws: `AdminRefusal` where there is no such row, or the reader may not see it.
    func preview() async throws -> AdminPage {
        let preview = try declared()
        let row = try await visit.read(detail.path)
        let values = values(of: preview)
        var sent: [(name: String, value: String)] = []
        for (name, texts) in values.texts(of: row) { sent += texts.map { (name: name, value: $0) } }
        return try await page(preview, row, values.members(of: SubmittedForm(sent)))
    }

    /// Shows what the form would make of what is typed. Nothing of it is kept.
    ///
    /// - Throws: `AdminRefusal` where there is no such row, or the reader may not see it.
    func preview(_ sent: SubmittedForm) async throws -> AdminPage {
        let preview = try declared()
        return try await page(preview, try await visit.read(detail.path), values(of: preview).members(of: sent))
    }

    private func declared() throws -> AdminPreview {
        guard let preview = detail.screen.preview else { throw AdminRefusal.notFound }
        guard visit.may(preview.call) else { throw AdminRefusal.forbidden }
        return preview
    }

    private func values(of preview: AdminPreview) -> FieldValues {
        let fields = detail.screen.form?.fields ?? []
        return FieldValues(visit: visit, fields: fields.filter { preview.fields.contains($0.name) })
    }

    private func page(
        _ preview: AdminPreview, _ row: JSONValue, _ members: [String: JSONValue]
    ) async throws -> AdminPage {
        guard let path = AdminCall.path(preview.call.path, for: row) else { throw AdminRefusal.notFound }
        let method = HTTPRequest.Method(preview.call.method.rawValue) ?? .post
        let answer = await visit.send(LocalAPI.Call(method, path).sending(.object(members)))
        var view: [String: Any] = ["parts": answer.isSuccess ? parts(preview, answer.json) : [[String: Any]]()]
        let errors = answer.isSuccess ? [] : sentences(FormErrors(answer, values(of: preview).fields, visit.language))
        view["errors"] = errors
        view["hasErrors"] = !errors.isEmpty
        let page = visit.page("preview", title: Words.preview, view)
        return AdminPage.framed(page.body, styles: "'self' 'unsafe-inline'")
    }

    private func parts(_ preview: AdminPreview, _ json: JSONValue) -> [[String: Any]] {
        preview.parts.map { part in
            var view: [String: Any] = ["heading": visit.text(part.title)]
            let text = json.text(part.member) ?? ""
            guard !text.isEmpty else { return view }
            switch part.kind {
            case .line: view["line"] = text
            case .plain: view["plain"] = text
            case .document: view["document"] = text
            }
            return view
        }
    }

    /// What was refused, each sentence with the label of its field.
    private func sentences(_ errors: FormErrors) -> [String] {
        let fields = detail.screen.form?.fields ?? []
        let own = fields.compactMap { field in
            errors.byField[field.name].map { visit.text(field.title) + ": " + $0 }
        }
        return errors.general + own
    }
}

extension DetailPage {
    /// Returns the address of a document in a frame; nil where the row has none.
    func frame(of member: String, _ row: JSONValue) -> String? {
        guard let text = row.text(member), !text.isEmpty else { return nil }
        return address + "frame/\(PercentEncoding.encode(member))/"
    }

    /// Returns what the page shows of a preview; nothing where the screen has none, or the reader may not make it.
    func preview(of row: JSONValue) -> [String: Any] {
        guard let preview = screen.preview, visit.may(preview.call) else { return [:] }
        var view: [String: Any] = ["preview": address + "preview/"]
        if let explanation = preview.explanation { view["previewExplanation"] = visit.text(explanation) }
        return view
    }
}

extension AdminScreen {
    /// The members of a row that are HTML documents.
    fileprivate var documents: [String] {
        sections.compactMap { section in
            if case .document(let member) = section.content { member } else { nil }
        }
    }
}

extension AdminPage {
    /// Returns a page that stands in a frame of this site's, on an origin of its own: `styles` says which it may have.
    fileprivate static func framed(_ body: [UInt8], styles: String) -> AdminPage {
        var page = AdminPage(body: body)
        page.policy = """
            default-src 'none'; style-src \(styles); img-src data: https:; form-action 'none'; base-uri 'none'; \
            frame-ancestors 'self'; sandbox
            """
        page.headers[.xFrameOptions] = "SAMEORIGIN"
        return page
    }
}
