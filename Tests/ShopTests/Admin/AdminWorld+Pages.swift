import AdminPages
import AppHarness
import HTTPTypes
import KontorApp
import Modules
import Primitives
import TestSupport
import Testing
import Web

/// Pages that no screen declares: of reports, of a stocktake, of settings, and of the reader's own.
extension AdminWorld {
    /// The routes of people who have not signed in yet, of files that everybody has, and of the end of a session, which whoever
    /// has one may end. `AdminSignInTests` and `AdminDoorTests` are about them.
    static let open: Set<String> = [
        "/admin/sign-in/", "/admin/sign-in/code/", "/admin/welcome/", "/admin/forgot/", "/admin/reset/",
        "/admin/assets/{file}", "/admin/sign-out/",
    ]

    /// Returns their addresses. A page of its own of which nothing else is said here is everybody's who works for the shop.
    func pages() async throws -> [AdminCalls.Address] {
        let declared = try await stocktake() + settings()
        let known = Set(declared.map { "\($0.method) \($0.path)" })
        let others = stand.adminEndpoints.filter { endpoint in
            let name = "\(endpoint.method.rawValue) \(endpoint.template)"
            return !Self.open.contains(endpoint.template) && !endpoint.template.contains("{") && !known.contains(name)
        }
        return declared + reports()
            + others.map { AdminCalls.Address(method: $0.method.rawValue, path: $0.template, needed: []) }
            + [AdminCalls.Address(method: "POST", path: "/admin/sessions/0/end/", needed: [])]
    }

    private func reports() -> [AdminCalls.Address] {
        stand.shop.modules.reports.flatMap { report -> [AdminCalls.Address] in
            let (path, needed) = ("/admin/reports/\(report.name)/", [calls.access("GET", report.path) ?? .admin])
            let words = report.groupings.map { path + "?\(report.parameter)=\($0.word)" }
            return ([path, path + "export.csv"] + words).map {
                AdminCalls.Address(method: "GET", path: $0, needed: needed)
            }
        }
    }

    /// Returns the forms of a stocktake, with something counted.
    private func stocktake() async throws -> [AdminCalls.Address] {
        let path = "/admin/stocktake/"
        let needed = [
            calls.access("GET", "/api/inventory/stock/find/"), calls.access("GET", "/api/inventory/warehouses/"),
            calls.access("POST", "/api/inventory/stock/adjust/"),
        ].map { $0 ?? .admin }
        let stock = try await cast.admin.send("GET", "/api/inventory/stock/?page_size=1")
        let count = [
            (name: "do", value: "count"), (name: "code", value: stock["results"]?[0]?["sku"]?.text ?? ""),
            (name: "quantity", value: "7"),
        ]
        let token = [(name: "csrf", value: try await self[.admin].token())]
        let state = try await self[.admin].post(path, token + count).page.form(to: path)?["state"] ?? ""
        #expect(state.contains("\n"), "nothing was counted")
        let steps = ["show", "preview", "book"].map { [(name: "do", value: $0), (name: "state", value: state)] }
        return [AdminCalls.Address(method: "GET", path: path, needed: needed)]
            + ([count] + steps).map { AdminCalls.Address(method: "POST", path: path, needed: needed, fields: $0) }
    }

    /// Returns the forms of settings: as they are, and with a name of the shop.
    private func settings() async throws -> [AdminCalls.Address] {
        let path = "/admin/settings/"
        let showing = calls.access("GET", "/api/admin/settings/") ?? .admin
        let saving = calls.access("PATCH", "/api/admin/settings/") ?? .admin
        let trying = calls.access("POST", "/api/admin/settings/test-mail/") ?? .admin
        let form = try #require(try await self[.admin].get(path).page.form(to: path))
        let named = form.filled(["SHOP_NAME": "Lamps"]).filter { $0.name != "csrf" }
        return [
            AdminCalls.Address(method: "GET", path: path, needed: [showing]),
            AdminCalls.Address(method: "POST", path: path, needed: [showing, saving], fields: form.tokenless),
            AdminCalls.Address(method: "POST", path: path, needed: [showing, saving], fields: named),
            AdminCalls.Address(
                method: "POST", path: path + "test-mail/", needed: [showing, trying],
                fields: [(name: "to", value: "a@example.com")]),
        ]
    }
}

extension ShopHarness {
    /// Returns the route of the admin that a request reaches, by its method and template; nil where there is none.
    func adminRoute(_ method: String, _ path: String) -> String? {
        let wanted = path.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
        let fitting = adminEndpoints.filter { endpoint in
            let segments = endpoint.template.split(separator: "/")
            return endpoint.method.rawValue == method && segments.count == wanted.count
                && zip(segments, wanted).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
        }
        let nearest = fitting.min { first, second in
            first.template.count { $0 == "{" } < second.template.count { $0 == "{" }
        }
        return nearest.map { "\(method) \($0.template)" }
    }

    /// The routes of the admin, by their methods and templates, but for those of visitors.
    var adminRoutes: Set<String> {
        Set(
            adminEndpoints.filter { !AdminWorld.open.contains($0.template) }.map {
                "\($0.method.rawValue) \($0.template)"
            })
    }
}
