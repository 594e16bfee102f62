import AdminPages
import AppHarness
import Primitives
import TestSupport
import Web

extension AdminWorld {
    /// Where a part of a row's page is.
    struct Spot: Sendable {
        /// The key of the row.
        let key: String
        /// The id of the element; blank where the row has none.
        let id: String
    }

    /// Returns where the parts of a screen's pages are, by their paths: at an element that has the part, in want of one at another.
    func spots(of screen: AdminScreen) async throws -> [String: Spot] {
        var open = AdminPart.all(of: screen)
        guard !open.isEmpty else { return [:] }
        var (found, spare): ([String: Spot], [String: Spot]) = ([:], [:])
        for key in try await keys(of: screen) where !open.isEmpty {
            guard let path = screen.endpoint(ofRow: key) else { return [:] }
            let row = try await cast.admin.send("GET", path).json
            var lists: [String: JSONValue] = [:]
            for part in open {
                let listing = part.section.path(for: row)
                if let listing, lists[listing] == nil {
                    lists[listing] = try await cast.admin.send("GET", listing).json
                }
                let element = part.element(of: row, listing.flatMap { lists[$0] })
                let spot = Spot(key: key, id: element?.id ?? "")
                if element?.hasPart ?? false {
                    found[part.path] = spot
                } else if spare[part.path]?.id.isEmpty ?? true, element != nil || part.section.hasForm {
                    spare[part.path] = spot
                }
            }
            open.removeAll { found[$0.path] != nil }
        }
        return spare.merging(found) { $1 }
    }

    /// Returns what the forms of a row's sections send as the administrator sees them: with nothing changed, and with an element
    /// changed, made and deleted.
    func sectionForms(of screen: AdminScreen, _ spots: [String: Spot]) async throws -> [AdminCalls.Address] {
        var forms: [AdminCalls.Address] = []
        for part in AdminPart.all(of: screen) where part.section.hasForm {
            guard let spot = spots[part.path] else { continue }
            let base = "/admin/\(screen.name)/\(PercentEncoding.encode(spot.key))/"
            for form in try await self[.admin].get(base).page.forms where form.action == base + part.path {
                forms += calls.addresses(of: form, part.section, spot.id, of: screen)
            }
        }
        return forms
    }
}

extension MarkupPage.Form {
    /// Returns the name of the first text that can be entered for an element of a section.
    func cell(of id: String) -> String? {
        controls.first { control in
            control.name.hasPrefix("cell.\(id).") && control.options.isEmpty
                && ["text", "textarea"].contains(control.kind)
        }?.name
    }

    /// What it is sent with, but for the token of its session.
    var tokenless: [(name: String, value: String)] { fields.filter { $0.name != "csrf" } }
}
