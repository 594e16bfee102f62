import AdminPages
import Primitives
import Web

/// A read of an endpoint, and the name under which its answer is found.
struct Reading: Sendable {
    let name: String
    let path: String
    let query: [String: String]

    init(_ name: String, _ path: String, _ query: [String: String] = [:]) {
        self.name = name
        self.path = path
        self.query = query
    }
}

extension Visit {
    /// Reads from several endpoints at once and returns the answers by name. What the reader may not see is not asked for, and
    /// what is refused is left out.
    func readAll(_ readings: [Reading]) async -> [String: JSONValue] {
        await withTaskGroup(of: (name: String, json: JSONValue?).self) { group in
            for reading in readings where may(.get, reading.path) {
                group.addTask { (reading.name, try? await read(reading.path, reading.query)) }
            }
            var found: [String: JSONValue] = [:]
            for await answer in group { found[answer.name] = answer.json }
            return found
        }
    }

    /// Returns the address of the list of the screen that stands on an endpoint, with a query; nil where there is none, or the
    /// reader may not see it.
    func listAddress(of path: String, _ query: [String: String] = [:]) -> String? {
        guard let screen = site.screens.first(where: { $0.list.isSame(as: path) }), may(.get, path) else { return nil }
        return "/admin/\(screen.name)/" + (query.isEmpty ? "" : "?" + QueryItems(query).text)
    }
}
