import AdminPages
import Modules
import Primitives
import TestSupport
import Testing
import Web

@testable import KontorApp

/// The screens of the whole shop as they are declared.
@Suite struct ScreenTests {
    @Test func `every screen stands on endpoints that take what it sends and have what it shows`() async throws {
        try await withShop(.sqlite) { stand in
            let screens = stand.shop.modules.screens
            let api = APISchemas(try JSONValue(parsing: stand.shop.server.document))
            for screen in screens {
                var walk = ScreenWalk(screen, among: screens, api)
                for fault in walk.walk() { Issue.record("\(screen.name): \(fault)") }
            }
            for report in stand.shop.modules.reports {
                for fault in ReportWalk(report: report, api: api).faults { Issue.record("\(report.name): \(fault)") }
            }
        }
    }

    @Test func `every text of a screen is there in both languages, and in the right one`() async throws {
        try await withShop(.sqlite) { stand in
            let api = APISchemas(try JSONValue(parsing: stand.shop.server.document))
            for screen in stand.shop.modules.screens {
                let faults = PhraseWalk.faults(in: PhraseWalk(screen: screen).phrases)
                for fault in faults { Issue.record("\(screen.name): \(fault)") }
            }
            for report in stand.shop.modules.reports {
                let faults = PhraseWalk.faults(in: ReportWalk(report: report, api: api).phrases)
                for fault in faults { Issue.record("\(report.name): \(fault)") }
            }
        }
    }

    @Test func `the shop has a screen for each kind of row that staff see`() async throws {
        try await withShop(.sqlite) { stand in
            let missing = Self.expected.subtracting(stand.shop.modules.screens.map(\.name))
            #expect(missing.isEmpty, "\(missing.sorted().joined(separator: ", "))")
        }
    }

    @Test func `no screen has the name of a page`() async throws {
        try await withShop(.sqlite) { stand in
            let pages = stand.adminEndpoints.compactMap { endpoint in
                endpoint.template.split(separator: "/").dropFirst().first.map(String.init)
            }
            let taken = Set(pages).intersection(stand.shop.modules.screens.map(\.name))
            #expect(taken.isEmpty, "\(taken)")
        }
    }

    @Test func `every area of the menu has its screens, and no screen hides without a way to it`() async throws {
        try await withShop(.sqlite) { stand in
            let screens = stand.shop.modules.screens
            for area in AdminArea.allCases { #expect(screens.contains { $0.area == area && $0.isInMenu }, "\(area)") }
            let reached = Set(screens.flatMap(Self.targets))
            for screen in screens where !screen.isInMenu { #expect(reached.contains(screen.name), "\(screen.name)") }
        }
    }

    /// The screens that a screen leads to.
    private static func targets(of screen: AdminScreen) -> [String] {
        let tables = screen.sections.compactMap { $0.screen?.name }
        let links = screen.columns.compactMap { column -> String? in
            if case .link(let name, _) = column.kind { name } else { nil }
        }
        return tables + links + screen.neighbors
    }

    private static let expected: Set<String> = [
        "products", "categories", "orders", "returns", "payments", "refunds", "disputes", "webhook-events", "ledger",
        "payment-gateways", "jobs", "cron", "audit", "webhooks", "email-logs", "email-templates", "suppressions",
        "mailbox", "customers", "staff", "groups", "vendors", "payouts", "commission-rules", "reviews", "coupons",
        "shipping-methods",
        "tax-rates", "stock", "warehouses", "movements", "stock-alerts",
    ]
}
