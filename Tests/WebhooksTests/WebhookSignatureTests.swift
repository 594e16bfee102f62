import AppHarness
import HTTPTypes
import Messages
import Primitives
import TestSupport
import Testing

@testable import Webhooks

/// What receivers check, by the libraries that they check it with.
@Suite struct WebhookSignatureTests {
    @Test func `a signature is the one of the specification's example`() throws {
        let box = SecretBox(SecretKey("x"), purpose: "y")
        let sealed = try box.seal("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", context: "webhook")
        let secret = try WebhookSecret(sealed: sealed, in: box)
        let signature = secret.signature(
            of: Array(#"{"test": 2432232314}"#.utf8), id: "msg_p5jXN8AQM9LWM0D4loKWxJek", at: 1_614_265_330)
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        #expect(secret.text == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        #expect(throws: SealedTextError.self) {
            try WebhookSecret(sealed: sealed, in: SecretBox(SecretKey("z"), purpose: "y"))
        }
    }

    @Test(arguments: Backend.available)
    func `the libraries of Standard Webhooks and Svix verify what is sent, for a day under both secrets of a rotation`(
        _ backend: Backend
    ) async throws {
        let receiver = try EventReceiver()
        try await WebhookHarness.with(backend) { shop in
            let (id, first) = try await shop.webhook(receiver.url())
            try await shop.publish()
            try await shop.drain()
            let rotated = try await shop.call(.post, "/api/admin/webhooks/\(id)/rotate-secret/")
            let second = try #require(rotated.text("secret"))
            try await shop.publish()
            try await shop.drain()
            shop.clock.advance(by: .hours(24))
            try await shop.publish()
            try await shop.drain()
            let (good, bad) = (JSONValue.bool(true), JSONValue.string("No matching signature found"))
            for (index, now, firstHolds, secondHolds) in [
                (0, nil, good, bad), (1, nil, good, good), (2, shop.clock.source.now, bad, good),
            ] as [(Int, Timestamp?, JSONValue, JSONValue)] {
                for (secret, holds) in [(first, firstHolds), (second, secondHolds)] {
                    let said = try await receiver.verify(index, secret, at: now)
                    #expect(said["standardwebhooks"] == holds && said["svix"] == holds, "\(index): \(said)")
                }
            }
            let seen = try await receiver.seen()
            let signatures = seen.map { $0["headers"]?.text("webhook-signature").split(separator: " ").count }
            #expect(signatures == [1, 2, 1])
            #expect(Set(seen.compactMap { $0["headers"]?.text("webhook-id") }).count == 3)
            #expect(seen[0]["headers"]?.text("content-type") == "application/json")
            let body = try JSONValue(parsing: Array((seen[0].text("body")).utf8))
            #expect(body.text("type") == "order.paid" && body["data"]?.text("a") == "ä")
            #expect(body.members.count == 3 && body.text("timestamp").hasSuffix("Z"))
        }
    }
}
