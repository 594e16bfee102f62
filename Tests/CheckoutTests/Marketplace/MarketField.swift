import AppHarness
import Commerce
import HTTPTypes
import Jobs
import Modules
import Primitives
import SQL
import TestSupport
import Testing
import Vendors
import Web

@testable import Checkout
@testable import Marketplace
@testable import Payments

/// A shop with taxes and shipping in which vendors sell, and staff who pay them out.
struct MarketField: Sendable {
    typealias Answer = CheckoutHarness.Answer

    let field: LedgerField
    let payouts: PayoutService
    private let caller: EndpointCaller

    static let admin = CheckoutHarness.admin

    var shop: CheckoutHarness { field.shop }

    static func with(
        _ backend: Backend, audits: Bool = true, _ body: @Sendable (MarketField) async throws -> Void
    ) async throws {
        try await LedgerField.with(backend, audits: audits) { field in try await body(MarketField(field)) }
    }

    init(
        _ field: LedgerField, presence: @escaping PresenceCheck = { _, _, _ in }
    ) throws {
        self.field = field
        let (shop, settings) = (field.shop, try ShopSettings(SettingsValues([:])))
        payouts = PayoutService(
            books: VendorBooks(
                settings: MarketplaceSettings(iban: "NL41MOCK0000000001", bic: "MOCKNL2A"),
                time: shop.clock.source),
            payments: shop.payments, jobs: shop.jobs, payees: Self.payees, currency: shop.currency, zone: .utc)
        let database = shop.database
        caller = try EndpointCaller(
            [
                PayoutRoutes(database: database, payouts: payouts).group,
                PayoutPaperRoutes(database: database, payouts: payouts, shop: settings).group,
                VendorMoneyRoutes(database: database, payouts: payouts).group,
                EndpointGroup(
                    "Commission", "",
                    ResourceEndpoints(
                        CommissionRuleResource(time: shop.clock.source), at: "/api/admin/commission-rules/", "rule",
                        "rules", permission: "payouts.edit", in: database
                    ).endpoints),
            ], on: shop.database, currency: shop.currency, presence: presence, time: shop.clock.source)
    }

    /// Returns the rate that a vendor was approved with, in millionths; those whose id has three digits or more and
    /// ends in 2 have one.
    static func approvedRate(_ vendor: VendorID) -> Int64? {
        vendor.rawValue > 99 && vendor.rawValue % 10 == 2 ? 73_500 : nil
    }

    @Sendable static func approvedRates(_ vendors: [VendorID], _: Connection) -> [VendorID: Int64] {
        vendors.reduce(into: [:]) { $0[$1] = approvedRate($1) }
    }

    /// Vendors have accounts at banks, by the end of their id: 9 has none, 8 a number and a bank's number, 7 one that is too long,
    /// 6 one of no known bank; of 4 the bank has closed the account.
    @Sendable static func payees(_ vendors: [VendorID], _: Connection) -> [VendorID: PayoutTarget] {
        vendors.reduce(into: [:]) { payees, vendor in
            var account = BankAccount(accountHolder: "Vendor & \"Söhne\" <\(vendor)>", bankName: "")
            switch vendor.rawValue % 10 {
            case 9: return
            case 8: (account.accountNumber, account.routingNumber) = ("12-3456 7890", "021000021")
            case 7:
                account.accountNumber = String(repeating: "1", count: 40)
                account.routingNumber = "021000021"
            case 6: account.accountNumber = "1234567890"
            case 4: (account.iban, account.swift) = ("NL84MOCK0000000003", "MOCKNL2A")
            default: (account.iban, account.swift) = ("GB33BUKB20201555555555", "BUKBGB22")
            }
            payees[vendor] = PayoutTarget(method: .bankTransfer, account: account)
        }
    }

    func call(
        _ method: HTTPRequest.Method, _ target: String, _ body: String = "", as identity: Identity? = admin,
        type: String = "application/json"
    ) async throws -> Answer {
        try await call(method, target, Array(body.utf8), as: identity, type: type)
    }

    func call(
        _ method: HTTPRequest.Method, _ target: String, _ body: [UInt8], as identity: Identity? = admin, type: String
    ) async throws -> Answer {
        try await caller.call(
            method, target, headers: body.isEmpty ? [:] : [.contentType: type], body: body, by: .known(identity))
    }
}

/// Rows that the tests of the marketplace start from.
extension MarketField {
    func vendor(_ id: Int64, user: Int64? = nil, status: String = "approved") async throws {
        try await shop.execute(
            """
            INSERT INTO vendors (id, user_id, name, slug, status, created_at, updated_at)
            VALUES (\(id), \(user), \("Vendor \(id)"), \("vendor-\(id)"), \(status), 0, 0)
            """)
    }

    func product(_ id: Int64, of vendor: Int64?, price: Int64 = 1_000, category: Int64? = nil) async throws {
        try await shop.product(id, price: price, stock: 10_000)
        try await shop.execute(
            "UPDATE products SET vendor_id = \(vendor), category_id = \(category) WHERE id = \(id)")
    }

    func category(_ id: Int64, path: String) async throws {
        try await shop.execute(
            """
            INSERT INTO categories (id, name, slug, description, path, is_active, is_visible, created_at, updated_at)
            VALUES (\(id), \("C\(id)"), \("c-\(id)"), '', \(path), 1, 1, 0, 0)
            """)
    }

    /// Orders so many of some products, by transfer.
    func order(_ buyer: Identity, _ wanted: [(product: Int64, quantity: Int)], more: String = "") async throws -> Answer
    {
        for line in wanted { _ = try await shop.fill(line.product, line.quantity, as: buyer) }
        let order = try await shop.order(buyer, by: "bank_transfer", more: more)
        try #require(order.status == 201, "\(order.json)")
        return order
    }

    /// Notes that all of an order has been paid.
    func pay(_ order: Answer) async throws {
        let paid = try await shop.call(
            .post, "/api/admin/orders/\(order.id)/payment/", #"{"amount": "\#(order.text("total") ?? "")"}"#,
            as: Self.admin)
        try #require(paid.status == 200, "\(paid.json)")
    }

    /// Has all of an order that is left leave and arrive.
    func deliver(_ order: Answer) async throws {
        _ = try await field.move(order, to: "shipped")
        let moved = try await field.move(order, to: "delivered")
        try #require(moved.status == 200, "\(moved.json)")
    }

    /// Returns the newest payment of an order.
    func payment(of order: Answer) async throws -> Int64 {
        Int64(try await shop.value("SELECT COALESCE(MAX(id), 0) FROM payments WHERE order_id = \(order.id)"))
    }

    /// Has the bank decide about a dispute over a payment.
    func dispute(_ payment: Int64, _ amount: Int64, _ status: GatewayDispute.Status) async throws {
        let flow = field.flow
        try await shop.database.write { tx in
            let (_, payment) = try flow.lock(PaymentID(payment), in: tx)
            let report = GatewayDispute(
                "dp_\(payment.id)", status, amount: Money(minorUnits: amount), reason: "", dueBy: nil)
            _ = try flow.payments.record(report, of: payment, in: tx)
        }
    }

    /// Returns what a vendor is owed: all of it, and what is available.
    func balance(_ vendor: Int64) async throws -> [Int64] {
        let now = shop.clock.source.now
        let found = try await shop.database.read {
            try VendorAccountQueries.balance(of: VendorID(vendor), at: now, $0)
        }
        return [found.whole.minorUnits, try found.available.minorUnits]
    }

    /// Returns a vendor's entries, oldest first: kinds with amounts.
    func entries(_ vendor: Int64) async throws -> [String] {
        try await shop.database.read { connection in
            try connection.all(
                "SELECT entry_type, amount FROM vendor_ledger_entries WHERE vendor_id = \(vendor) ORDER BY id"
            ) { "\(try $0(String.self)) \(try $0(Int64.self))" }
        }
    }

    /// Gives vendors 12.34 each and pays them out; returns the payouts' ids in the order of the vendors.
    func payOut(_ vendors: [Int64]) async throws -> [Int64] {
        for vendor in vendors {
            try await self.vendor(vendor)
            _ = try await call(
                .post, "/api/admin/vendors/\(vendor)/adjustments/", #"{"amount": "12.34", "reason": "x"}"#)
        }
        let run = try await process()
        try #require(run.status == 201, "\(run.json)")
        return run["payouts"]?.array?.compactMap { $0["id"]?.integer } ?? []
    }

    /// Asks for the file of a message that was made.
    func file(of message: Answer) async throws -> Answer {
        let id = message.text("message_id") ?? ""
        return try await call(.get, "/api/admin/payouts/export/?format=pain.001&message=\(id)")
    }

    /// Hands in a bank's answer.
    func reconcile(_ xml: String) async throws -> Answer {
        let body = """
            --x\r\nContent-Disposition: form-data; name="file"; filename="a.xml"\r\n\r\n\(xml)\r\n--x--\r\n
            """
        return try await call(
            .post, "/api/admin/payouts/reconcile/", Array(body.utf8), type: "multipart/form-data; boundary=x")
    }

    /// Returns the status of a payout.
    func status(_ payout: Int64) async throws -> String? {
        try await call(.get, "/api/admin/payouts/\(payout)/").text("status")
    }

    /// Runs the payouts of a period that ends today.
    func process(_ more: String = "", start: String = "2020-01-01") async throws -> Answer {
        let today = TimeZoneRules.utc.day(of: shop.clock.source.now)
        return try await call(
            .post, "/api/admin/vendors/payouts/process/",
            #"{"period_start": "\#(start)", "period_end": "\#(today)"\#(more)}"#)
    }
}
