import AdminPages
import AppHarness
import Primitives
import TestSupport
import Testing
import Web

/// Staff who enter hostile texts wherever the admin takes any: into forms of rows and new ones, cells of grids, actions.
struct HostileEntry {
    /// The rounds in which a form is filled, with other texts each time.
    private static let rounds = 3

    let world: AdminWorld
    /// The fields that took such a text, each with its screen.
    private(set) var taken: Set<String> = []

    init(_ world: AdminWorld) {
        self.world = world
    }

    private var browser: AdminBrowser { world[.admin] }

    /// Enters such texts into every form of a screen.
    mutating func enter(into screen: AdminScreen) async throws {
        try await create(screen)
        guard let key = try await world.key(of: screen) else { return }
        let spots = try await world.spots(of: screen)
        try await update(screen, key)
        try await fillSections(of: screen, spots)
        let asked = world.calls.addresses(of: screen, spots) + world.calls.addresses(of: screen, key: key)
        for address in asked where address.method == "GET" && address.path.contains("/do/") {
            try await act(address.path, screen)
        }
    }

    private mutating func note(_ names: [String], _ screen: AdminScreen, _ place: String) {
        for name in names { taken.insert("\(screen.name) \(place) \(name)") }
    }

    private mutating func create(_ screen: AdminScreen) async throws {
        guard let fields = screen.form?.fields.filter({ $0.use != .editing }), screen.form?.creates ?? false else {
            return
        }
        let path = "/admin/\(screen.name)/new/"
        guard let form = try await browser.get(path).page.form(to: path) else { return }
        note(try await HostileForm(browser: browser, round: 1).fill(form, fields), screen, "new")
    }

    private mutating func update(_ screen: AdminScreen, _ key: String) async throws {
        guard screen.form?.updates ?? false else { return }
        let path = "/admin/\(screen.name)/\(PercentEncoding.encode(key))/"
        var names = (screen.form?.fields ?? []).filter { $0.use != .creating && $0.isText }.map(\.name)
        for round in 0..<Self.rounds where !names.isEmpty {
            guard let form = try await browser.get(path).page.form(to: path) else { return }
            // What is refused once is not tried again.
            names = try await HostileForm(browser: browser, round: round * names.count).send(form, names)
            note(names, screen, "form")
            try await expectShown(names, on: path, key, of: screen)
        }
    }

    /// Expects the page of a row to have in its fields what the API has in the row.
    private func expectShown(
        _ names: [String], on path: String, _ key: String, of screen: AdminScreen
    ) async throws {
        guard !names.isEmpty, let endpoint = screen.endpoint(ofRow: key) else { return }
        let row = try await world.cast.admin.send("GET", endpoint).json
        let answer = try await browser.get(path)
        #expect(answer.status == 200, "\(path): \(answer.status)")
        guard let form = answer.page.form(to: path) else { return }
        for name in names {
            let field = screen.form?.fields.first { $0.name == name }
            let source = (field?.source ?? name).split(separator: ".")
            guard let text = source.reduce(Optional(row), { $0?[String($1)] })?.text else { continue }
            #expect(form[name].map { PageCheck.isSame($0, text) } ?? false, "\(path): \(name) is \(text)")
        }
    }

    private mutating func fillSections(of screen: AdminScreen, _ spots: [String: AdminWorld.Spot]) async throws {
        for part in AdminPart.all(of: screen) where part.section.hasForm {
            guard let spot = spots[part.path] else { continue }
            let base = "/admin/\(screen.name)/\(PercentEncoding.encode(spot.key))/"
            for id in [spot.id, "new1"] where !id.isEmpty {
                let forms = try await browser.get(base).page.forms.filter { $0.action == base + part.path }
                guard let form = forms.first(where: { !$0.isMultipart }) else { continue }
                let cells = part.section.cells(of: id, in: form)
                note(
                    try await HostileForm(browser: browser, round: 5).send(form, cells), screen,
                    id == spot.id ? "cell" : "new cell")
            }
        }
    }

    private mutating func act(_ path: String, _ screen: AdminScreen) async throws {
        let name = path.split(separator: "/").drop { $0 != "do" }.dropFirst().first.map(String.init)
        let actions = screen.actions + screen.commands + screen.sections.flatMap(\.actions)
        guard let action = actions.first(where: { $0.name == name }), action.fields.contains(where: \.isText),
            let form = try await browser.get(path).page.form(to: path), !form.isMultipart
        else { return }
        note(
            try await HostileForm(browser: browser, round: 3).fill(form, action.fields), screen, "action \(action.name)"
        )
    }
}
