import KontorApp
import Primitives
import Synchronization
import TestSupport
import Testing

/// A customer's whole way through accounts: the endpoints that answer well only after others.
@Suite(.timeLimit(.minutes(12)))
struct AccountsJourneyTests {
    @Test(arguments: Backend.available)
    func `every endpoint of accounts does its work, in the table of permissions or on this way`(
        _ backend: Backend
    ) async throws {
        let peer = try OutboundPeer("identity_peer.py")
        let port = peer.greeting.port
        try await withShop(backend, settings: Self.settings(port)) { stand in
            let way = Way(stand: stand, admin: try await stand.admin(), peer: HTTPProbe(port: port))
            try await way.comeIn()
            try await way.haveTwoFactors()
            try await way.comeByProviders()
            try await way.changePasswords()
            try await way.takeDataAndLeave()
            let shown = Set(
                AccountsTable.rows.filter { $0.statuses.contains { (200..<300).contains($0) } }.map(\.shape))
            let missing = Set(AccountsTable.rows.map(\.shape)).subtracting(shown).subtracting(way.done)
            #expect(missing.isEmpty, "\(missing.sorted())")
        }
        withExtendedLifetime(peer) {}
    }

    private static func settings(_ port: Int) -> [String: String] {
        let base = "http://127.0.0.1:\(port)"
        return [
            "GOOGLE_CLIENT_ID": "shop", "GOOGLE_ISSUER": "https://google.test",
            "GOOGLE_JWKS_URL": base + "/google/keys",
            "APPLE_CLIENT_ID": "shop", "APPLE_ISSUER": "https://apple.test", "APPLE_JWKS_URL": base + "/apple/keys",
            "FACEBOOK_APP_ID": "test-app", "FACEBOOK_APP_SECRET": "test-secret", "FACEBOOK_GRAPH_BASE": base + "/graph",
        ]
    }
}

/// The steps of a customer, each of which has to succeed.
private final class Way: Sendable {
    private static let email = "ada@example.com"

    private let stand: ShopHarness
    private let admin: HTTPProbe
    private let peer: HTTPProbe
    private let steps = Mutex<Set<String>>([])

    init(stand: ShopHarness, admin: HTTPProbe, peer: HTTPProbe) {
        self.stand = stand
        self.admin = admin
        self.peer = peer
    }

    /// The endpoints that answered well, as the table of permissions names them.
    var done: Set<String> { steps.withLock { $0 } }

    func comeIn() async throws {
        let made = try await step(
            "POST /api/auth/register/",
            [
                "email": .string(Self.email), "password": .string(ShopHarness.password), "first_name": "Ada",
                "last_name": "L", "username": "ada",
            ])
        try await step("POST /api/auth/verify-email/", ["token": .string(try await token(in: "verify-email"))])
        try await step("POST /api/auth/token/verify/", ["token": try #require(made["access"])])
        let fresh = try await step("POST /api/auth/refresh/", ["refresh": try #require(made["refresh"])])
        let ada = stand.anonymous.bearing(try #require(fresh["access"]?.text))
        try await step("PUT /api/auth/profile/privacy/", ["profile_visibility": "public"], by: ada)
        let seen = try await step("GET /api/profiles/{}/", path: "/api/profiles/ada/")
        #expect(seen["first_name"]?.text == "Ada" && seen["email"] == .null)
        try await step("POST /api/auth/phone/send-otp/", ["phone_number": "+491511234567"], by: ada)
        let message = try await mail("%2B491511234567", "channel=sms")
        let code = try #require(message.firstMatch(of: /\b\d{6}\b/)?.0)
        try await step("POST /api/auth/phone/verify-otp/", ["code": .string(String(code))], by: ada)
        try await step("POST /api/auth/logout/", [:], by: ada)
        #expect(try await ada.send("GET", "/api/auth/profile/").status == 401)
    }

    func haveTwoFactors() async throws {
        let ada = try await logIn()
        let setup = try await step("POST /api/auth/2fa/setup/", by: ada)
        let secret = try #require(setup["secret"]?.text)
        let code = try await TestPython.output(
            "import pyotp, sys; print(pyotp.TOTP(sys.argv[1]).now(), end='')", secret)
        let enabled = try await step(
            "POST /api/auth/2fa/enable/", ["code": .string(String(decoding: code, as: UTF8.self))], by: ada)
        let codes = try #require(enabled["backup_codes"]?.elements)
        let challenge = try await stand.anonymous.send("POST", "/api/auth/login/", json: Self.credentials)
        let opened = try await step(
            "POST /api/auth/2fa/verify/",
            ["challenge_token": try #require(challenge["challenge_token"]), "code": codes[0]])
        #expect(opened["access"]?.text != nil)
        let renewed = try await step("POST /api/auth/2fa/regenerate-backup-codes/", ["code": codes[1]], by: ada)
        let last = try #require(renewed["backup_codes"]?.elements[0])
        try await step(
            "POST /api/auth/2fa/disable/", ["password": .string(ShopHarness.password), "code": last], by: ada)
    }

    func comeByProviders() async throws {
        let google = try await signed("google", "bea@example.com")
        let made = try await step("POST /api/auth/social/google/", ["id_token": google])
        try await step("POST /api/auth/social/apple/", ["id_token": try await signed("apple", "cleo@example.com")])
        _ = try await peer.send(
            "POST", "/control/facebook",
            json: [
                "token": "fb-good", "user_id": "77", "app_id": "test-app", "is_valid": JSONValue.bool(true),
                "expires_at": 0, "email": "dora@example.com", "first_name": "D", "last_name": "B",
            ])
        try await step("POST /api/auth/social/facebook/", ["access_token": "fb-good"])
        let bea = stand.anonymous.bearing(try #require(made["access"]?.text))
        try await step("POST /api/auth/set-password/", ["new_password": "another-Pass-9"], by: bea)
        try await step(
            "DELETE /api/auth/social/google/disconnect/", by: bea)
    }

    func changePasswords() async throws {
        try await step(
            "POST /api/auth/change-password/",
            ["old_password": .string(ShopHarness.password), "new_password": "another-Pass-9"], by: try await logIn())
        try await step("POST /api/auth/forgot-password/", ["email": .string(Self.email)])
        try await step(
            "POST /api/auth/reset-password/",
            ["token": .string(try await token(in: "reset-password")), "new_password": .string(ShopHarness.password)])
        let ada = try await logIn()
        try await step("POST /api/auth/account/deactivate/", ["password": .string(ShopHarness.password)], by: ada)
        #expect(try await ada.send("GET", "/api/auth/profile/").status == 401)
        try await step("POST /api/auth/account/reactivate/", Self.credentials)
    }

    func takeDataAndLeave() async throws {
        let ada = try await logIn()
        try await step("POST /api/auth/account/export-data/", [:], by: ada)
        let token = try await token(in: "export")
        try await step("GET /api/auth/account/export-data/{}/", path: "/api/auth/account/export-data/\(token)/")
        try await step(
            "DELETE /api/auth/account/delete/",
            ["password": .string(ShopHarness.password), "confirmation": "DELETE"], by: ada)
        let gone = try await stand.anonymous.send("POST", "/api/auth/login/", json: Self.credentials)
        #expect(gone.status == 401)
    }

    private static let credentials: JSONValue = ["email": .string(email), "password": .string(ShopHarness.password)]

    private func logIn() async throws -> HTTPProbe {
        let answer = try await step("POST /api/auth/login/", Self.credentials)
        return stand.anonymous.bearing(try #require(answer["access"]?.text))
    }

    @discardableResult
    private func step(
        _ shape: String, _ body: JSONValue? = nil, path: String? = nil, by caller: HTTPProbe? = nil
    ) async throws -> ProbeResponse {
        let words = shape.split(separator: " ").map(String.init)
        let (probe, target) = (caller ?? stand.anonymous, path ?? words[1])
        let answer =
            if let body {
                try await probe.send(words[0], target, json: body)
            } else {
                try await probe.send(words[0], target)
            }
        try #require((200..<300).contains(answer.status), "\(shape): \(answer.status) \(answer.text)")
        _ = steps.withLock { $0.insert(shape) }
        return answer
    }

    /// Returns the token in the newest mail to Ada with a link to `page`.
    private func token(in page: String) async throws -> String {
        let text = try await mail(Self.email, "search=\(page)")
        let pattern = try Regex("\(page)\\?token=([A-Za-z0-9_-]+)")
        return String(try #require(text.firstMatch(of: pattern)?.output[1].substring))
    }

    /// Returns the messages to somebody, once there are any, the newest first.
    private func mail(_ recipient: String, _ query: String) async throws -> String {
        let path = "/api/admin/mailbox/?to=\(recipient)&\(query)"
        try await poll("a message of \(query)", atMost: .seconds(30)) {
            try await self.admin.send("GET", path)["count"]?.number != 0
        }
        return try await admin.send("GET", path).text.replacing("\\/", with: "/")
    }

    /// Returns an identity token as the provider signs it.
    private func signed(_ provider: String, _ email: String) async throws -> JSONValue {
        let now = stand.shop.installation.time.now.seconds
        let made = try await peer.send(
            "POST", "/control/sign",
            json: [
                "provider": .string(provider),
                "claims": [
                    "iss": .string("https://\(provider).test"), "aud": "shop", "sub": .string(email),
                    "email": .string(email), "email_verified": JSONValue.bool(true), "iat": .number("\(now)"),
                    "exp": .number("\(now + 600)"), "given_name": "G", "family_name": "N",
                ],
            ])
        return try #require(made["token"])
    }
}
