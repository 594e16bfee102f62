import AdminPages
import HTTPTypes
import Primitives
import Web

/// What the form of a section of a row's page does.
struct SectionPage: Sendable {
    let detail: DetailPage
    let section: AdminSection
    /// The place of the section among those of its screen.
    let place: Int

    /// - Throws: `AdminRefusal.notFound` where there is no such section.
    init(_ visit: Visit) throws {
        detail = try DetailPage(visit)
        guard let place = visit.call.parameters["section"].flatMap({ Int($0) }),
            detail.screen.sections.indices.contains(place)
        else { throw AdminRefusal.notFound }
        self.place = place
        section = detail.screen.sections[place]
    }

    var visit: Visit { detail.visit }

    /// Leads to the page: the form's own address is loaded anew by who reloads a refusal.
    func leave() -> AdminPage { .redirect(address) }

    /// Does what was sent.
    ///
    /// - Throws: `AdminRefusal` where there is no such row, nothing that a form changes, or nothing that the reader may change.
    func change(_ sent: SubmittedForm) async throws -> AdminPage {
        guard section.calls.isEmpty || section.calls.contains(where: { visit.may($0) }) else {
            throw AdminRefusal.forbidden
        }
        let row = try await visit.read(detail.path)
        switch section.content {
        case .grid(let grid):
            let found = try await detail.elements(of: grid, row)?.row ?? row
            var saving = GridSaving(GridForm(visit, grid, found), sent, at: place)
            await saving.save()
            return try await done(saving.done, saving.state)
        case .pictures(let pictures):
            var saving = PictureSaving(visit, pictures, row, sent, at: place)
            if sent["upload"] == nil { await saving.save() } else { await saving.upload() }
            return try await done(saving.done, saving.state)
        default: throw AdminRefusal.notFound
        }
    }

    /// Leads back to the page; where something was refused, shows it with that as it was sent.
    private func done(_ count: Int, _ state: SectionState) async throws -> AdminPage {
        if state.isRefused { return try await detail.show(section: state) }
        return visit.redirect(address, saying: visit.text(count == 0 ? SectionWords.nothingChanged : Words.saved))
    }

    /// The address of the section on its page.
    private var address: String { "\(detail.address)#section-\(place)" }
}

extension AdminSection {
    /// What its form calls.
    fileprivate var calls: [AdminCall] {
        switch content {
        case .grid(let grid): [grid.create, grid.update, grid.delete].compactMap(\.self)
        case .pictures(let pictures): [pictures.add, pictures.change, pictures.remove]
        default: []
        }
    }
}

extension DetailPage {
    /// Returns a row with the elements of a grid that another endpoint lists, and how many more there are; nil where the reader may
    /// not see them.
    func elements(of grid: AdminGrid, _ row: JSONValue) async throws -> (row: JSONValue, more: Int)? {
        guard let template = grid.path else { return (row, 0) }
        guard case .object(var members) = row, let path = AdminCall.path(template, for: row),
            let json = try await related(path)
        else { return nil }
        members[grid.member] = .array(json.rows)
        return (.object(members), json.count - json.rows.count)
    }
}

/// What was sent to the form of a section and was refused, so that its page shows it again.
struct SectionState: Sendable {
    /// The place of the section among those of its screen.
    let place: Int
    /// The status of the page.
    var status = HTTPResponse.Status.badRequest
    /// The texts of the inputs that are shown as they were sent, by their names.
    var texts: [String: String] = [:]
    /// What was refused, by the names of the inputs that it is about.
    var errors: [String: String] = [:]
    /// What was refused of an element as a whole, by its id.
    var problems: [String: String] = [:]
    /// What was refused of no element.
    var general: [String] = []
    /// The elements whose inputs are shown as they were sent, new ones too, in their order.
    var kept: [String] = []
    /// What the inputs of those elements held before, by id, as it was sent.
    var origins: [String: String] = [:]
    /// The versions of those elements that were edited, by id; none where the one that is there now is edited next.
    var versions: [String: String] = [:]
    /// The names of pairs as they were sent, by the member that lists the pairs.
    var names: [String: [String]] = [:]

    init(place: Int) {
        self.place = place
    }

    /// Whether anything was refused.
    var isRefused: Bool { !kept.isEmpty || !problems.isEmpty || !general.isEmpty || !errors.isEmpty }

    /// Keeps an element's inputs as they were sent, `texts` by the inputs' names.
    mutating func keep(_ id: String, _ texts: [String: String], _ sent: SubmittedForm, _ answer: APIAnswer? = nil) {
        kept.append(id)
        self.texts.merge(texts) { $1 }
        origins[id] = sent["was.\(id)"]
        if let answer { status = answer.response.status }
        if answer?.response.status != .preconditionFailed { versions[id] = sent["version.\(id)"] }
    }
}

/// The names of the inputs of an element of a section.
enum SectionInput {
    static func name(_ id: String, _ key: String) -> String { "cell.\(id).\(key)" }
}

/// What an element's inputs held when the page was made, as one text that the form carries: what was changed is what
/// differs from it, whatever others have changed meanwhile.
enum SectionOrigin {
    static func text(_ texts: [String]) -> String {
        let bytes = (try? JSONBytes.encode(JSONValue.array(texts.map { .string($0) }))) ?? []
        return String(decoding: bytes, as: UTF8.self)
    }

    static func texts(_ text: String?) -> [String] {
        let value = text.flatMap { try? JSONValue(parsing: Array($0.utf8)) } ?? .null
        return value.elements.map { $0.scalarText ?? "" }
    }
}
