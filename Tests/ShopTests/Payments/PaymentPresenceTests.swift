import KontorApp
import Primitives
import SQL
import TestSupport
import Testing

/// Refunds ask staff for a fresh factor: a token that was stolen from an old session moves no money.
@Suite(.timeLimit(.minutes(12)))
struct PaymentPresenceTests {
    /// A member of staff who logged in at the test's beginning; access tokens end with their quarter of an hour.
    private struct Session: Sendable {
        let stand: ShopHarness
        let refresh: String

        init(_ stand: ShopHarness, _ part: TestAccounts.Part) async throws {
            self.stand = stand
            let email = part == .admin ? ShopHarness.adminEmail : "\(part.rawValue)@example.com"
            let login = try await stand.anonymous.send(
                "POST", "/api/auth/login/", json: ["email": .string(email), "password": .string(ShopHarness.password)])
            refresh = try #require(login["refresh"]?.text, "\(login.text)")
        }

        /// A probe with a new token of the same session.
        func continued() async throws -> (probe: HTTPProbe, session: Session) {
            let answer = try await stand.anonymous.send(
                "POST", "/api/auth/refresh/", json: ["refresh": .string(refresh)])
            let access = try #require(answer["access"]?.text, "\(answer.text)")
            return (stand.anonymous.bearing(access), Session(stand, try #require(answer["refresh"]?.text)))
        }

        private init(_ stand: ShopHarness, _ refresh: String) {
            self.stand = stand
            self.refresh = refresh
        }
    }

    /// The endpoints that move money back, with the placeholder that each needs.
    private static let refunds = [
        ("/api/payments/{completed}/refund/", #""amount": "1.00", "reason": "x""#),
        ("/api/admin/payments/{completed}/refund/", #""amount": "1.00", "reason": "x""#),
        ("/api/admin/refunds/{refund}/approve/", #""amount": "1.00""#),
    ]

    private static func send(
        _ path: String, _ body: String, _ more: String, by probe: HTTPProbe, _ values: [String: String]
    ) async throws -> ProbeResponse {
        try await PermissionRow("POST " + path, "", "{" + body + more + "}").send(by: probe, values)
    }

    /// Gives the values of all placeholders, made while everybody's session is new.
    private static func values(_ world: CommerceFixture) async throws -> [[String: String]] {
        // Nothing is to change but by requests.
        let quiet = try await world.cast.admin.send("PUT", "/sandbox/webhooks/", json: ["loss_percent": 100])
        try #require(quiet.status == 200, "\(quiet.text)")
        var found: [[String: String]] = []
        for (path, _) in refunds {
            found.append(try await world.values(for: PermissionRow("POST " + path, "").placeholders))
        }
        return found
    }

    @Test(arguments: Backend.available)
    func `staff whose session is older than a quarter of an hour refund with their password`(
        _ backend: Backend
    ) async throws {
        let clock = MovableClock(startingAt: TimeSource.machine.now)
        try await withShop(backend, settings: PaymentsTable.settings, time: clock.source) { stand in
            let world = try await CommerceFixture(try await TestAccounts(stand))
            let values = try await Self.values(world)
            let session = try await Session(stand, .staff)
            clock.advance(by: .minutes(14))
            let (young, later) = try await session.continued()
            let new = try await Self.send(Self.refunds[1].0, Self.refunds[1].1, "", by: young, values[1])
            #expect(new.status == 201, "\(new.text)")
            clock.advance(by: .minutes(2))
            let (staff, _) = try await later.continued()
            for ((path, body), values) in zip(Self.refunds, values) {
                let before = try await stand.paymentState()
                for more in ["", #", "password": """#, #", "password": "wrong""#, #", "code": "000000""#] {
                    let answer = try await Self.send(path, body, more, by: staff, values)
                    #expect(answer.status == 400 && answer["password"] != nil, "\(path) \(more): \(answer.text)")
                }
                #expect(try await stand.paymentState() == before, "\(path)")
                let answer = try await Self.send(
                    path, body, #", "password": "\#(ShopHarness.password)""#, by: staff, values)
                #expect([200, 201].contains(answer.status), "\(path): \(answer.text)")
                let audit = try await stand.admin().send("GET", "/api/admin/audit/?page_size=1")
                #expect(audit["results"]?[0]?["request_id"]?.text == answer.header("X-Request-ID"), "\(audit.text)")
                #expect(!audit.text.contains(ShopHarness.password), "\(audit.text)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `staff with two factors refund with a code, however new their session is`(_ backend: Backend) async throws {
        try await withShop(backend, settings: PaymentsTable.settings) { stand in
            let cast = try await TestAccounts(stand)
            let world = try await CommerceFixture(cast)
            let values = try await Self.values(world)
            let codes = try await Self.turnOnTwoFactors(of: .staff, cast)
            for (index, ((path, body), values)) in zip(Self.refunds, values).enumerated() {
                let before = try await stand.paymentState()
                for more in ["", #", "password": "\#(ShopHarness.password)""#] {
                    let answer = try await Self.send(path, body, more, by: cast[.staff], values)
                    #expect(
                        answer.status == 403 && answer["code"]?.text == "fresh_factor_required",
                        "\(path) \(more): \(answer.text)")
                }
                let wrong = try await Self.send(path, body, #", "code": "nonsense""#, by: cast[.staff], values)
                #expect(wrong.status == 400 && wrong["code"] != nil, "\(path): \(wrong.text)")
                #expect(try await stand.paymentState() == before, "\(path)")
                let code = #", "code": "\#(codes[index])""#
                let answer = try await Self.send(path, body, code, by: cast[.staff], values)
                #expect([200, 201].contains(answer.status), "\(path): \(answer.text)")
                let again = try await Self.send(path, body, code, by: cast[.staff], values)
                #expect([400, 403].contains(again.status), "a code counts once: \(again.text)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `who asks for a refund, or rejects one, is asked for nothing more`(_ backend: Backend) async throws {
        let clock = MovableClock(startingAt: TimeSource.machine.now)
        try await withShop(backend, settings: PaymentsTable.settings, time: clock.source) { stand in
            let world = try await CommerceFixture(try await TestAccounts(stand))
            let values = try await Self.values(world)
            let (owner, staff) = (try await Session(stand, .owner), try await Session(stand, .staff))
            clock.advance(by: .minutes(16))
            let asked = try await Self.send(
                Self.refunds[0].0, Self.refunds[0].1, "", by: owner.continued().probe, values[0])
            #expect(asked.status == 201 && asked["status"]?.text == "requested", "\(asked.text)")
            let rejected = try await Self.send(
                "/api/admin/refunds/{refund}/reject/", #""reason": "x""#, "", by: staff.continued().probe, values[2])
            #expect(rejected.status == 200, "\(rejected.text)")
        }
    }

    /// Turns two factors on and gives the backup codes.
    private static func turnOnTwoFactors(of part: TestAccounts.Part, _ cast: TestAccounts) async throws -> [String] {
        let id = try await cast.id(of: part)
        _ = try await cast.stand.shop.installation.database.write { tx in
            try tx.execute("UPDATE users SET is_email_verified = 1 WHERE id = \(id)")
        }
        let setup = try await cast[part].send("POST", "/api/auth/2fa/setup/", json: [:])
        let secret = try #require(setup["secret"]?.text, "\(setup.text)")
        let code = try await TestPython.output(
            "import pyotp, sys; print(pyotp.TOTP(sys.argv[1]).now(), end='')", secret)
        let done = try await cast[part].send(
            "POST", "/api/auth/2fa/enable/", json: ["code": .string(String(decoding: code, as: UTF8.self))])
        try #require(done.status == 200, "\(done.text)")
        return try #require(done["backup_codes"]).elements.compactMap(\.text)
    }
}
