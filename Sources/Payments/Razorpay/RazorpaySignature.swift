import Primitives

/// Razorpay's two signatures: HMAC-SHA256 in lower-case hexadecimal.
///
/// https://razorpay.com/docs/webhooks/validate-test/ and
/// https://razorpay.com/docs/payments/payment-gateway/web-integration/standard/integration-steps/ (verify the
/// signature).
public enum RazorpaySignature {
    /// Returns the signature of a webhook's raw body under the webhook's secret: 64 lower-case hexadecimal digits.
    public static func webhook(_ body: [UInt8], secret: String) -> String { sign(body, secret) }

    /// Returns the signature that the checkout hands to the browser, under the secret of the API key: 64 lower-case
    /// hexadecimal digits.
    public static func payment(_ payment: String, of order: String, keySecret: String) -> String {
        sign(Array("\(order)|\(payment)".utf8), keySecret)
    }

    /// Returns whether a text is the signature, in a time that does not tell where they differ; capitals are refused,
    /// as Razorpay's own libraries do.
    static func isSame(_ text: String, as signature: String) -> Bool {
        Digest.equal(Array(text.utf8), Array(signature.utf8))
    }

    private static func sign(_ message: [UInt8], _ secret: String) -> String {
        Hex.encode(Digest.hmac(message, key: Array(secret.utf8)))
    }
}
