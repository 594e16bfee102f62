import AdminPages
import AppHarness
import Primitives
import Web

/// What is within the pages of rows: documents about elements of sections, what is done to them, forms of sections.
extension AdminCalls {
    /// Returns the addresses of documents about elements, and of what is done to them.
    func addresses(of screen: AdminScreen, _ spots: [String: AdminWorld.Spot]) -> [Address] {
        guard let item = screen.item, let showing = access("GET", item) else { return [] }
        let found = screen.sections.map { section -> (files: [Address], actions: [Address]) in
            let needed = [showing] + reading(section)
            let files = section.files.compactMap { file -> Address? in
                guard let own = self.needed(for: file),
                    let path = Self.path(of: "files/\(file.name)/", of: screen, spots)
                else { return nil }
                return Address(method: "GET", path: path, needed: needed + own)
            }
            let actions = section.actions.flatMap { action -> [Address] in
                guard let access = access(action.call),
                    let path = Self.path(of: "do/\(action.name)/", of: screen, spots)
                else { return [] }
                return both(path, needed + [access])
            }
            return (files, actions)
        }
        // What is done to an element may take it away.
        return found.flatMap(\.files) + found.flatMap(\.actions)
    }

    private static func path(
        of part: String, of screen: AdminScreen, _ spots: [String: AdminWorld.Spot]
    ) -> String? {
        spots[part].map { spot in
            let row = "/admin/\(screen.name)/\(PercentEncoding.encode(spot.key))/"
            return row + part + "?row=" + PercentEncoding.encode(spot.id)
        }
    }

    /// The rules of the endpoint that a section's elements are read from; none where the row has them itself.
    func reading(_ section: AdminSection) -> [Access] {
        section.source.flatMap { access("GET", $0) }.map { [$0] } ?? []
    }

    /// Returns what a form of a section is sent with: as it is, then with the element `id` changed, one made, the element deleted.
    func addresses(
        of form: MarkupPage.Form, _ section: AdminSection, _ id: String, of screen: AdminScreen
    ) -> [Address] {
        guard let item = screen.item, let showing = access("GET", item) else { return [] }
        let (needed, calls) = ([showing] + reading(section), section.formCalls)
        var sent: [Address] = []
        func add(_ call: AdminCall?, _ fields: [(name: String, value: String)], hasFile: Bool = false) {
            guard let access = call.flatMap({ access($0) }) else { return }
            sent.append(
                Address(
                    method: "POST", path: form.action, needed: needed + [access], fields: fields, hasFile: hasFile))
        }
        if form.isMultipart {
            add(calls.make, form.tokenless, hasFile: true)
            return sent
        }
        // Who may do nothing of a form is refused also where nothing has changed.
        add(calls.change ?? calls.make ?? calls.delete, form.tokenless)
        if !id.isEmpty, let cell = form.cell(of: id) {
            add(calls.change, form.changing(cell))
        }
        if let new = form["new"], let cell = form.cell(of: new) {
            add(calls.make, form.changing(cell))
        }
        if !id.isEmpty {
            add(calls.delete, form.tokenless + [(name: "delete", value: id)])
        }
        return sent
    }
}

extension MarkupPage.Form {
    /// What it is sent with once one of its texts is another.
    fileprivate func changing(_ cell: String) -> [(name: String, value: String)] {
        filled([cell: (self[cell] ?? "") + "1"]).filter { $0.name != "csrf" }
    }
}
