import AppHarness
import Commerce
import Jobs
import Media
import Messages
import Modules
import Outbound
import Pictures
import Primitives
import SQL
import Schema
import Synchronization
import TestSupport
import Testing
import Web

@testable import Accounts

/// The accounts of a shop with a clock that stands still until it is moved.
struct AccountsFixture: Sendable {
    static let start = Timestamp(seconds: 1_800_000_000)
    static let secret = SecretKey("a secret of this test")
    static let client = RequestOrigin(address: "203.0.113.7", userAgent: "tests/1.0")

    let database: any Database
    let clock: MovableClock
    let service: AccountsService

    /// Registers a customer with the plan's own password.
    @discardableResult
    func register(
        _ email: String = "ada@example.com", password: String = "testpass123", cart: SessionKey? = nil,
        _ change: (inout RegistrationRequest) -> Void = { _ in }
    ) async throws -> Registered {
        var request = RegistrationRequest(
            email: email, password: password, firstName: "Ada", lastName: "Lovelace", client: Self.client)
        request.cart = cart
        change(&request)
        return try await service.registration.register(request)
    }

    func logIn(
        _ email: String = "ada@example.com", password: String = "testpass123", cart: SessionKey? = nil,
        from address: String = "203.0.113.7"
    ) async throws -> SignedIn {
        let result = try await service.signIn.logIn(
            LoginAttempt(
                email: email, password: password, cart: cart,
                client: RequestOrigin(address: address, userAgent: "tests/1.0")))
        guard case .session(let session) = result else { throw NotFound("a second factor is awaited") }
        return session
    }

    /// Returns the mails that wait to be sent, oldest first, with those that were asked for.
    func mails() async throws -> [MailJob] {
        try await sendRequested()
        let payloads = try await database.read {
            try $0.column("SELECT payload FROM jobs WHERE kind = \(MailJob.kind) ORDER BY id", as: String.self)
        }
        return try payloads.map { text in
            let value = try JSONValue(parsing: Array(text.utf8))
            guard case .string(let template) = value["template"], case .string(let recipient) = value["recipient"]
            else {
                throw NotFound()
            }
            return MailJob(template: template, to: recipient, userID: nil, context: value["context"] ?? .null)
        }
    }

    /// Does what the job runner does with the mails that somebody asked for.
    private func sendRequested() async throws {
        try await database.write { tx in
            let waiting: [(Int64, String)] = try tx.tuples(
                "SELECT id, payload FROM jobs WHERE kind = \(RequestedMail.kind) ORDER BY id")
            for (id, text) in waiting {
                let payload = try JSONValue(parsing: Array(text.utf8))
                let purpose = try #require(payload["purpose"]?.text.flatMap { MailPurpose(rawValue: $0) })
                try service.mail.send(RequestedMail(purpose: purpose, recipient: payload["recipient"]?.text ?? ""), tx)
                try tx.execute("DELETE FROM job_unique_keys WHERE job_id = \(id)")
                try tx.execute("DELETE FROM jobs WHERE id = \(id)")
            }
        }
    }

    /// Returns the token in the newest verification mail.
    func verificationToken() async throws -> String? {
        let mail = try await mails().last { $0.template == "verify_email" }
        guard let mail, case .string(let token) = try MailSecrets(Self.secret).opened(mail)["token"] else { return nil }
        return token
    }

    /// Returns the newest session of a user, ended or not, as the server knows its caller.
    func identity(of user: UserID) async throws -> Identity {
        let session = try await database.read {
            try $0.value("SELECT MAX(id) FROM user_sessions WHERE user_id = \(user)", as: SessionID.self)
        }
        return Identity(
            userID: user, sessionID: try #require(session), email: "", role: .customer, permissions: [],
            isEmailVerified: false)
    }

    func count(_ query: Query) async throws -> Int {
        try await database.read { try $0.value(query, as: Int.self) ?? 0 }
    }
}

/// Runs `body` with a shop's accounts on a clean database.
func withAccounts(
    _ backend: Backend, client: HTTPClient? = nil, _ configure: (inout AccountsConfiguration) -> Void = { _ in },
    onSignIn: @escaping SignInHook = { _, _, _ in },
    _ body: (AccountsFixture) async throws -> Void
) async throws {
    var configuration = AccountsConfiguration()
    configuration.permissions = ["orders.edit", "orders.view", "products.edit", "reports.view"].map {
        Permission($0, "Lets do it.")
    }
    configure(&configuration)
    try await withDatabase(backend, migrations: Schema.migrations) { database in
        let clock = MovableClock(startingAt: AccountsFixture.start)
        let service = try await AccountsService(
            database, jobs: JobQueue(database, time: clock.source), secret: AccountsFixture.secret,
            configuration: configuration, studio: PictureStudio(MemoryMediaStore(time: clock.source)),
            client: client, time: clock.source, onSignIn: onSignIn)
        try await body(AccountsFixture(database: database, clock: clock, service: service))
    }
}

/// Returns whether `error` is a refusal of accounts.
func isRefusal(_ expected: AccountsError) -> (any Error) -> Bool {
    { $0 as? AccountsError == expected }
}

/// Returns the messages of a `ValidationError`, by field.
func messages(of error: (any Error)?) -> [String: [String]] {
    guard case .members(let members) = (error as? ValidationError)?.errors else { return [:] }
    return members.compactMapValues { if case .messages(let list) = $0 { list } else { nil } }
}
