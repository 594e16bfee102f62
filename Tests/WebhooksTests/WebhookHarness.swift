import AppHarness
import Commerce
import HTTPTypes
import Jobs
import Logging
import Messages
import Modules
import Outbound
import Primitives
import SQL
import Schema
import TestSupport
import Testing
import Web

@testable import Webhooks

/// Outgoing webhooks on a clean database, under a clock that the test moves.
struct WebhookHarness: Sendable {
    let database: any Database
    let clock: MovableClock
    let jobs: JobQueue
    let service: WebhookService
    private let handlers: [JobHandler]
    private let caller: EndpointCaller

    static let admin = Identity(
        userID: UserID(1), sessionID: SessionID(1), email: "admin@example.com", role: .admin, permissions: [],
        isEmailVerified: true)
    private static let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    private static let threads = Result { try TransferThreads(count: 16) }

    init(
        _ database: any Database, clock: MovableClock, settings: [String: String], timeout: TimeSpan
    ) throws {
        let source = SettingsValues(settings)
        let settings = try WebhooksSettings(source, try ShopSettings(source))
        self.database = database
        self.clock = clock
        jobs = JobQueue(database, time: clock.source)
        service = WebhookService(
            jobs: jobs, listeners: WebhookListeners(), settings: settings,
            box: SecretBox(SecretKey("a secret of this test"), purpose: "webhook-secrets"), time: clock.source,
            random: .system)
        let courier = WebhookCourier(
            database: database, service: service, client: HTTPClient(threads: try Self.threads.get()), timeout: timeout)
        handlers = service.jobHandlers + [courier.handler]
        caller = try EndpointCaller(
            [WebhookRoutes(database: database, service: service).group], on: database, time: clock.source)
    }

    /// The settings under which a receiver on this machine may be called.
    static let local = ["WEBHOOK_ALLOWED_NETWORKS": "127.0.0.0/8", "STAFF_EMAIL": "staff@example.com"]

    static func with(
        _ backend: Backend, settings: [String: String] = local, timeout: TimeSpan = .seconds(15),
        _ body: @Sendable (WebhookHarness) async throws -> Void
    ) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) {
            let clock = MovableClock(startingAt: TimeSource.machine.now)
            try await body(try WebhookHarness($0, clock: clock, settings: settings, timeout: timeout))
        }
    }

    func call(
        _ method: HTTPRequest.Method, _ target: String, _ body: String = "", headers: [String: String] = [:]
    ) async throws -> EndpointAnswer {
        var fields: HTTPFields = body.isEmpty ? [:] : [.contentType: "application/json"]
        for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
        return try await caller.call(
            method, target, headers: fields, body: Array(body.utf8), by: .known(Self.admin))
    }

    /// Makes a receiver; gives its id and secret.
    func webhook(_ url: String, _ topics: String = "*") async throws -> (id: Int64, secret: String) {
        let made = try await call(.post, "/api/admin/webhooks/", #"{"url": "\#(url)", "topics": ["\#(topics)"]}"#)
        try #require(made.status == 201, "\(made.json)")
        return (made.id, try #require(made.text("secret")))
    }

    /// Publishes an event as a room would.
    func publish(
        _ topic: EventTopic = .orderPaid, _ data: [String: String] = ["a": "ä"], about subject: EventSubject = .init()
    ) async throws {
        try await database.write { tx in
            try service.publisher.publish(topic, about: subject, in: tx) { data }
        }
    }

    /// Runs every job that is due.
    @discardableResult
    func drain() async throws -> Int {
        try await JobRunner(jobs, handlers: handlers, logger: Self.quiet).drain()
    }

    /// Moves the clock in steps, and runs what is due after each.
    func pass(_ span: TimeSpan, by step: TimeSpan) async throws {
        var left = span
        while left > .seconds(0) {
            clock.advance(by: step)
            try await drain()
            left = TimeSpan(microseconds: left.microseconds - step.microseconds)
        }
    }

    func deliveries(of webhook: Int64, _ query: String = "") async throws -> [JSONValue] {
        try await call(.get, "/api/admin/webhooks/\(webhook)/deliveries/?page_size=100" + query).results
    }

    func count(_ table: StaticString, _ condition: Query = "1 = 1") async throws -> Int {
        try await database.read {
            try $0.value("SELECT COUNT(*) FROM \(Query(table)) WHERE \(condition)") ?? 0
        }
    }
}

/// The receiver of the tests, and how it is told what to do.
final class EventReceiver: Sendable {
    private let peer: OutboundPeer
    private let probe: HTTPProbe

    init() throws {
        let peer = try OutboundPeer("event_receiver.py")
        probe = HTTPProbe(port: peer.greeting.port)
        self.peer = peer
    }

    func url(_ path: String = "/hook") -> String { "http://127.0.0.1:\(probe.port)\(path)" }

    func answer(_ mode: String, at path: String = "/hook") async throws {
        _ = try await probe.send(
            "POST", "/_control/mode/", json: .object(["path": .string(path), "mode": .string(mode)]))
    }

    /// Lets the answers go that were held.
    func release() async throws {
        _ = try await probe.send("POST", "/_control/release/", json: .object([:]))
    }

    func seen() async throws -> [JSONValue] { try await probe.send("GET", "/_control/seen/").json.elements }

    /// What the libraries say of a message, at the time of day or another.
    func verify(_ index: Int, _ secret: String, at now: Timestamp? = nil) async throws -> JSONValue {
        var members: [String: JSONValue] = ["secret": .string(secret), "index": .number(String(index))]
        if let now { members["now"] = .number(String(now.seconds)) }
        return try await probe.send("POST", "/_control/verify/", json: .object(members)).json
    }
}
