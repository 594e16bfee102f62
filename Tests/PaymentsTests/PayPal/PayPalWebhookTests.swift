import Commerce
import Primitives
import Testing

@testable import Payments

/// Signatures of webhooks, which the peer makes with the `cryptography` package.
@Suite struct PayPalWebhookTests {
    private let shop: PayPalShop
    private let gateway: PayPalGateway
    private let body = #"{"id":"WH-1","event_type":"PAYMENT.CAPTURE.COMPLETED", "summary":"für 10 €","n":1.50}"#

    init() throws {
        shop = try PayPalShop(signsEvents: true)
        gateway = try shop.gateway()
    }

    private typealias Headers = [String: String]

    private func signed(_ changes: [String: JSONValue] = [:]) async throws -> Headers {
        let order = ["body": JSONValue.string(body)].merging(changes) { $1 }
        guard case .object(let headers) = try await shop.control("sign", order) else { return [:] }
        return headers.compactMapValues { PayPalFields($0).text }
    }

    private func delivery(_ headers: Headers, _ bytes: [UInt8]? = nil) -> WebhookDelivery {
        WebhookDelivery(body: bytes ?? Array(body.utf8), headers: headers.map { ($0.key, $0.value) })
    }

    private func failure(_ headers: Headers, _ bytes: [UInt8]? = nil, _ gateway: PayPalGateway? = nil) async throws
        -> String?
    {
        try await PayPalShop.failure {
            _ = try await (gateway ?? self.gateway).verify(delivery(headers, bytes), at: shop.clock.source.now)
        }
    }

    private func calls() async throws -> Int {
        try await shop.requests("/verify-webhook-signature").count
    }

    @Test func `a good signature is taken, its certificate fetched once and PayPal not asked`() async throws {
        for _ in 0..<2 {
            let header = try await gateway.verify(delivery(try await signed()), at: shop.clock.source.now)
            #expect(header.id == "WH-1")
            #expect(header.type == "PAYMENT.CAPTURE.COMPLETED")
            #expect(header.payload["n"] == .number("1.50"))
        }
        #expect(try await shop.requests("/CERT-good", "GET").count == 1)
        #expect(try await calls() == 0)
    }

    @Test func `headers are read in any case, and a delivery of three days ago is taken`() async throws {
        let old = (shop.clock.source.now - .days(3)).seconds
        let headers = try await signed(["time": .string(Timestamp(seconds: old).description)])
        #expect(try await failure(headers) == nil)
        let small = Dictionary(uniqueKeysWithValues: headers.map { ($0.key.lowercased(), $0.value) })
        #expect(try await failure(small) == nil)
    }

    @Test func `every flipped bit of the body is found, and a body written anew`() async throws {
        let headers = try await signed()
        for index in 0..<body.utf8.count {
            var bytes = Array(body.utf8)
            bytes[index] ^= 1
            #expect(try await failure(headers, bytes) == "bad signature")
        }
        let anew = try JSONBytes.encode(try JSONValue(parsing: Array(body.utf8)))
        #expect(try await failure(headers, anew) == "bad signature")
        #expect(try await failure(headers, Array((body + "\n").utf8)) == "bad signature")
        #expect(try await failure(headers) == nil)
    }

    @Test(arguments: [
        "PAYPAL-TRANSMISSION-ID", "PAYPAL-TRANSMISSION-TIME", "PAYPAL-TRANSMISSION-SIG", "PAYPAL-CERT-URL",
        "PAYPAL-AUTH-ALGO",
    ])
    func `each header counts`(name: String) async throws {
        var headers = try await signed()
        headers[name]?.append("A")
        #expect(try await failure(headers) == "bad signature")
        headers[name] = nil
        #expect(try await failure(headers) == "bad signature")
    }

    @Test func `an event for another webhook is refused, one for either of a rotation taken`() async throws {
        let other = try await signed(["webhook_id": .string("OTHER")])
        #expect(try await failure(other) == "bad signature")
        let both = try shop.gateway(["webhook_id": "OTHER, 8PT597110X687430LKGECATA"])
        #expect(try await failure(other, nil, both) == nil)
        #expect(try await failure(try await signed(), nil, both) == nil)
        #expect(try await failure(try await signed(), nil, try shop.gateway(["webhook_id": ""])) == "bad signature")
    }

    @Test(arguments: ["CERT-expired", "CERT-early", "CERT-name", "CERT-www", "CERT-root", "CERT-none"])
    func `a certificate that is not good is refused, and PayPal not asked`(name: String) async throws {
        #expect(try await failure(try await signed(["certificate": .string(name)])) == "bad signature")
        #expect(try await calls() == 0)
    }

    @Test func `under another address of the API its own host may sign`() async throws {
        #expect(try await failure(try await signed(["certificate": .string("CERT-host")])) == nil)
    }

    @Test func `a few certificates are kept, however many there are`() async throws {
        for number in 1...17 {
            #expect(try await failure(try await signed(["certificate": .string("CERT-good_\(number)")])) == nil)
        }
        for number in [1, 17] {
            #expect(try await failure(try await signed(["certificate": .string("CERT-good_\(number)")])) == nil)
        }
        #expect(try await shop.requests("/CERT-good_1", "GET").count == 2)
        #expect(try await shop.requests("/CERT-good_17", "GET").count == 1)
    }

    @Test func `a certificate that PayPal signs with is not good after its end`() async throws {
        let headers = try await signed()
        #expect(try await failure(headers) == nil)
        shop.clock.advance(by: .days(301))
        #expect(try await failure(headers) == "bad signature")
    }

    @Test func `a chain that ends below a root that is not known is PayPal's to judge`() async throws {
        let system = try shop.gateway(["ca_file": ""])
        #expect(try await failure(try await signed(), Array((body + " ").utf8), system) == "bad signature")
        #expect(
            try await failure(try await signed(["certificate": .string("CERT-root")]), nil, system) == "bad signature")
        #expect(try await calls() == 1)
    }

    @Test(arguments: [
        "https://evil.example/v1/notifications/certs/CERT-good", "%@.evil.example/v1/notifications/certs/CERT-good",
        "%@@evil.example/v1/notifications/certs/CERT-good", "%@/v1/notifications/certs/../certs/CERT-good",
        "%@/v1/notifications/certs/", "%@/v1/notifications/certs/CERT-good?a", "%@/other/CERT-good",
        "https://api.paypal.com/v1/notifications/certs/CERT-good", "file:///v1/notifications/certs/CERT-good",
    ])
    func `a certificate at another address is never fetched`(pattern: String) async throws {
        let url = pattern.after("%@").map { shop.base + $0 } ?? pattern
        #expect(try await failure(try await signed(["cert_url": .string(url)])) == "bad signature")
        #expect(try await shop.requests("/CERT-good", "GET").isEmpty)
        #expect(try await calls() == 0)
    }

    @Test func `PayPal is asked where its certificate cannot be had`() async throws {
        try await shop.fault("/certs/", "500", method: "GET", times: 3)
        #expect(try await failure(try await signed()) == nil)
        try await shop.fault("/certs/", "html", method: "GET")
        var forged = Array(body.utf8)
        forged[forged.count - 3] ^= 1
        #expect(try await failure(try await signed(), forged) == "bad signature")
        #expect(try await failure(try await signed(["certificate": .string("CERT-nonsense")])) == nil)
        let unreadable = try shop.gateway(["ca_file": "/nowhere"])
        #expect(try await failure(try await signed(), nil, unreadable) == nil)
        #expect(try await calls() == 4)
    }

    @Test func `PayPal is asked where its certificate comes without what leads to a root`() async throws {
        let headers = try await signed(["certificate": .string("CERT-bare")])
        #expect(try await failure(headers) == nil)
        #expect(try await failure(headers, Array((body + " ").utf8)) == "bad signature")
        #expect(try await calls() == 2)
    }

    @Test func `without certificate and answer the gateway is unavailable`() async throws {
        try await shop.fault("/certs/", "500", method: "GET", times: 3)
        try await shop.fault("/verify-webhook-signature", "html")
        #expect(try await failure(try await signed()) == "unavailable, undone")
    }

    @Test(arguments: [
        ("", 0), ("123456789", 0xCBF4_3926), ("The quick brown fox jumps over the lazy dog", 0x414F_A339),
    ])
    func `the checksum is that of zip`(text: String, checksum: UInt32) {
        #expect(CRC32.checksum(text.utf8) == checksum)
    }
}
