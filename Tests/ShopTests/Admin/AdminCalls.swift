import AdminPages
import HTTPTypes
import KontorApp
import Modules

@testable import Web

/// What the addresses of the admin ask of the shop: for each the endpoints that it calls for its reader.
struct AdminCalls: Sendable {
    /// An address of the admin, and what it needs.
    struct Address: Sendable, CustomStringConvertible {
        let method: String
        let path: String
        /// The rules of the endpoints that it calls, all of which have to admit its reader.
        let needed: [Access]
        /// What is sent beside the token of the form.
        var fields: [(name: String, value: String)] = []
        /// Whether a picture is sent along.
        var hasFile = false

        var description: String { "\(method) \(path)" }
    }

    private let routes: [(segments: [Substring], endpoint: Endpoint)]
    /// The screens by name.
    let screens: [String: AdminScreen]

    init(_ stand: ShopHarness) {
        routes = stand.shop.modules.endpoints.flatMap(\.endpoints).map {
            (segments: $0.template.split(separator: "/"), endpoint: $0)
        }.sorted { Self.parameters($0.segments) < Self.parameters($1.segments) }
        screens = Dictionary(stand.shop.modules.screens.map { ($0.name, $0) }) { first, _ in first }
    }

    private static func parameters(_ segments: [Substring]) -> Int { segments.count { $0.hasPrefix("{") } }

    /// Returns the rule of the endpoint that a call reaches; nil where there is none.
    func access(_ method: String, _ path: String) -> Access? {
        let wanted = path.prefix { $0 != "?" }.split(separator: "/")
        return routes.first { route in
            route.endpoint.method.rawValue == method && route.segments.count == wanted.count
                && zip(route.segments, wanted).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
        }?.endpoint.access
    }

    func access(_ call: AdminCall) -> Access? { access(call.method.rawValue, call.path) }

    /// The rule of a screen's list; administrators alone where it has no endpoint.
    func reading(_ screen: AdminScreen) -> Access { access("GET", screen.list) ?? .admin }
}

extension AdminCalls {
    /// Returns the addresses of a screen; of a row's where there is one with this key.
    func addresses(of screen: AdminScreen, key: String?) -> [Address] {
        let base = "/admin/\(screen.name)/"
        var found = [
            Address(method: "GET", path: base, needed: [reading(screen)]),
            Address(method: "GET", path: base + "export.csv", needed: [reading(screen)]),
            Address(method: "GET", path: "/admin/lookup/\(screen.name)/?q=a", needed: [reading(screen)]),
        ]
        if screen.form?.creates ?? false, let making = access(screen.form?.create ?? AdminCall(.post, screen.listPath))
        {
            found += both(base + "new/", [making])
        }
        for file in screen.exports {
            guard let access = access("GET", file.path) else { continue }
            found.append(Address(method: "GET", path: base + "files/\(file.name)/", needed: [access]))
        }
        // What is done to all rows may take them away.
        let commands = screen.commands.flatMap { command -> [Address] in
            access(command.call).map { both(base + "do/\(command.name)/", [$0]) } ?? []
        }
        guard let key else { return found + commands }
        for file in screen.bulkFiles {
            guard let access = access("GET", file.path) else { continue }
            let path = base + "files/\(file.name)/?keys=" + PercentEncoding.encode(key)
            found.append(Address(method: "GET", path: path, needed: [access]))
            // To choose rows leads to the document, which is what is refused.
            let fields = [(name: "action", value: file.name), (name: "row", value: key)]
            found.append(Address(method: "POST", path: base + "bulk/", needed: [], fields: fields))
        }
        guard let item = screen.item, let showing = access("GET", item) else {
            return found + bulk(screen, key) + commands
        }
        let row = base + PercentEncoding.encode(key) + "/"
        found += shown(of: screen, showing, row)
        if screen.form?.updates ?? false, let access = access(screen.form?.update ?? AdminCall(.patch, item)) {
            found.append(Address(method: "POST", path: row, needed: [showing, access]))
        }
        // What is done to a row may take it away.
        for action in screen.actions {
            if let access = access(action.call) { found += both(row + "do/\(action.name)/", [showing, access]) }
        }
        found += bulk(screen, key)
        if screen.form?.deletes ?? false, let access = access(screen.form?.delete ?? AdminCall(.delete, item)) {
            found += both(row + "delete/", [showing, access])
        }
        return found + commands
    }

    /// What is done to a row as one of many, first asked and then done.
    private func bulk(_ screen: AdminScreen, _ key: String) -> [Address] {
        screen.actions.filter(\.isBulk).flatMap { action -> [Address] in
            guard let access = access(action.call) else { return [] }
            let asked = [(name: "action", value: action.name), (name: "row", value: key)]
            return [asked, asked + [(name: "confirmed", value: "true")]].map { fields in
                Address(method: "POST", path: "/admin/\(screen.name)/bulk/", needed: [access], fields: fields)
            }
        }
    }

    /// What shows a row and changes nothing.
    private func shown(of screen: AdminScreen, _ showing: Access, _ base: String) -> [Address] {
        var found = [Address(method: "GET", path: base, needed: [showing])]
        for file in screen.files {
            guard let needed = self.needed(for: file) else { continue }
            found.append(Address(method: "GET", path: base + "files/\(file.name)/", needed: [showing] + needed))
        }
        if let preview = screen.preview, let access = access(preview.call) {
            found += both(base + "preview/", [showing, access])
            // What is typed so far is a part of the form.
            let typed = preview.fields.prefix(1).map { (name: $0, value: "x") }
            found.append(
                Address(method: "POST", path: base + "preview/", needed: [showing, access], fields: Array(typed)))
        }
        for (place, section) in screen.sections.enumerated() {
            if case .document(let member) = section.content {
                found.append(Address(method: "GET", path: base + "frame/\(member)/", needed: [showing]))
            }
            // To read, the address of a section's form leads to the row's page.
            if section.hasForm { found.append(Address(method: "GET", path: base + "sections/\(place)/", needed: [])) }
        }
        return found
    }

    /// What a document about a row needs; nil where its endpoint is none.
    func needed(for file: AdminFile) -> [Access]? {
        access("GET", file.path).map { [$0] + (file.subject.flatMap { access("GET", $0) }.map { [$0] } ?? []) }
    }

    func both(_ path: String, _ needed: [Access]) -> [Address] {
        ["GET", "POST"].map { Address(method: $0, path: path, needed: needed) }
    }
}

extension AdminCalls {
    /// Returns what an address needs that a page leads to; nil for one that every reader has, or that is none of a screen's.
    func needed(for address: String) -> [Access]? {
        let parts = address.prefix { $0 != "?" && $0 != "#" }.split(separator: "/").map(String.init)
        guard parts.first == "admin", parts.count > 1, let screen = screens[parts[1]] else { return nil }
        let rest = Array(parts.dropFirst(2))
        switch rest.count {
        case 0: return [reading(screen)]
        case 1 where rest[0] == "new":
            return [access(screen.form?.create ?? AdminCall(.post, screen.listPath)) ?? .admin]
        case 1 where ["export.csv", "bulk"].contains(rest[0]): return [reading(screen)]
        case 2 where rest[0] == "do": return [access(of: screen.commands, rest[1])]
        case 2 where rest[0] == "files":
            let file = screen.exports.first { $0.name == rest[1] }
            return [file.flatMap { access("GET", $0.path) } ?? .admin]
        default: return needed(for: Array(rest.dropFirst()), of: screen)
        }
    }

    private func needed(for rest: [String], of screen: AdminScreen) -> [Access] {
        let item = screen.item ?? screen.listPath
        let showing = access("GET", item) ?? .admin
        switch (rest.first, rest.count) {
        case (nil, _): return [showing]
        case ("delete"?, 1): return [showing, access(screen.form?.delete ?? AdminCall(.delete, item)) ?? .admin]
        case ("do"?, 2): return [showing, access(of: screen.actions + screen.sections.flatMap(\.actions), rest[1])]
        case ("frame"?, 2), ("sections"?, 2): return [showing]
        case ("preview"?, 1): return [showing, screen.preview.flatMap { access($0.call) } ?? .admin]
        case ("files"?, 2):
            let file = (screen.files + screen.sections.flatMap(\.files)).first { $0.name == rest[1] }
            return [showing] + (file.flatMap { needed(for: $0) } ?? [.admin])
        default: return [.admin]
        }
    }

    private func access(of actions: [AdminAction], _ name: String) -> Access {
        actions.first { $0.name == name }.flatMap { access($0.call) } ?? .admin
    }
}

extension ShopHarness {
    /// The pages of the admin and what their forms are sent to.
    var adminEndpoints: [Endpoint] {
        shop.server.router.routes.map(\.endpoint).filter { $0.template.hasPrefix("/admin/") }
    }
}
