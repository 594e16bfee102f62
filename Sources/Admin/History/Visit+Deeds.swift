import AdminPages
import Primitives

/// What entries of the audit say, in words.
extension Visit {
    /// What was done, as a reader is told it.
    struct Deed: Sendable {
        /// The whole sentence: `Product Oak lamp: changed`.
        let text: String
        /// The address of the row's page; nil where it has none that the reader may see.
        let address: String?
    }

    /// Returns what an entry of the audit says was done.
    func deed(_ entry: JSONValue) -> Deed {
        let (method, template) = (entry.text("method") ?? "", entry.text("endpoint") ?? "")
        let title = text(site.deeds.title(method, template))
        guard let row = site.deeds.row(entry.text("about") ?? "") else {
            return Deed(text: Phrase(title, title).capitalized.english, address: nil)
        }
        let isGone = method == "DELETE" && template.ends(with: "}/") && Self.parameters(template) == 1
        let isOpen = !isGone && may(.get, row.screen.item ?? row.screen.list)
        return Deed(text: "\(called(row, in: entry)): \(title)", address: isOpen ? row.address : nil)
    }

    /// Returns what a row is called, by what an entry has of it: `Product Oak lamp`.
    private func called(_ row: Deeds.Row, in entry: JSONValue) -> String {
        let isItself = Self.parameters(entry.text("endpoint") ?? "") < 2
        let states = isItself ? ["after", "before"].compactMap { entry.at($0) } : []
        let own = states.first { $0.text(row.screen.key).map { $0.isSame(as: row.key) } ?? false }
        return text(row.screen.singularTitle) + " " + (own.flatMap { name(of: $0, on: row.screen) } ?? row.key)
    }

    /// Returns what the row is called that a path of the audit names, read from its endpoint; the path where it has no page.
    func called(_ about: String) async -> String {
        guard let row = site.deeds.row(about) else { return about }
        let read = row.screen.itemPath(row.key).map { path in Reading("row", path) }
        let found = await readAll([read].compactMap { $0 })["row"]
        return text(row.screen.singularTitle) + " " + (found.flatMap { name(of: $0, on: row.screen) } ?? row.key)
    }

    private static func parameters(_ template: String) -> Int {
        template.cut(at: "/").count { $0.begins(with: "{") }
    }

    /// Returns what an entry has changed, a value a line; the first few, and how many more there are.
    func changes(_ before: JSONValue, _ after: JSONValue, about: String) -> String {
        guard case .object = before, case .object = after else { return "" }
        let all = StateWords(self, about: about).differences(before, after)
        var lines = all.prefix(3).map(\.line)
        if all.count > lines.count { lines.append(text(Words.moreRows, String(all.count - lines.count))) }
        return lines.joined(separator: "\n")
    }
}
