import AppHarness
import Commerce
import HTTPTypes
import Messages
import Outbound
import Primitives
import SQL
import TestSupport
import Testing

@testable import Accounts
@testable import Web

/// The accounts of a shop behind their endpoints: tokens are checked as the server does it.
struct AccountsHarness: Sendable {
    static let password = "testpass123"

    let fixture: AccountsFixture
    let api: EndpointCaller

    var database: any Database { fixture.database }
    var clock: MovableClock { fixture.clock }
    var service: AccountsService { fixture.service }

    static func with(
        _ backend: Backend, client: HTTPClient? = nil, _ configure: (inout AccountsConfiguration) -> Void = { _ in },
        _ body: (AccountsHarness) async throws -> Void
    ) async throws {
        try await withAccounts(backend, client: client, configure) { fixture in
            let (service, authenticator) = (fixture.service, fixture.service.authenticator)
            let api = try EndpointCaller(
                AccountsRoutes(service).groups, on: fixture.database,
                authenticate: { try await authenticator.authenticate($0) },
                confirm: { try authenticator.confirm($0, $1) }, time: fixture.clock.source)
            try await body(AccountsHarness(fixture: fixture, api: api))
        }
    }

    func call(
        _ method: HTTPRequest.Method, _ target: String, _ body: String = "", token: String? = nil,
        from address: String = "203.0.113.7", agent: String = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0"
    ) async throws -> EndpointAnswer {
        var headers: HTTPFields = [.userAgent: agent]
        if !body.isEmpty { headers[.contentType] = "application/json" }
        if let token { headers[.authorization] = "Bearer " + token }
        return try await send(method, target, headers, Array(body.utf8), from: address)
    }

    /// Uploads a file named `image`.
    func upload(_ target: String, _ bytes: [UInt8], token: String) async throws -> EndpointAnswer {
        let head = "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\n"
        return try await send(
            .post, target,
            [.contentType: "multipart/form-data; boundary=b", .authorization: "Bearer " + token],
            Array(head.utf8) + bytes + Array("\r\n--b--\r\n".utf8), from: "203.0.113.7")
    }

    private func send(
        _ method: HTTPRequest.Method, _ target: String, _ headers: HTTPFields, _ body: [UInt8], from address: String
    ) async throws -> EndpointAnswer {
        try await api.call(method, target, headers: headers, body: body, from: address, by: .bearer)
    }

    /// What a registration or a login gave.
    struct Login: Sendable {
        let id: Int64
        let access: String
        let refresh: String
    }

    /// Registers a customer, who has a session then.
    func customer(_ email: String = "ada@example.com") async throws -> Login {
        try Self.login(
            try await call(
                .post, "/api/auth/register/",
                #"{"email": "\#(email)", "password": "\#(Self.password)", "first_name": "Ada", "last_name": "L"}"#))
    }

    /// Logs a user in once more.
    func logIn(
        _ email: String = "ada@example.com", password: String = AccountsHarness.password
    ) async throws -> EndpointAnswer {
        try await call(.post, "/api/auth/login/", #"{"email": "\#(email)", "password": "\#(password)"}"#)
    }

    static func login(_ answer: EndpointAnswer) throws -> Login {
        try #require((200...201).contains(answer.status), "\(answer.json)")
        return Login(
            id: try #require(answer["user"]?["id"]?.integer), access: try #require(answer.text("access")),
            refresh: try #require(answer.text("refresh")))
    }

    /// Creates an administrator and logs them in.
    func admin() async throws -> Login {
        try await service.superusers.create(email: "root@example.com", password: Self.password, promote: true)
        return try Self.login(try await logIn("root@example.com"))
    }

    /// Returns whether the token opens anything.
    func isLive(_ login: Login) async throws -> Bool {
        try await call(.get, "/api/auth/profile/", token: login.access).status == 200
    }

    /// Returns which of these sessions are live.
    func live(_ logins: Login...) async throws -> [Bool] {
        var live: [Bool] = []
        for login in logins { live.append(try await isLive(login)) }
        return live
    }

    /// Returns what is sealed in the newest mail of a template, by name.
    func secret(_ name: String, in template: String) async throws -> String? {
        let mail = try await fixture.mails().last { $0.template == template }
        guard let mail, case .string(let text) = try MailSecrets(AccountsFixture.secret).opened(mail)[name] else {
            return nil
        }
        return text
    }

    /// Returns the newest text message.
    func textMessage() async throws -> String? {
        let payload = try await database.read {
            try $0.column("SELECT payload FROM jobs WHERE kind = 'sms.send' ORDER BY id", as: String.self)
        }.last
        guard let payload, let value = try? JSONValue(parsing: payload.utf8), let to = value["recipient"]?.text,
            let sealed = value["sealedText"]?.text
        else { return nil }
        let text = try SecretBox(AccountsFixture.secret, purpose: "mail-secrets").open(sealed, context: to)
        return try JSONValue(parsing: text.utf8)["text"]?.text
    }

    /// Returns how many mails of a template are under way.
    func mails(_ template: String) async throws -> Int {
        try await fixture.mails().count { $0.template == template }
    }

    /// Has the user's address count as theirs, or no longer.
    func setVerified(_ login: Login, _ isVerified: Bool = true) async throws {
        _ = try await database.write {
            try $0.execute("UPDATE users SET is_email_verified = \(isVerified) WHERE id = \(login.id)")
        }
    }

    /// Turns two factors on, for an address that counts as verified then, and gives the authenticator with its backup
    /// codes.
    func turnFactorOn(_ login: Login) async throws -> (totp: TOTP, codes: [String]) {
        try await setVerified(login)
        let setup = try await call(.post, "/api/auth/2fa/setup/", token: login.access)
        let text = try #require(setup.text("secret"))
        let secret = try #require(Base32.decode(text))
        let totp = TOTP(secret: secret)
        let enabled = try await call(
            .post, "/api/auth/2fa/enable/", #"{"code": "\#(code(of: totp))"}"#, token: login.access)
        try #require(enabled.status == 200, "\(enabled.json)")
        return (totp, enabled["backup_codes"]?.array?.compactMap(\.text) ?? [])
    }

    /// Returns the code of this moment.
    func code(of totp: TOTP) -> String { totp.code(TOTP.step(at: clock.source.now)) }

    /// Moves the clock by half a minute and returns the code of then.
    func freshCode(of totp: TOTP) -> String {
        clock.advance(by: .seconds(31))
        return code(of: totp)
    }
}
