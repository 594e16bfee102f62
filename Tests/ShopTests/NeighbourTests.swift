import KontorApp
import Primitives
import SQL
import TestSupport
import Testing

@testable import KontorApp

/// The shop and programs that are not ours.
@Suite(.timeLimit(.minutes(12)))
struct NeighborTests {
    /// Returns the body of each message that the provider was given, by recipient.
    private static func messages(_ port: Int) async throws -> [(to: String, text: String)] {
        let answer = try await HTTPProbe(port: port).send("GET", "/control/messages")
        return answer.json.elements.map { ($0["to"]?.text ?? "", $0["body"]?.text ?? "") }
    }

    private static func settings(_ port: Int, token: String = "twilio-secret") -> [String: String] {
        [
            "SMS_PROVIDER": "twilio", "TWILIO_ACCOUNT_SID": "ACtest", "TWILIO_AUTH_TOKEN": token,
            "TWILIO_FROM_NUMBER": "+15550199", "TWILIO_BASE_URL": "http://127.0.0.1:\(port)/twilio",
        ]
    }

    @Test(arguments: Backend.available)
    func `a code goes out through Twilio and verifies the phone`(_ backend: Backend) async throws {
        let peer = try OutboundPeer("identity_peer.py")
        let port = peer.greeting.port
        let settings = Self.settings(port)
        try await withShop(backend, settings: settings) { stand in
            let shopper = try await stand.customer()
            let sent = try await shopper.send(
                "POST", "/api/auth/phone/send-otp/", json: ["phone_number": "+491511234567"])
            #expect(sent.status == 200, "\(sent.text)")
            try await poll("the message", atMost: .seconds(30)) {
                try await HTTPProbe(port: port).send("GET", "/control/messages").json.elements.count == 1
            }
            let message = try #require(try await Self.messages(port).first)
            #expect(message.to == "+491511234567")
            let code = try #require(message.text.firstMatch(of: /\b\d{6}\b/)?.0)
            let verified = try await shopper.send(
                "POST", "/api/auth/phone/verify-otp/", json: ["code": .string(String(code))])
            #expect(verified.status == 200, "\(verified.text)")
            #expect(try await shopper.send("GET", "/api/auth/profile/")["is_phone_verified"]?.truth == true)
            #expect(
                try await (stand.admin()).send("GET", "/api/admin/mailbox/?to=%2B491511234567")["count"]?.number == 0)
        }
        withExtendedLifetime(peer) {}
    }

    /// A wrong secret and a number that is none: no use to try again.
    @Test(arguments: [("wrong", "+491511234567"), ("twilio-secret", "+15005550001")])
    func `what Twilio will never take is a dead letter at once`(_ token: String, _ number: String) async throws {
        let peer = try OutboundPeer("identity_peer.py")
        try await withShop(.sqlite, settings: Self.settings(peer.greeting.port, token: token)) { stand in
            let shopper = try await stand.customer()
            _ = try await shopper.send("POST", "/api/auth/phone/send-otp/", json: ["phone_number": .string(number)])
            let database = stand.shop.installation.database
            try await poll("the dead letter", atMost: .seconds(30)) {
                try await database.read {
                    try $0.value(
                        "SELECT COUNT(*) FROM jobs WHERE kind = 'sms.send' AND died_at IS NOT NULL", as: Int.self)
                } == 1
            }
            let row = try await database.read {
                try $0.column("SELECT last_error FROM jobs WHERE kind = 'sms.send'", as: String.self)
            }
            #expect(row.first?.contains("Twilio refused the message") == true, "\(row)")
            #expect(row.first?.contains(number) == false && row.first?.contains(token) == false)
        }
        withExtendedLifetime(peer) {}
    }

    @Test(arguments: Backend.available)
    func `PyJWT reads our tokens with the signing key, and we read its own`(_ backend: Backend) async throws {
        let key = "a signing key that another service knows as well"
        try await withShop(backend, settings: ["JWT_SIGNING_KEY": key]) { stand in
            let made = try await stand.anonymous.send(
                "POST", "/api/auth/register/",
                json: [
                    "email": "ada@example.com", "password": .string(ShopHarness.password), "first_name": "A",
                    "last_name": "L",
                ])
            let access = try #require(made["access"]?.text)
            let script = """
                import json, jwt, sys
                claims = jwt.decode(sys.argv[1], sys.argv[2], algorithms=["HS256"])
                for wrong in [sys.argv[2] + "x"]:
                    try:
                        jwt.decode(sys.argv[1], wrong, algorithms=["HS256"])
                        sys.exit("taken under another key")
                    except jwt.InvalidSignatureError:
                        pass
                print(json.dumps({"claims": claims, "own": jwt.encode(claims, sys.argv[2], algorithm="HS256")}))
                """
            let said = try JSONValue(parsing: try await TestPython.output(script, access, key))
            #expect(said["claims"]?["token_type"]?.text == "access")
            #expect(said["claims"]?["user_id"] == made["user"]?["id"])
            let own = try #require(said["own"]?.text)
            let profile = try await stand.anonymous.bearing(own).send("GET", "/api/auth/profile/")
            #expect(profile["email"]?.text == "ada@example.com", "\(profile.text)")
        }
    }
}
