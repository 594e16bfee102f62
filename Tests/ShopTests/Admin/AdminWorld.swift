import AdminPages
import Jobs
import KontorApp
import Modules
import Primitives
import SQL
import Synchronization
import TestSupport
import Testing
import Web

@testable import KontorApp

/// A shop with rows for the screens of its admin, and a browser of everybody who may come there.
struct AdminWorld: Sendable {
    /// Who comes.
    enum Party: String, CaseIterable, Sendable {
        case anonymous
        /// With a session of the admin's, which sign-in would not have given them.
        case customer
        case vendor
        /// A member of staff without a single permission.
        case clerk
        /// A member of staff with every permission but one: that of the last call that an address makes, which does what it is for.
        case lacking
        /// A member of staff with exactly the permissions that are needed.
        case exact
        case admin

        /// Whether they work for the shop.
        var isStaff: Bool { [.clerk, .lacking, .exact, .admin].contains(self) }

        fileprivate var email: String { "\(rawValue)@example.com" }
    }

    let cast: TestAccounts
    let calls: AdminCalls
    private let browsers: [Party: AdminBrowser]
    /// The permissions of the shop.
    private let permissions: Set<String>
    /// What `grant` has given last.
    private let granted = Granted()

    var stand: ShopHarness { cast.stand }
    var screens: [AdminScreen] { stand.shop.modules.screens }

    subscript(party: Party) -> AdminBrowser { browsers[party] ?? stand.browser() }

    /// Makes everybody, and rows for the screens.
    init(_ stand: ShopHarness) async throws {
        cast = try await TestAccounts(stand)
        calls = AdminCalls(stand)
        permissions = Set(stand.shop.modules.permissions.map(\.name))
        var browsers: [Party: AdminBrowser] = [.anonymous: stand.browser()]
        // The spare one is whom staff do things to.
        let made = [Party.lacking.email, Party.exact.email, "spare@example.com"]
        for email in made { _ = try await stand.customer(email) }
        _ = try await stand.shop.installation.database.write { tx in
            try tx.execute("UPDATE users SET role = 'staff' WHERE email IN (\(list: made))")
        }
        for (party, part) in [(Party.customer, TestAccounts.Part.stranger), (.vendor, .vendor)] {
            let browser = stand.browser()
            try await browser.takeUp(cast[part], at: stand)
            browsers[party] = browser
        }
        for party in Party.allCases where party.isStaff {
            let browser = stand.browser()
            try await browser.signIn(party == .admin ? ShopHarness.adminEmail : party.email)
            browsers[party] = browser
        }
        self.browsers = browsers
        try await fill()
    }

    /// Gives staff exactly the permissions that some calls need, and all but that of the last of them.
    func grant(_ needed: [Access]) async throws {
        let names = needed.compactMap(\.permission)
        let exact = Set(names).sorted().joined(separator: " ")
        let lacking = permissions.subtracting(names.suffix(1)).sorted().joined(separator: " ")
        guard granted.replace(by: [exact, lacking]) else { return }
        _ = try await stand.shop.installation.database.write { tx in
            for (email, names) in [(Party.lacking.email, lacking), (Party.exact.email, exact)] {
                try tx.execute("UPDATE users SET permissions = \(names) WHERE email = \(email)")
            }
        }
    }

    /// Returns whether a party may make calls that need these, once they are granted.
    func may(_ party: Party, _ needed: [Access]) -> Bool {
        switch party {
        case .anonymous, .customer, .vendor: false
        case .admin: true
        case .clerk: needed.allSatisfy { $0 != .admin && $0.permission == nil }
        case .exact: !needed.contains(.admin)
        case .lacking: needed.allSatisfy { $0 != .admin && $0.permission == nil }
        }
    }

    /// Returns the rows of a screen, those of whom come last; none where it has none.
    private func rows(of screen: AdminScreen) async throws -> [JSONValue] {
        let answer = try await cast.admin.send(
            "GET", screen.list + (screen.list.contains("?") ? "&" : "?") + "page_size=100")
        guard answer.status == 200 else { return [] }
        let rows = answer["results"]?.elements ?? answer.json.elements
        let ofParties = rows.map { row in
            let text = (try? JSONBytes.encode(row)).map { String(decoding: $0, as: UTF8.self) } ?? ""
            return ["admin@", "exact@", "lacking@", "clerk@", "staff@", "vendor@"].contains { text.contains($0) }
        }
        // A mail before a short message: it has a document.
        let pairs = zip(rows, ofParties).sorted { $0.0["channel"]?.text != "sms" && $1.0["channel"]?.text == "sms" }
        return pairs.filter { !$0.1 }.map(\.0) + pairs.filter(\.1).map(\.0).reversed()
    }

    /// Returns the keys of a screen's rows, in which a row that is none of those who come stands first.
    func keys(of screen: AdminScreen) async throws -> [String] {
        try await rows(of: screen).compactMap { row in
            let value = screen.key.split(separator: ".").reduce(Optional(row)) { $0?[String($1)] }
            let key = CommerceFixture.text(value)
            return key.isEmpty ? nil : key
        }
    }

    /// Returns the key of a row of a screen; nil where it has none.
    func key(of screen: AdminScreen) async throws -> String? { try await keys(of: screen).first }
}

extension AdminWorld {
    /// What the fixture makes beside a row of each resource, so that lists are not empty.
    private static let made = [
        "product", "own", "category", "order", "taken", "shipped", "return", "approved", "credited", "cancelled",
        "reduced", "payment", "completed", "authorized", "refund", "approved_refund", "event", "coupon", "rate",
        "warehouse", "alert", "document", "vendor_review", "applicant", "selling", "suspended", "review",
        "approved_review", "answered", "webhook", "delivery", "commission_rule", "payout", "user", "group",
        "import_products",
    ]

    private func fill() async throws {
        let fixture = try await CommerceFixture(cast)
        for name in Self.made + fixture.resources.all.map(\.name) { _ = try await fixture.values(for: [name]) }
        let kind = stand.shop.modules.jobs.first?.kind ?? ""
        _ = try await NotificationsPermissionTests.values(cast)
        let above = try await fixture.values(for: ["category"])["category"] ?? ""
        let below = try await cast.admin.send(
            "POST", "/api/categories/", json: ["name": "Lamps of oak", "parent": .string(above)])
        try #require(below.status == 201, "\(below.text)")
        try await stand.shop.installation.database.write { tx in
            try tx.execute(
                """
                INSERT INTO jobs (kind, payload, lane, priority, state, run_at, max_attempts, last_error, created_at, died_at)
                VALUES (\(kind), '{}', 0, 1, 2, 0, 1, 'It broke.', 0, 0)
                """)
            try tx.execute(
                """
                INSERT INTO disputes (payment_id, order_id, gateway, gateway_dispute_id, status, amount, currency, reason,
                created_at, updated_at)
                SELECT id, order_id, 'sandbox', 'dp_1', 'open', amount, currency, 'fraudulent', 0, 0
                FROM payments ORDER BY id LIMIT 1
                """)
        }
        try await poll("a mail") { try await cast.admin.send("GET", "/api/admin/mailbox/")["count"]?.number != 0 }
        try await poll("a mail about an order") {
            try await stand.shop.installation.database.read { connection in
                try connection.value("SELECT COUNT(*) FROM email_logs WHERE order_id IS NOT NULL", as: Int.self) ?? 0
            } != 0
        }
    }
}

/// What was given last, so that it is not given anew for each of many addresses.
private final class Granted: Sendable {
    private let names = Mutex<[String]>([])

    /// Remembers what is given now, and returns whether it is anything else.
    func replace(by others: [String]) -> Bool {
        names.withLock { names in
            let isNew = names != others
            names = others
            return isNew
        }
    }
}

/// Runs `body` with a shop whose admin has something to show.
func withAdminWorld(
    _ backend: Backend, _ body: @escaping @Sendable (AdminWorld) async throws -> Void
) async throws {
    try await withShop(backend, settings: PaymentsTable.settings) { stand in
        try await body(try await AdminWorld(stand))
    }
}
