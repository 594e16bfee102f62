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
        let name = ownName(row, entry) ?? entry.text(Self.rowName) ?? row.key
        return Deed(
            text: "\(text(row.screen.singularTitle)) \(name): \(title)", address: isOpen ? row.address : nil)
    }

    /// The member of an entry that says what its row is called where its states do not.
    static let rowName = "row_name"
    /// The most rows of a page that are read for their names.
    private static let named = 10

    /// Returns what an entry's states call its row; nil where they are those of something else, such as a part of it.
    private func ownName(_ row: Deeds.Row, _ entry: JSONValue) -> String? {
        guard Self.parameters(entry.text("endpoint") ?? "") < 2 else { return nil }
        let states = ["after", "before"].compactMap { entry.at($0) }
        let own = states.first { $0.text(row.screen.key).map { $0.isSame(as: row.key) } ?? false }
        return own.flatMap { name(of: $0, on: row.screen) }
    }

    /// Returns the rows of a list; entries of the audit with the names of the first rows that their states do not have.
    func naming(_ rows: [JSONValue], on screen: AdminScreen) async -> [JSONValue] {
        guard screen.columns.contains(where: { $0.kind == .deed }) else { return rows }
        var wanted: [String: Deeds.Row] = [:]
        for entry in rows where wanted.count < Self.named {
            guard let about = entry.text("about"), let row = site.deeds.row(about), ownName(row, entry) == nil else {
                continue
            }
            wanted[about] = row
        }
        let readings = wanted.compactMap { about, row in row.screen.itemPath(row.key).map { Reading(about, $0) } }
        let found = await readAll(readings)
        return rows.map { entry in
            guard let about = entry.text("about"), let row = wanted[about], let state = found[about],
                let name = self.name(of: state, on: row.screen)
            else { return entry }
            return entry.with(Self.rowName, name)
        }
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

extension JSONValue {
    /// Returns this object with a text for one of its members.
    func with(_ member: String, _ text: String) -> JSONValue {
        guard case .object(var members) = self else { return self }
        members[member] = .string(text)
        return .object(members)
    }
}
