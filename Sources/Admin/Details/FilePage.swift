import AdminPages
import HTTPTypes
import Primitives
import Web

/// A document about a row, as its endpoint makes it; it opens in the browser.
struct FilePage: Sendable {
    let detail: DetailPage

    /// - Throws: `AdminRefusal.notFound`.
    init(_ visit: Visit) throws {
        detail = try DetailPage(visit)
    }

    /// - Throws: `AdminRefusal` where there is none, or the reader may not see it.
    func file() async throws -> AdminPage {
        let visit = detail.visit
        let name = visit.call.parameters["file"]
        let section = detail.screen.sections.first { $0.files.contains { $0.name == name } }
        let files = detail.screen.files + (section?.files ?? [])
        guard let file = files.first(where: { $0.name == name }) else { throw AdminRefusal.notFound }
        // Before anything is read, as the endpoint would.
        guard visit.may(file) else { throw AdminRefusal.forbidden }
        let row = try await visit.read(detail.path)
        let part = try await detail.part(of: section, id: visit.call.query["row"], in: row)
        guard let path = AdminCall.path(file.path, for: row, within: part) else { throw AdminRefusal.notFound }
        let (bare, query) = path.halves(at: "?")
        return try .document(await visit.send(LocalAPI.Call(.get, String(bare), query: QueryItems(query ?? ""))))
    }
}

extension AdminPage {
    /// Returns the document that an endpoint answered, to be opened in the browser.
    ///
    /// - Throws: `AdminRefusal.answer` where it refused.
    static func document(_ answer: APIAnswer) throws -> AdminPage {
        guard answer.isSuccess else { throw AdminRefusal.answer(answer) }
        return AdminPage(document: answer)
    }

    /// Creates a page of a document as its endpoint gives it: PDF and pictures open in the browser, all else is saved where the
    /// endpoint says so.
    init(document answer: APIAnswer) {
        let headers = answer.response.headers
        let type = headers[.contentType] ?? "application/octet-stream"
        self.init(contentType: type, body: answer.response.bytes)
        let opens = ["application/pdf", "image/jpeg", "image/png", "image/webp"].contains { type.begins(with: $0) }
        if let disposition = headers[.contentDisposition] {
            let name = opens ? disposition.after("attachment") : nil
            self.headers[.contentDisposition] = name.map { "inline" + $0 } ?? disposition
        }
        // A browser's own viewer of PDF brings its styles; whatever else is opened loads and runs nothing.
        policy =
            opens
            ? "default-src 'self'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
            : "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    }
}
