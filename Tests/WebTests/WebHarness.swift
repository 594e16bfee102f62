import Commerce
import Logging
import NIOCore
import Primitives
import SQL
import ServiceLifecycle
import TestSupport

@testable import Schema
@testable import Web

/// A server of a test's own endpoints on a free port, over a clean database.
struct WebHarness: Sendable {
    let port: Int
    let probe: HTTPProbe
    let server: APIServer
    let database: any Database
    let clock: MovableClock
    /// Starts the shutdown that the end of the test would start.
    let stop: @Sendable () async -> Void

    /// The keys of repeated requests, and a table to write into.
    static let migrations = [
        Migration(
            1, "web",
            WebSchema.steps + WebSchema.rowSteps + WebSchema.listSteps + [
                .create(
                    Table("notes") {
                        Column.id
                        Column("text", .text(200))
                    })
            ])
    ]

    static let start = Timestamp(seconds: 1_800_000_000)

    /// Tokens that the harness knows: the name of the role, or `user-<id>`.
    static let authenticate: @Sendable (String) async throws -> Identity = { token in
        if token.hasPrefix("user-"), let id = Int64(token.dropFirst(5)) { return identity(id, .customer) }
        guard let role = Role(rawValue: token) else { throw AuthenticationError.tokenNotValid }
        return identity(1, role)
    }

    private static func identity(_ id: Int64, _ role: Role) -> Identity {
        Identity(
            userID: UserID(id), sessionID: SessionID(id), email: "u\(id)@example.com", role: role,
            permissions: role == .staff ? ["products.edit"] : [], isEmailVerified: true)
    }
}

/// Runs `body` beside a server of `endpoints`, then shuts it down; `lines` gets what it logs.
func withServer(
    of endpoints: @escaping @Sendable (any Database) -> [Endpoint], on backend: Backend = .sqlite,
    settings change: (inout WebSettings) -> Void = { _ in },
    revision: (@Sendable () async throws -> Int)? = nil,
    problems: @escaping @Sendable () async -> [String] = { [] },
    confirm: @escaping @Sendable (Identity, Transaction) throws -> Void = { _, _ in },
    pages: [Endpoint] = [], standingOn more: @escaping @Sendable (LocalAPI) -> [Endpoint] = { _ in [] },
    log lines: LogLines? = nil,
    _ body: @escaping @Sendable (WebHarness) async throws -> Void
) async throws {
    var settings = WebSettings(currency: .usd)
    settings.accessLogLevel = .trace
    change(&settings)
    try await withDatabase(backend, migrations: WebHarness.migrations) { database in
        let clock = MovableClock(startingAt: WebHarness.start)
        var logger = lines?.logger ?? Logger(label: "test")
        if lines == nil { logger.logLevel = .critical }
        let server = try APIServer(
            [EndpointGroup("Test", endpoints(database))], settings: settings, database: database,
            secret: SecretKey("a secret of this test"),
            authenticate: WebHarness.authenticate, confirm: confirm, revision: revision, problems: problems,
            pages: { api in
                var group = EndpointGroup("Pages", "Pages for people.", pages + more(api))
                group.arePages = true
                return group.endpoints.isEmpty ? [] : [group]
            },
            logger: logger,
            time: clock.source)
        try await serve(server, database, clock, logger, body)
    }
}

private func serve(
    _ server: APIServer, _ database: any Database, _ clock: MovableClock, _ logger: Logger,
    _ body: @escaping @Sendable (WebHarness) async throws -> Void
) async throws {
    let (ports, listening) = AsyncStream<Int>.makeStream()
    let web = WebServer(server, host: "127.0.0.1", port: 0, logger: logger) { listening.yield($0) }
    let group = ServiceGroup(configuration: .init(services: [.init(service: web)], logger: logger))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
            defer { listening.finish() }
            try await group.run()
        }
        for await port in ports {
            tasks.addTask {
                let stand = WebHarness(
                    port: port, probe: HTTPProbe(port: port), server: server, database: database, clock: clock,
                    stop: { await group.triggerGracefulShutdown() })
                let outcome: Result<Void, any Error>
                do { outcome = .success(try await body(stand)) } catch { outcome = .failure(error) }
                await group.triggerGracefulShutdown()
                try outcome.get()
            }
            break
        }
        try await tasks.waitForAll()
    }
}

/// Input of one text.
struct NoteInput: Input {
    let text: String

    init(_ fields: Fields) {
        text = fields.string("text", length: 1...200)
    }
}

/// Answer of one text.
struct Note: ResponseBody, Equatable {
    let id: Int64
    let text: String
}

/// Notes as a test's own queries.
enum NoteQueries {
    static func add(_ text: String, _ tx: Transaction) throws -> Note {
        let id = try tx.insert("INSERT INTO notes (text) VALUES (\(text))")
        return Note(id: id, text: text)
    }

    static func count(_ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM notes") ?? 0
    }
}
