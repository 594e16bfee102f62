import Primitives

/// The signature of a webhook, as its headers have it (developer.paypal.com/api/rest/webhooks/rest/#verify-event).
struct PayPalSignature {
    static let algorithm = "SHA256withRSA"

    let transmission: String
    let time: String
    let certificateURL: String
    /// The signature as it was sent, in base64.
    let text: String
    let bytes: [UInt8]

    /// Reads the headers.
    ///
    /// - Throws: `GatewayError.badSignature` where one is missing or malformed.
    init(_ delivery: WebhookDelivery) throws(GatewayError) {
        transmission = try Self.header("PAYPAL-TRANSMISSION-ID", delivery)
        time = try Self.header("PAYPAL-TRANSMISSION-TIME", delivery)
        certificateURL = try Self.header("PAYPAL-CERT-URL", delivery)
        text = try Self.header("PAYPAL-TRANSMISSION-SIG", delivery)
        guard try Self.header("PAYPAL-AUTH-ALGO", delivery).isSame(as: Self.algorithm) else {
            throw .badSignature("The signature's algorithm is not taken.")
        }
        guard let bytes = Base64.decode(text) else { throw .badSignature("The signature is malformed.") }
        self.bytes = bytes
    }

    /// Returns what PayPal signed for the webhook of this id: the checksum is that of the raw bytes.
    func message(_ webhookID: String, body: [UInt8]) -> [UInt8] {
        Array("\(transmission)|\(time)|\(webhookID)|\(CRC32.checksum(body))".utf8)
    }

    private static func header(_ name: String, _ delivery: WebhookDelivery) throws(GatewayError) -> String {
        guard let text = delivery.header(name), !text.isEmpty, text.utf8.count <= 1_000 else {
            throw .badSignature("The header \(name) is missing.")
        }
        return text
    }
}
