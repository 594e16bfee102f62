import AppHarness
import Commerce
import HTTPTypes
import Jobs
import Logging
import Outbound
import Primitives
import SQL
import Schema
import TestSupport
import Testing
import Web

@testable import Payments

/// A sandbox on a clean database, under a clock that the test moves.
struct SandboxHarness: Sendable {
    static let start = Timestamp(seconds: 1_800_000_000)
    static let returnURL = "https://shop.test/orders/7/?tab=pay#end"
    static let returned = "https://shop.test/orders/7/?tab=pay&payment=pay_1#end"

    let database: any Database
    let clock: MovableClock
    let jobs: JobQueue
    let sandbox: Sandbox
    private let caller: EndpointCaller

    var gateway: SandboxGateway { sandbox.gateway }

    init(_ database: any Database, _ base: String, shopName: String, isManual: Bool) throws {
        let clock = MovableClock(startingAt: Self.start)
        self.database = database
        self.clock = clock
        jobs = JobQueue(database, time: clock.source)
        sandbox = Sandbox(
            database: database, jobs: jobs, client: HTTPClient(threads: try TransferThreads(count: 1)),
            secret: SecretKey("a secret of this test"), shopName: shopName, baseURL: { base },
            capturesAutomatically: !isManual, time: clock.source, random: .seeded(7))
        caller = try EndpointCaller(sandbox.endpoints, on: database, time: clock.source)
    }

    static func with(
        _ backend: Backend, base: String = "http://pay.test", shopName: String = "Kontor", isManual: Bool = false,
        _ body: (SandboxHarness) async throws -> Void
    ) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) {
            try await body(SandboxHarness($0, base, shopName: shopName, isManual: isManual))
        }
    }

    func draft(
        _ amount: Int64 = 1_999, id: String = "pay_1", in currency: String = "EUR", order: String = "2027-00042",
        to address: String = returnURL, customer: String? = nil, saved: String? = nil, saves: Bool = false
    ) throws -> GatewayDraft {
        GatewayDraft(
            transactionID: id, orderNumber: order, amount: Money(minorUnits: amount),
            currency: try #require(Currency(code: currency)), email: "ada@example.com", returnURL: address,
            customer: customer, savedMethod: saved, savesMethod: saves)
    }

    /// Makes a payment and returns its reference.
    func open(_ amount: Int64 = 1_999, id: String = "pay_1") async throws -> String {
        try #require(try await gateway.create(draft(amount, id: id), key: "create-\(id)").names.reference)
    }

    func find(_ reference: String) async throws -> GatewayPayment {
        let names = GatewayLookup(transactionID: "", reference: reference)
        return try #require(try await gateway.find(names, in: draft().currency))
    }

    /// Makes a payment of which everything is captured.
    func paid(_ amount: Int64 = 1_999, id: String = "pay_1") async throws -> GatewayPayment {
        let reference = try await open(amount, id: id)
        _ = try await choose("pay", reference)
        return try await find(reference)
    }

    func refund(_ amount: Int64, of payment: GatewayPayment, id: Int64 = 1, key: String? = nil) async throws
        -> GatewayRefund
    {
        try await gateway.refund(
            GatewayRefundDraft(
                RefundID(id), of: payment.names, amount: Money(minorUnits: amount), captured: payment.captured,
                draft().currency, reason: ""), key: key ?? "refund-\(id)")
    }
}

extension SandboxHarness {
    typealias Answer = EndpointAnswer

    static let staff = Identity(
        userID: UserID(1), sessionID: SessionID(1), email: "admin@example.com", role: .admin, permissions: [],
        isEmailVerified: true)

    func get(_ target: String, as identity: Identity? = nil) async throws -> Answer {
        try await caller.call(.get, target, headers: [:], body: [], by: .known(identity))
    }

    func form(_ target: String, _ body: String) async throws -> Answer {
        try await caller.call(
            .post, target, headers: [.contentType: "application/x-www-form-urlencoded"], body: Array(body.utf8),
            by: .known(nil))
    }

    func send(
        _ method: HTTPRequest.Method, _ target: String, _ body: String, as identity: Identity? = staff
    ) async throws -> Answer {
        try await caller.call(
            method, target, headers: [.contentType: "application/json"], body: Array(body.utf8), by: .known(identity))
    }

    /// Chooses on the page of a payment and returns where the browser is sent.
    func choose(_ outcome: String, _ reference: String) async throws -> String? {
        let answer = try await form("/sandbox/pay/\(reference)/", "outcome=\(outcome)")
        #expect(answer.status == 303)
        return answer.headers[.location]
    }

    func act(_ reference: String, _ body: String) async throws -> Answer {
        try await send(.post, "/sandbox/payments/\(reference)/", body)
    }

    func access(_ method: HTTPRequest.Method, _ template: String) -> Access? { caller.access(method, template) }

    /// Runs every job that is due.
    func drainJobs() async throws {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        try await JobRunner(jobs, handlers: sandbox.jobs, logger: logger).drain()
    }

    /// The events that the provider wrote down, the oldest first.
    func events() async throws -> [JSONValue] {
        try await database.read { connection in
            try connection.column("SELECT payload FROM sandbox_events ORDER BY id", as: String.self)
                .map { try JSONValue(parsing: $0.utf8) }
        }
    }

    func eventTypes() async throws -> [String] { try await events().map { $0.text("type") } }

    /// The moments at which webhooks are due, in seconds from the start.
    func dueTimes() async throws -> [Int64] {
        try await database.read { connection in
            try connection.column(
                "SELECT run_at FROM jobs WHERE kind = \(SendSandboxWebhook.kind) ORDER BY id", as: Timestamp.self)
        }.map { ($0 - Self.start).microseconds / 1_000_000 }
    }
}

/// Returns the code of the refusal that `body` ends in; nil where it does not.
func refusal<Value>(_ body: () async throws -> Value) async -> String? {
    do {
        _ = try await body()
        return nil
    } catch let error as GatewayError {
        if case .refused(_, let code, _) = error { return code }
        return error.code
    } catch {
        return "\(error)"
    }
}
