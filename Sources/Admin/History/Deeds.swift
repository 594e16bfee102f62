import AdminPages
import Primitives
import Web

/// What calls of endpoints are called in the admin, by the form or the button that makes them, and which row they are about.
struct Deeds: Sendable {
    /// A row that has a page.
    struct Row: Sendable {
        let screen: AdminScreen
        let key: String

        /// The address of its page.
        var address: String { "/admin/\(screen.name)/\(PercentEncoding.encode(key))/" }
    }

    /// The titles by method and path, parameters without their names.
    private let titles: [String: Phrase]
    /// The screens by what stands before the key in the path of a row.
    private let screens: [String: AdminScreen]

    init(_ screens: [AdminScreen]) {
        titles = Self.titles(screens)
        let named = screens.compactMap { screen -> (String, AdminScreen)? in
            guard let item = screen.item, let row = AuditedRow.path(of: item, item) else { return nil }
            return (String(row.halves(at: "{").0), screen)
        }
        self.screens = Dictionary(named) { first, _ in first }
    }

    /// Returns the row that an entry of the audit is about; nil where it has no page, or there is none.
    func row(_ about: String) -> Row? {
        let parts = about.cut(at: "/")
        guard parts.count > 3, parts.last?.isEmpty ?? false else { return nil }
        let start = parts.dropLast(2).joined(separator: "/") + "/"
        return screens[start].map { Row(screen: $0, key: String(parts[parts.count - 2])) }
    }

    /// Returns what a call is called: `created`, `Approve`.
    func title(_ method: String, _ template: String) -> Phrase {
        titles[Self.shape(method, template)] ?? DeedWords.fallback(method, template)
    }

    /// Returns a call with its parameters without their names: `PATCH /api/products/{}/`.
    static func shape(_ method: String, _ path: String) -> String {
        let parts = path.halves(at: "?").0.cut(at: "/").map { $0.begins(with: "{") ? "{}" : String($0) }
        return method + " " + parts.joined(separator: "/")
    }

    private static func shape(_ call: AdminCall) -> String { shape(call.method.rawValue, call.path) }

    private static func titles(_ screens: [AdminScreen]) -> [String: Phrase] {
        var titles: [String: Phrase] = [:]
        for (call, title) in screens.flatMap(written) + screens.flatMap(edited) {
            let shape = Self.shape(call)
            titles[shape] = titles[shape] ?? title
        }
        var buttons: [String: Set<Phrase>] = [:]
        for action in screens.flatMap({ $0.actions + $0.commands + $0.sections.flatMap(\.actions) }) {
            buttons[Self.shape(action.call), default: []].insert(action.title)
        }
        // Several buttons with one call differ in what they send: what has changed tells them apart.
        for (shape, found) in buttons where found.count == 1 { titles[shape] = titles[shape] ?? found.first }
        return titles
    }

    /// The calls of a screen's form.
    private static func written(_ screen: AdminScreen) -> [(AdminCall, Phrase)] {
        guard let form = screen.form else { return [] }
        var calls: [(AdminCall, Phrase)] = []
        if form.creates { calls.append((screen.createCall, DeedWords.created)) }
        if form.updates { calls.append((screen.updateCall, DeedWords.changed)) }
        if form.deletes { calls.append((screen.deleteCall, DeedWords.deleted)) }
        return calls
    }

    /// The calls of what is edited within a row's page.
    private static func edited(_ screen: AdminScreen) -> [(AdminCall, Phrase)] {
        screen.sections.flatMap { section -> [(AdminCall, Phrase)] in
            switch section.content {
            case .grid(let grid):
                let calls = [
                    (grid.create, DeedWords.added), (grid.update, DeedWords.changed), (grid.delete, DeedWords.removed),
                ]
                return calls.compactMap { call, verb in call.map { ($0, verb.about(section.title)) } }
            case .pictures(let pictures):
                return [
                    (pictures.add, DeedWords.added.about(section.title)),
                    (pictures.change, DeedWords.changed.about(section.title)),
                    (pictures.remove, DeedWords.removed.about(section.title)),
                ]
            default: return []
            }
        }
    }
}

extension Phrase {
    /// Returns this word behind what it is about: `Variants: changed`.
    fileprivate func about(_ title: Phrase) -> Phrase {
        Phrase("\(title.english): \(english)", "\(title.german): \(german)")
    }
}
