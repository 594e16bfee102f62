import Commerce
import Payments
import Primitives
import TestSupport
import Testing

/// Events are taken from Stripe only, and only in time.
@Suite struct StripeWebhookTests {
    static let now = Timestamp(seconds: 1_795_000_000)

    /// A body as Stripe writes them: indented, with more than ASCII.
    private static let body = Array(
        """
        {
          "id": "evt_1", "object": "event", "livemode": false, "type": "payment_intent.succeeded",
          "data": {"object": {"id": "pi_1", "object": "payment_intent", "amount": 2000, "amount_received": 2000,
            "client_secret": "pi_1_secret_x", "currency": "usd", "description": "Söhne \\u2713",
            "metadata": {"transaction_id": "pay_1"}, "status": "succeeded", "latest_charge": "ch_1"}}
        }
        """.utf8)

    private func gateway(_ changes: [String: String] = [:]) throws -> StripeGateway {
        try #require(try StripePeer.idle(changes))
    }

    private func sign(_ body: [UInt8] = body, _ secret: String = "whsec_new", _ seconds: Int64 = 0) -> String {
        StripeSignature.sign(body, secret: secret, at: Self.now + .seconds(seconds))
    }

    private func verify(
        _ header: String?, _ body: [UInt8] = body, name: String = "Stripe-Signature", by gateway: StripeGateway? = nil
    ) async throws -> WebhookHeader {
        let delivery = WebhookDelivery(body: body, headers: header.map { [(name, $0)] } ?? [])
        return try await (try gateway ?? self.gateway()).verify(delivery, at: Self.now)
    }

    @Test func `a signed event is read, without its secret`() async throws {
        let header = try await verify(sign())
        #expect(header.id == "evt_1" && header.type == "payment_intent.succeeded")
        #expect(header.payload["data"]?["object"]?["id"] == .string("pi_1"))
        #expect(header.payload["data"]?["object"]?["client_secret"] == nil)
    }

    @Test(arguments: [-300, -1, 300] as [Int64])
    func `five minutes either way are in time`(seconds: Int64) async throws {
        #expect(try await verify(sign(Self.body, "whsec_new", seconds)).id == "evt_1")
    }

    @Test(arguments: [-301, 301, -86_400, 86_400] as [Int64])
    func `what was signed longer ago or in the future is refused`(seconds: Int64) async throws {
        let header = sign(Self.body, "whsec_new", seconds)
        let error = try await stripeError { _ = try await verify(header) }
        #expect(error == .badSignature("The signature is too old or from the future."))
    }

    @Test func `each secret of a rotation is good, in a header of any case, among other signatures`() async throws {
        let (new, old) = (sign(), sign(Self.body, "whsec_old"))
        let both = new + ",v1=" + String(decoding: old.utf8.suffix(64), as: UTF8.self)
        let foreign = try #require(sign(Self.body, "whsec_other").after("t=1795000000,"))
        let good = try #require(new.after("t=1795000000,"))
        for header in [
            old, both, "t=1795000000,\(foreign),\(good)", "\(good),t=1795000000", "t=1795000000,v0=abc,\(good),v2=",
        ] { #expect(try await verify(header, name: "stripe-signature").id == "evt_1") }
    }

    @Test func `a changed bit, a body written anew and a moved time are refused`() async throws {
        let header = sign()
        for bit in [0, 7, Self.body.count * 4, Self.body.count * 8 - 1] {
            var body = Self.body
            body[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(try await stripeError { _ = try await verify(header, body) }?.code == "invalid_signature")
        }
        let again = try JSONBytes.encode(try JSONValue(parsing: Self.body), keys: .asDeclared)
        #expect(try await stripeError { _ = try await verify(header, again) }?.code == "invalid_signature")
        let moved = "t=1795000001," + (header.after("t=1795000000,") ?? "")
        #expect(try await stripeError { _ = try await verify(moved) }?.code == "invalid_signature")
    }

    @Test func `no header, a malformed one and another shop's secret are refused`() async throws {
        let good = String(try #require(sign().after("t=1795000000,v1=")))
        let headers: [String?] = [
            nil, "", "t=1795000000", "v1=\(good)", "t=,v1=\(good)", "t=x,v1=\(good)", "t=-5,v1=\(good)",
            "t=1795000000,t=1795000000,v1=\(good)", "t=1795000000, v1=\(good)", "t=1795000000,v0=\(good)",
            "t=1795000000,v1=\(good.uppercased())", "t=1795000000,v1=", "t=1795000000,v1=\(good)0",
            "t=99999999999999999999,v1=\(good)", "t=01795000000,v1=\(good)", "T=1795000000,V1=\(good)",
            sign(Self.body, "whsec_other"), sign(Self.body, "whsec_new, whsec_old"), sign(Self.body, ""),
        ]
        let gateway = try gateway()
        for header in headers {
            let error = try await stripeError { _ = try await verify(header, by: gateway) }
            #expect(error?.code == "invalid_signature", "\(header ?? "none")")
        }
    }

    @Test func `without a secret nothing is believed`() async throws {
        let gateway = try gateway(["webhook_secret": " , "])
        let header = sign(Self.body, "")
        #expect(try await stripeError { _ = try await verify(header, by: gateway) }?.code == "invalid_signature")
    }

    @Test(arguments: [
        "", "[]", "not JSON", "{}", #"{"id":"evt_1","type":"x"}"#, #"{"object":"event","type":"x"}"#,
        #"{"object":"event","id":7,"type":"x"}"#,
    ])
    func `a signed body that is no event is refused`(text: String) async throws {
        let body = Array(text.utf8)
        #expect(try await stripeError { _ = try await verify(sign(body), body) }?.code == "invalid_signature")
    }
}
