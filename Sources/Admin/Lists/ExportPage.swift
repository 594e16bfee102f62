import AdminPages
import HTTPTypes
import Primitives
import Web

/// A document about all rows of a screen, as its endpoint makes it; it is saved.
struct ExportPage: Sendable {
    let visit: Visit
    let file: AdminFile

    /// - Throws: `AdminRefusal.notFound`.
    init(_ visit: Visit) throws {
        self.visit = visit
        let name = visit.call.parameters["file"]
        guard let file = try visit.screen().exports.first(where: { $0.name == name }) else {
            throw AdminRefusal.notFound
        }
        self.file = file
    }

    /// - Throws: `AdminRefusal.answer` where the reader may not have it, or it cannot be made now.
    func give() async throws -> AdminPage {
        let (path, query) = file.path.halves(at: "?")
        let answer = await visit.send(LocalAPI.Call(.get, String(path), query: QueryItems(query ?? "")))
        guard answer.isSuccess else { throw AdminRefusal.answer(answer) }
        return AdminPage(document: answer)
    }
}
