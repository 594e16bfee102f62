import AdminPages
import Primitives

/// What a new shop needs before it can sell, and what of it is there.
struct DashboardSetup: Sendable {
    private struct Step: Sendable {
        let title: Phrase
        let path: String
        /// The page that it is done on, where that is no screen's.
        var page: String?
        /// Says by what the endpoint answers whether it is done.
        var isDone: @Sendable (JSONValue) -> Bool = { $0.count > 0 }
    }

    let visit: Visit

    init(_ visit: Visit) {
        self.visit = visit
    }

    /// Returns the steps that the reader may take; nil where none is open.
    func view() async -> [String: Any]? {
        let readings = Self.steps.enumerated().map { place, step in
            Reading("step \(place)", step.path, step.page == nil ? ["page_size": "1"] : [:])
        }
        let found = await visit.readAll(readings)
        let lines = Self.steps.enumerated().compactMap { place, step in
            found["step \(place)"].map { line(step, isDone: step.isDone($0)) }
        }
        guard lines.contains(where: { $0["isDone"] as? Bool == false }) else { return nil }
        return ["steps": lines]
    }

    private func line(_ step: Step, isDone: Bool) -> [String: Any] {
        var view: [String: Any] = [
            "step": visit.text(step.title), "isDone": isDone, "tone": isDone ? "good" : "warn",
            "state": visit.text(isDone ? DashboardWords.done : DashboardWords.open),
        ]
        if let path = address(of: step, isDone) { view["stepPath"] = path }
        return view
    }

    /// Where the step is taken: the form of a new row, or of what is done the list.
    private func address(of step: Step, _ isDone: Bool) -> String? {
        if let page = step.page { return page }
        guard let list = visit.listAddress(of: step.path) else { return nil }
        let screen = visit.site.screens.first { $0.list.isSame(as: step.path) }
        let isMade = screen.map { ($0.form?.creates ?? false) && visit.may($0.createCall) } ?? false
        return isMade && !isDone ? list + "new/" : list
    }

    private static let steps = [
        Step(
            title: Phrase("The shop’s name and address", "Name und Anschrift des Shops"), path: "/api/admin/settings/",
            page: "/admin/settings/"
        ) { json in
            let settings = json.at("settings")?.elements ?? []
            return settings.contains { $0.text("key") == "SHOP_ADDRESS" && ($0.at("value") ?? .null).holds }
        },
        Step(title: Phrase("A category", "Eine Kategorie"), path: "/api/admin/category-tree/"),
        Step(title: Phrase("A product", "Ein Produkt"), path: "/api/admin/products/"),
        Step(title: Phrase("A tax rate", "Ein Steuersatz"), path: "/api/admin/tax-rates/"),
        Step(title: Phrase("A shipping method", "Eine Versandart"), path: "/api/admin/shipping-methods/"),
        Step(title: Phrase("A way to pay", "Eine Zahlungsart"), path: "/api/admin/payment-gateways/") { json in
            json.rows.contains { gateway in
                gateway.at("is_active") == .bool(true) && gateway.at("is_configured") == .bool(true)
            }
        },
    ]
}
