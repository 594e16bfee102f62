import AdminPages
import Primitives

@testable import Admin

/// What is done to an element of a section of a row's page, or a document about it, or the form of a section.
struct AdminPart: Sendable {
    let section: AdminSection
    /// Where it is within the address of the row: `do/deliver/`, `files/slip/`, `sections/2/`.
    let path: String
    /// The elements that have it.
    let condition: AdminCondition

    /// Returns every part of a screen's pages.
    static func all(of screen: AdminScreen) -> [AdminPart] {
        screen.sections.enumerated().flatMap { place, section -> [AdminPart] in
            let files = section.files.map { AdminPart(section, "files/\($0.name)/", $0.condition) }
            let actions = section.actions.map { AdminPart(section, "do/\($0.name)/", $0.condition) }
            return files + actions + (section.hasForm ? [AdminPart(section, "sections/\(place)/", .always)] : [])
        }
    }

    private init(_ section: AdminSection, _ path: String, _ condition: AdminCondition) {
        self.section = section
        self.path = path
        self.condition = condition
    }

    /// Returns the id of an element, of one that has this part before others; nil where there is none.
    func element(of row: JSONValue, _ listed: JSONValue?) -> (id: String, hasPart: Bool)? {
        let elements = listed?.rows ?? section.elements(of: row)
        let chosen = elements.first { condition.isMet(by: $0) }
        guard let id = (chosen ?? elements.first)?.text("id") else { return nil }
        return (id, chosen != nil)
    }
}

extension AdminSection {
    /// Whether a form of its own is sent from it.
    var hasForm: Bool {
        switch content {
        case .grid, .pictures: true
        default: false
        }
    }

    /// The calls that its form makes for an element: one that changes it, one that makes it, one that deletes it.
    var formCalls: (change: AdminCall?, make: AdminCall?, delete: AdminCall?) {
        switch content {
        case .grid(let grid): (grid.update, grid.create, grid.delete)
        case .pictures(let pictures): (pictures.change, pictures.add, pictures.remove)
        default: (nil, nil, nil)
        }
    }

    /// The path of the endpoint that it is read from; nil where the row's own has it.
    var source: String? {
        switch content {
        case .related(let path, _), .relatedFacts(let path, _): path
        case .grid(let grid): grid.path
        default: nil
        }
    }

    /// Returns the path of the endpoint that it is read from, for a row; nil where the row's own has it.
    func path(for row: JSONValue) -> String? { source.flatMap { AdminCall.path($0, for: row) } }

    /// Returns the elements that a row has itself.
    fileprivate func elements(of row: JSONValue) -> [JSONValue] {
        switch content {
        case .table(let member, _): row.at(member)?.elements ?? []
        case .grid(let grid): row.at(grid.member)?.elements ?? []
        case .pictures(let pictures): row.at(pictures.member)?.elements ?? []
        default: []
        }
    }
}

extension AdminScreen {
    /// Returns the path of the endpoint of a row; nil where rows have no page.
    func endpoint(ofRow key: String) -> String? { itemPath(key) }
}
