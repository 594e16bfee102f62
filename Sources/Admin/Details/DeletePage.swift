import AdminPages
import HTTPTypes
import Primitives
import Web

/// Deleting a row, after a question.
struct DeletePage: Sendable {
    let detail: DetailPage

    /// - Throws: `AdminRefusal.notFound` where rows are not deleted.
    init(_ visit: Visit) throws {
        detail = try DetailPage(visit)
        guard detail.screen.form?.deletes ?? false else { throw AdminRefusal.notFound }
    }

    private var visit: Visit { detail.visit }

    /// Refuses who may not do it before anything is read, as the endpoint would.
    private func checkAccess() throws {
        guard visit.may(detail.screen.deleteCall) else {
            throw AdminRefusal.forbidden
        }
    }

    /// - Throws: `AdminRefusal` where there is no such row, or the reader may not delete it.
    func ask() async throws -> AdminPage {
        try checkAccess()
        return page(try await visit.read(detail.path), nil)
    }

    /// - Throws: `AdminRefusal` where there is no such row, or the reader may not delete it.
    func delete(_ sent: SubmittedForm) async throws -> AdminPage {
        try checkAccess()
        let row = try await visit.read(detail.path)
        guard let path = AdminCall.path(detail.screen.deleteCall.path, for: row) else { throw AdminRefusal.notFound }
        var call = LocalAPI.Call(.delete, path)
        if let version = sent["version"], !version.isEmpty { call.headers[.ifMatch] = "\"\(version)\"" }
        let answer = await visit.send(call)
        guard answer.isSuccess else { return page(row, answer) }
        return visit.redirect(
            "/admin/\(detail.screen.name)/", saying: visit.text(Words.deleted, visit.text(detail.screen.singularTitle)))
    }

    private func page(_ row: JSONValue, _ refusal: APIAnswer?) -> AdminPage {
        let name = row.text(detail.screen.label) ?? detail.key
        var view: [String: Any] = [
            "action": detail.address + "delete/", "back": detail.address, "backTitle": name, "isDanger": true,
            "button": visit.text(Words.delete), "explanation": visit.text(Words.deletes, name),
            "once": visit.site.random.token(byteCount: 16),
        ]
        if let version = row.text("version") { view["version"] = version }
        if let refusal {
            view["hasErrors"] = true
            view["errors"] = FormErrors(refusal, [], visit.language).general
        }
        var page = visit.page("form", title: visit.text(Words.deleteTitle, name), view)
        if let refusal { page.status = refusal.response.status }
        return page
    }
}
