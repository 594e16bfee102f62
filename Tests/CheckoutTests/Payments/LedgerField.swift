import AppHarness
import Commerce
import HTTPTypes
import Jobs
import Logging
import Modules
import Outbound
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Checkout
@testable import Payments

/// A shop with taxes, shipping and the sandbox, whose webhooks are brought by hand.
struct LedgerField: Sendable {
    typealias Answer = CheckoutHarness.Answer

    let shop: CheckoutHarness
    let flow: PaymentFlow
    private let caller: EndpointCaller
    private let signature: SandboxSignature

    static let admin = CheckoutHarness.admin

    /// Runs `body` on a clean shop; where it `audits`, the ledger has to add up in the end.
    static func with(
        _ backend: Backend, isManual: Bool = false, audits: Bool = true,
        _ body: @Sendable (LedgerField) async throws -> Void
    ) async throws {
        try await CheckoutHarness.with(backend, audits: audits) { shop in
            try await shop.rate(#""name": "VAT", "country": "GB", "rate": "0.2""#)
            try await shop.method(#""code": "post", "name": "Post", "price": "3.00""#)
            for id in 1...2 { try await shop.product(Int64(id), stock: 1_000) }
            try await body(LedgerField(shop, isManual: isManual))
        }
    }

    private init(_ shop: CheckoutHarness, isManual: Bool) throws {
        self.shop = shop
        let (secret, values) = (SecretKey("a secret of this test"), SettingsValues([:]))
        let (logger, client) = (Self.logger, HTTPClient(threads: try TransferThreads(count: 1)))
        let sandbox = Sandbox(
            database: shop.database, jobs: shop.jobs, client: client, secret: secret, shopName: "Kontor",
            baseURL: { "http://pay.test" }, capturesAutomatically: !isManual, time: shop.clock.source)
        let directory = GatewayDirectory(
            PaymentsModule.kinds(sandbox.gateway, taking: shop.currency), settings: values, secret: secret,
            client: client, time: shop.clock.source, random: .system, logger: logger)
        flow = PaymentFlow(
            shop.database, checkout: shop.checkout, directory: directory,
            settings: try PaymentSettings(values, ShopSettings(values)), logger: logger)
        signature = SandboxSignature(secret)
        caller = try EndpointCaller(
            [PaymentRoutes(flow: flow).group, PaymentStaffRoutes(flow: flow).group] + sandbox.endpoints,
            on: shop.database, currency: shop.currency, time: shop.clock.source)
    }

    private static let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    /// Calls an endpoint of payments or of the sandbox.
    func call(
        _ method: HTTPRequest.Method, _ target: String, _ body: String = "{}", as identity: Identity? = admin
    ) async throws -> Answer {
        try await caller.call(
            method, target, headers: [.contentType: "application/json"], body: Array(body.utf8), by: .known(identity))
    }

    /// Brings every webhook that the sandbox has ever sent, and works on those that are new.
    func deliver() async throws {
        let payloads = try await shop.database.read { connection in
            try connection.column("SELECT payload FROM sandbox_events ORDER BY id", as: String.self)
        }
        for payload in payloads {
            let body = Array(payload.utf8)
            let header = (SandboxSignature.header, signature.value(for: body, at: shop.clock.source.now))
            try await flow.receive(WebhookDelivery(body: body, headers: [header]), from: .sandbox)
        }
        try await JobRunner(shop.jobs, handlers: flow.jobHandlers + shop.checkout.jobHandlers, logger: Self.logger)
            .drain()
    }

    /// Has the ledger add up at this moment.
    func check(_ moment: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let found = try await shop.ledger()
        try #require(found.isEmpty, "\(moment): \(found)", sourceLocation: sourceLocation)
    }
}

/// What customers and staff do.
extension LedgerField {
    /// Returns an order of so many of the first product and one of the second: 12.00 each, with 3.60 for shipping.
    func order(_ buyer: Identity, _ quantity: Int = 3, by method: String = "bank_transfer") async throws -> Answer {
        _ = try await shop.fill(1, quantity, as: buyer)
        _ = try await shop.fill(2, 1, as: buyer)
        let order = try await shop.order(buyer, by: method)
        try #require(order.status == 201, "\(order.json)")
        return order
    }

    /// Begins to pay an order at the sandbox and has something happen there; returns the payment's id and our name of it.
    func begin(
        _ order: Answer, _ action: String, as buyer: Identity
    ) async throws -> (id: Int64, name: String)? {
        let begun = try await call(
            .post, "/api/payments/initiate/", #"{"order_id": \#(order.id), "gateway": "sandbox"}"#, as: buyer)
        guard (200..<300).contains(begun.status), let name = begun.text("transaction_id") else { return nil }
        _ = try await act(name, action)
        try await deliver()
        return (begun.id, name)
    }

    /// Pays an order at the sandbox.
    func pay(_ order: Answer, as buyer: Identity) async throws -> (id: Int64, name: String) {
        try #require(try await begin(order, "pay", as: buyer))
    }

    /// Has something happen to a payment at the sandbox.
    func act(_ name: String, _ action: String, _ more: String = "") async throws -> Answer {
        try await call(.post, "/sandbox/payments/\(name)/", #"{"action": "\#(action)"\#(more)}"#)
    }

    /// Refunds a part of a payment by staff's word; the amount has two decimals.
    func refund(_ payment: Int64, _ amount: String) async throws -> Answer {
        try await call(
            .post, "/api/admin/payments/\(payment)/refund/", #"{"amount": "\#(amount)", "reason": "Sorry"}"#)
    }

    func staff(_ order: Answer, _ path: String, _ body: String = "{}", _ method: HTTPRequest.Method = .post)
        async throws -> Answer
    {
        try await shop.call(method, "/api/admin/orders/\(order.id)/\(path)/", body, as: Self.admin)
    }

    func move(_ order: Answer, to status: String) async throws -> Answer {
        try await staff(order, "status", #"{"status": "\#(status)"}"#, .put)
    }

    /// Cancels so many of a line that have not left, by its place.
    func cancel(_ order: Answer, line: Int, _ count: Int) async throws -> Answer {
        let item = order.items[line]["id"]?.integer ?? 0
        return try await staff(
            order, "cancel-rest", #"{"items": [{"order_item_id": \#(item), "quantity": \#(count)}]}"#)
    }

    /// Sends so many of a line back and has them received.
    func sendBack(
        _ order: Answer, line: Int, _ count: Int, shipping: Bool, as buyer: Identity
    ) async throws -> Answer {
        let item = order.items[line]["id"]?.integer ?? 0
        let asked = try await shop.call(
            .post, "/api/orders/\(order.id)/returns/",
            #"{"items": [{"order_item_id": \#(item), "quantity": \#(count)}]}"#, as: buyer)
        let (path, part) = ("/api/admin/returns/\(asked.id)/", asked.items.first?["id"]?.integer ?? 0)
        guard asked.status == 201 else { return asked }
        _ = try await shop.call(.post, path + "approve/", as: Self.admin)
        return try await shop.call(
            .post, path + "receive/",
            #"{"items": [{"return_item_id": \#(part), "quantity": \#(count)}], "refund_shipping": \#(shipping)}"#,
            as: Self.admin)
    }

    /// Returns the newest refund of an order that has a status; zero without one.
    func refund(of order: Answer, _ status: String) async throws -> Int {
        try await shop.value(
            "SELECT id FROM refunds WHERE order_id = \(order.id) AND status = \(status) ORDER BY id DESC LIMIT 1")
    }
}
