import AdminPages
import AppHarness
import Primitives
import TestSupport
import Testing
import Web

/// A walk of the administrator over every page of a shop that is full of hostile texts.
struct HostileWalk {
    /// The rows of a screen whose pages are looked at.
    private static let rows = 4

    let world: AdminWorld
    /// Where lists and pages of rows showed such a text: the screen and the column.
    private(set) var shown: Set<String> = []

    init(_ world: AdminWorld) {
        self.world = world
    }

    /// Opens every page: those of screens, and `pages` that none declares.
    mutating func walk(_ pages: [AdminCalls.Address]) async throws {
        for address in pages where address.method == "GET" { try await look(at: address.path) }
        try await look(at: "/admin/search/?q=zq")
        for screen in world.screens {
            try await lookAtList(screen)
            let keys = try await world.keys(of: screen)
            let spots = try await world.spots(of: screen)
            let within = Set(spots.values.map(\.key)).sorted()
            for key in keys.prefix(Self.rows) + within.filter({ !keys.prefix(Self.rows).contains($0) }) {
                try await lookAtRow(screen, key)
            }
            let declared =
                world.calls.addresses(of: screen, spots) + world.calls.addresses(of: screen, key: keys.first)
            for address in declared where address.method == "GET" && Self.isPage(address.path) {
                try await look(at: address.path)
            }
        }
    }

    /// Whether it is neither a document, nor a table, nor an address that leads to another.
    private static func isPage(_ path: String) -> Bool {
        !["/files/", "/export.csv", "/lookup/", "/sections/"].contains(where: path.contains)
    }

    private func look(at path: String) async throws {
        let answer = try await world[.admin].get(path)
        #expect(answer.status < 500, "\(path): \(answer.status)")
        // What others have written as a document is shown as one, and shut in.
        if path.contains("/frame/") { return PageCheck.expectShutIn(answer, path) }
        PageCheck.expectSound(answer, path)
    }

    private mutating func lookAtList(_ screen: AdminScreen) async throws {
        let query = ["page_size=100"] + screen.columns.map { "column.\($0.member)=1" }
        let path = "/admin/\(screen.name)/?" + query.joined(separator: "&")
        let answer = try await world[.admin].get(path)
        PageCheck.expectSound(answer, path)
        let list = try await world.cast.admin.send(
            "GET", screen.list + (screen.list.contains("?") ? "&" : "?") + "page_size=100")
        guard answer.status == 200, list.status == 200 else { return }
        var texts = ShownTexts()
        for row in list["results"]?.elements ?? list.json.elements { texts.want(screen.columns, of: row, screen.name) }
        shown.formUnion(texts.expect(on: answer, path))
    }

    private mutating func lookAtRow(_ screen: AdminScreen, _ key: String) async throws {
        guard let endpoint = screen.endpoint(ofRow: key) else { return }
        let path = "/admin/\(screen.name)/\(PercentEncoding.encode(key))/"
        let answer = try await world[.admin].get(path)
        PageCheck.expectSound(answer, path)
        let row = try await world.cast.admin.send("GET", endpoint)
        guard answer.status == 200, row.status == 200 else { return }
        var texts = ShownTexts()
        for section in screen.sections {
            for (columns, shown) in try await parts(of: section, row.json) {
                texts.want(columns, of: shown, "\(screen.name) \(section.title.english)")
            }
        }
        shown.formUnion(texts.expect(on: answer, path))
    }

    /// Returns what a section shows: columns, each time with what they are of.
    private func parts(of section: AdminSection, _ row: JSONValue) async throws -> [([AdminColumn], JSONValue)] {
        switch section.content {
        case .facts(let columns): return [(columns, row)]
        case .table(let member, let columns):
            let list = member.split(separator: ".").reduce(Optional(row)) { $0?[String($1)] }
            return (list?.elements ?? []).map { (columns, $0) }
        case .related(_, let columns), .relatedFacts(_, let columns):
            guard let path = section.path(for: row) else { return [] }
            let answer = try await world.cast.admin.send("GET", path)
            guard answer.status == 200 else { return [] }
            if case .relatedFacts = section.content { return [(columns, answer.json)] }
            return (answer["results"]?.elements ?? answer.json.elements).map { (columns, $0) }
        default: return []
        }
    }
}
