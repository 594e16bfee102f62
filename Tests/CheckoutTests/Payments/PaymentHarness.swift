import AppHarness
import Commerce
import HTTPTypes
import Inventory
import Jobs
import Logging
import Modules
import Orders
import Outbound
import Primitives
import SQL
import Schema
import TestSupport
import Testing
import Web

@testable import Checkout
@testable import Payments

/// A shop whose orders are paid through the sandbox gateway, on a clean database, under a clock that the test moves.
///
/// It is one process of the shop; another one may be started on the same database when it has died.
struct PaymentHarness: Sendable {
    static let secret = SecretKey("a secret of this test")
    static let admin = CheckoutHarness.admin

    let shop: CheckoutHarness
    let flow: PaymentFlow
    let watch: WatchedGateway.Watch
    let mortality: Mortality
    let sandbox: Sandbox
    private let database: any Database
    private let caller: EndpointCaller
    private let isManual: Bool

    /// Starts a process on the shop's database.
    init(_ shop: CheckoutHarness, isManual: Bool = false, mortality: Mortality = Mortality()) throws {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let client = HTTPClient(threads: try TransferThreads(count: 1))
        let database = MortalDatabase(shop.database, mortality)
        let watch = WatchedGateway.Watch()
        let time = shop.clock.source
        let sandbox = Sandbox(
            database: shop.database, jobs: shop.jobs, client: client, secret: Self.secret, shopName: "Kontor",
            baseURL: { "http://shop.test" }, capturesAutomatically: !isManual, time: time)
        let gateway = WatchedGateway(base: sandbox.gateway, watch: watch, mortality: mortality)
        let currency = shop.currency
        let kinds = [
            GatewayDirectory.Kind(.sandbox, "Sandbox", keys: []) { _, _ in gateway },
            GatewayDirectory.Kind(.cashOnDelivery, "Cash", keys: []) { _, _ in
                OfflineGateway(.cashOnDelivery, taking: [currency])
            },
            GatewayDirectory.Kind(.manual, "Manual", keys: []) { _, _ in OfflineGateway(.manual, taking: [currency]) },
        ]
        let settings = SettingsValues(["STAFF_EMAIL": "staff@example.com"])
        let directory = GatewayDirectory(
            kinds, settings: settings, secret: Self.secret, client: client, time: time, random: .system, logger: logger)
        let flow = PaymentFlow(
            database, checkout: shop.checkout, directory: directory,
            settings: try PaymentSettings(settings, ShopSettings(settings)), logger: logger)
        self.shop = shop
        self.flow = flow
        self.watch = watch
        self.mortality = mortality
        self.sandbox = sandbox
        self.database = database
        self.isManual = isManual
        let groups = [
            PaymentRoutes(flow: flow).group, PaymentStaffRoutes(flow: flow).group, WebhookRoutes(flow: flow).group,
            CheckoutRoutes(database: database, checkout: shop.checkout, guests: GuestLimits(time: time, isOn: false))
                .group, PaymentListRoutes(database: database, currency: currency).group,
            RefundGoodsRoutes(flow: flow).group,
        ]
        caller = try EndpointCaller(groups + sandbox.endpoints, on: shop.database, currency: currency, time: time)
    }

    static func with(
        _ backend: Backend, settings: CheckoutSettings = CheckoutSettings(), isManual: Bool = false,
        audits: Bool = true, _ body: @Sendable (PaymentHarness) async throws -> Void
    ) async throws {
        try await CheckoutHarness.with(backend, settings: settings, audits: audits) { shop in
            try await body(PaymentHarness(shop, isManual: isManual))
        }
    }

    /// Starts a process that takes over from this one: with its own memory, on the same database.
    func successor(mortality: Mortality = Mortality()) throws -> PaymentHarness {
        try PaymentHarness(shop, isManual: isManual, mortality: mortality)
    }

    typealias Answer = EndpointAnswer

    func call(
        _ method: HTTPRequest.Method, _ target: String, _ body: String = "", as identity: Identity? = nil,
        headers: [String: String] = [:], type: String = "application/json"
    ) async throws -> Answer {
        var fields: HTTPFields = body.isEmpty ? [:] : [.contentType: type]
        for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
        return try await caller.call(method, target, headers: fields, body: Array(body.utf8), by: .known(identity))
    }
}

/// What customers, staff and the gateway do.
extension PaymentHarness {
    /// Has a customer order a product and returns the order's id.
    func order(_ user: Identity, product: Int64, by method: String = "sandbox") async throws -> Int64 {
        #expect(try await shop.fill(product, as: user).status == 201)
        let order = try await shop.order(user, by: method)
        try #require(order.status == 201, "\(order.json)")
        return order.id
    }

    func initiate(_ order: Int64, as user: Identity, gateway: String = "sandbox") async throws -> Answer {
        try await call(
            .post, "/api/payments/initiate/", #"{"order_id": \#(order), "gateway": "\#(gateway)"}"#, as: user)
    }

    /// Has the payer choose an outcome on the gateway's page.
    func choose(_ outcome: String, of payment: Answer) async throws {
        let reference = try #require(payment.text("gateway_transaction_id"))
        try await choose(outcome, reference: reference)
    }

    func choose(_ outcome: String, reference: String) async throws {
        let answer = try await call(
            .post, "/sandbox/pay/\(reference)/", "outcome=\(outcome)", type: "application/x-www-form-urlencoded")
        try #require(answer.status == 303, "\(answer.status) \(String(decoding: answer.bytes, as: UTF8.self))")
    }

    func status(_ payment: Int64, as user: Identity) async throws -> Answer {
        try await call(.get, "/api/payments/\(payment)/status/", as: user)
    }

    func refund(_ payment: Int64, _ amount: String, by user: Identity = admin) async throws -> Answer {
        try await call(
            .post, "/api/payments/\(payment)/refund/", #"{"amount": "\#(amount)", "reason": "Broken."}"#, as: user)
    }

    /// Returns the payloads of all events that the gateway has made, oldest first.
    func events() async throws -> [String] {
        try await shop.database.read { try $0.column("SELECT payload FROM sandbox_events ORDER BY id") }
    }

    /// Delivers an event as the gateway does.
    @discardableResult
    func deliver(_ payload: String) async throws -> Int {
        let signature = SandboxSignature(Self.secret).value(for: Array(payload.utf8), at: shop.clock.source.now)
        return try await call(
            .post, "/api/payments/sandbox/webhook/", payload, headers: [SandboxSignature.header: signature]
        ).status
    }

    /// Runs all due jobs of the shop; the sandbox's own webhooks are delivered by the tests.
    func drain() async throws {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let queue = JobQueue(database, time: shop.clock.source)
        try await JobRunner(queue, handlers: shop.checkout.jobHandlers + flow.jobHandlers, logger: logger).drain()
    }

    /// Lets time pass and has everything that is due asked about, until nothing is open.
    func reconcile(times: Int = 4) async throws {
        for _ in 0..<times {
            shop.clock.advance(by: .minutes(11))
            let due = try await shop.database.read { try flow.payments.due(limit: 1_000, in: $0) }
            for id in due { try await flow.reconcile(id) }
            try await drain()
        }
    }
}

/// What the books say.
extension PaymentHarness {
    /// What is known of an order and its payments, without ids and moments.
    struct Books: Equatable, CustomStringConvertible {
        var order = ""
        var payments: [String] = []
        var ledger: [String] = []
        /// What the gateway was asked, and nobody has brought to an end.
        var unanswered: [String] = []

        var description: String {
            ([order] + payments + ledger + unanswered.map { "unanswered " + $0 }).joined(separator: "\n")
        }
    }

    func books(of order: Int64) async throws -> Books {
        try await shop.database.read { connection in
            var books = Books()
            books.order =
                try connection.value(
                    """
                    SELECT \(connection.dialect.text("status", "payment_status")) FROM orders WHERE id = \(order)
                    """) ?? ""
            for payment in try PaymentQueries.payments(of: OrderID(order), connection) {
                let refunds = try RefundQueries.refunds(of: [payment.id], connection)
                books.unanswered += try OperationQueries.pending(of: payment.id, connection).map(\.kind.rawValue)
                books.payments.append(
                    """
                    \(payment.status) \(payment.facts.authorized.minorUnits) \(payment.facts.captured.minorUnits) \
                    \(payment.refunded.minorUnits) \(payment.fee.minorUnits) \(payment.refundStatus) \
                    surplus \(payment.isSurplus) \(refunds.map { "\($0.status) \($0.amount.minorUnits)" }.sorted())
                    """)
            }
            let sums: [(String, Int64)] = try connection.tuples(
                """
                SELECT account, CAST(SUM(debit) - SUM(credit) AS SIGNED) FROM ledger_entries WHERE order_id = \(order)
                GROUP BY account ORDER BY account
                """)
            books.ledger = sums.filter { $0.1 != 0 }.map { "\($0.0) \($0.1)" }
            return books
        }
    }
}

extension Dialect {
    /// Joins two columns by a slash.
    fileprivate func text(_ first: StaticString, _ second: StaticString) -> Query {
        let (first, second) = (Query(first), Query(second))
        return self == .sqlite ? "\(first) || '/' || \(second)" : "CONCAT(\(first), '/', \(second))"
    }
}
