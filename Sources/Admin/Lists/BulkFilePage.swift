import AdminPages
import HTTPTypes
import Primitives
import Web

/// A document about the chosen rows of a list, as its endpoint makes it; it opens in the browser at an address of its own.
struct BulkFilePage: Sendable {
    let visit: Visit
    let screen: AdminScreen
    let file: AdminBulkFile

    /// - Throws: `AdminRefusal.notFound` where there is no such screen; nil where the screen has no such document.
    init?(_ visit: Visit, named name: String?) throws {
        self.visit = visit
        screen = try visit.screen()
        guard let file = screen.bulkFiles.first(where: { $0.name == name }) else { return nil }
        self.file = file
    }

    /// Leads to the document about the rows that a form chose.
    ///
    /// - Throws: `AdminRefusal` where the reader may not see the list.
    func lead(_ sent: SubmittedForm) async throws -> AdminPage {
        let rows = ChosenRows(visit: visit, screen: screen, sent: sent)
        let keys = try await rows.read(most: file.limit + 1, keysAlone: true).map(\.key)
        if keys.isEmpty { return visit.redirect(rows.back, saying: visit.text(Words.noneChosen)) }
        if keys.count > file.limit {
            return visit.redirect(rows.back, saying: visit.text(Words.tooMany, String(file.limit)))
        }
        let list = PercentEncoding.encode(keys.joined(separator: ","))
        return .redirect("/admin/\(screen.name)/files/\(file.name)/?keys=\(list)")
    }

    /// Gives the document about the rows that the address names.
    ///
    /// - Throws: `AdminRefusal` where there is none, or the reader may not see it.
    func show() async throws -> AdminPage {
        let query = QueryItems([file.parameter: visit.call.query["keys"] ?? ""])
        return try .document(await visit.send(LocalAPI.Call(.get, file.path, query: query)))
    }
}
