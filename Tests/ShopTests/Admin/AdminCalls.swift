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
        ]
        if screen.form?.creates ?? false, let making = access(screen.form?.create ?? AdminCall(.post, screen.listPath))
        {
            found += both(base + "new/", [making])
        }
        for file in screen.exports {
            guard let access = access("GET", file.path) else { continue }
            found.append(Address(method: "GET", path: base + "files/\(file.name)/", needed: [access]))
        }
        for command in screen.commands {
            if let access = access(command.call) { found += both(base + "do/\(command.name)/", [access]) }
        }
        guard let key else { return found }
        for file in screen.bulkFiles {
            guard let access = access("GET", file.path) else { continue }
            let path = base + "files/\(file.name)/?keys=" + PercentEncoding.encode(key)
            found.append(Address(method: "GET", path: path, needed: [access]))
        }
        for action in screen.actions where action.isBulk {
            guard let access = access(action.call) else { continue }
            var fields = [(name: "action", value: action.name), (name: "row", value: key)]
            found.append(Address(method: "POST", path: base + "bulk/", needed: [access], fields: fields))
            fields.append((name: "confirmed", value: "true"))
            found.append(Address(method: "POST", path: base + "bulk/", needed: [access], fields: fields))
        }
        guard let item = screen.item, let showing = access("GET", item) else { return found }
        return found + addresses(of: screen, item, showing, base + PercentEncoding.encode(key) + "/")
    }

    private func addresses(of screen: AdminScreen, _ item: String, _ showing: Access, _ base: String) -> [Address] {
        var found = [Address(method: "GET", path: base, needed: [showing])]
        for action in screen.actions {
            if let access = access(action.call) { found += both(base + "do/\(action.name)/", [showing, access]) }
        }
        for file in screen.files {
            guard let access = access("GET", file.path) else { continue }
            found.append(Address(method: "GET", path: base + "files/\(file.name)/", needed: [showing, access]))
        }
        if let preview = screen.preview, let access = access(preview.call) {
            found += both(base + "preview/", [showing, access])
        }
        for section in screen.sections {
            guard case .document(let member) = section.content else { continue }
            found.append(Address(method: "GET", path: base + "frame/\(member)/", needed: [showing]))
        }
        for (place, section) in screen.sections.enumerated() {
            switch section.content {
            // To read, it leads to the row's page.
            case .grid, .pictures:
                found.append(Address(method: "POST", path: base + "sections/\(place)/", needed: [showing]))
            default: continue
            }
        }
        if screen.form?.updates ?? false, let access = access(screen.form?.update ?? AdminCall(.patch, item)) {
            found.append(Address(method: "POST", path: base, needed: [showing, access]))
        }
        // Last: whoever may, does it.
        if screen.form?.deletes ?? false, let access = access(screen.form?.delete ?? AdminCall(.delete, item)) {
            found += both(base + "delete/", [showing, access])
        }
        return found
    }

    private func both(_ path: String, _ needed: [Access]) -> [Address] {
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
            return [showing, file.flatMap { access("GET", $0.path) } ?? .admin]
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
