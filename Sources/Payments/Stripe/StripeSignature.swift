import Primitives

/// The header `Stripe-Signature` of a webhook (https://docs.stripe.com/webhooks#verify-manually):
/// `t=<seconds>,v1=<hex>`, with one `v1` for each secret of the endpoint that is valid, and schemes of other names,
/// which prove nothing.
public struct StripeSignature: Sendable {
    /// The name of the header.
    public static let header = "Stripe-Signature"
    /// The time by which the signature may be older or younger than now.
    public static let tolerance = TimeSpan.minutes(5)

    private let seconds: Substring
    private let moment: Timestamp
    private let signatures: [[UInt8]]

    /// Reads a header; nil unless it has one time in digits and at least one signature `v1`.
    init?(_ header: String) {
        let parts = header.cut(at: ",").map { $0.halves(at: "=") }
        let times = parts.filter { $0.0.isSame(as: "t") }.map { $0.1 ?? "" }
        signatures = parts.filter { $0.0.isSame(as: "v1") }.compactMap(\.1).map { Array($0.utf8) }
        guard times.count == 1, !signatures.isEmpty, times[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            times[0].utf8.count <= 12, let seconds = Int64(times[0])
        else { return nil }
        self.seconds = times[0]
        moment = Timestamp(seconds: seconds)
    }

    /// Checks that one of the signatures was made over `body` with one of the secrets, and not too long from `now`.
    ///
    /// - Throws: `GatewayError.badSignature`.
    func check(_ body: [UInt8], secrets: [String], at now: Timestamp) throws(GatewayError) {
        var isGood = false
        for secret in secrets {
            let expected = Self.hex(body, seconds, secret)
            for signature in signatures where Digest.equal(Array(expected.utf8), signature) { isGood = true }
        }
        guard isGood else { throw .badSignature("The signature does not match.") }
        guard moment >= now - Self.tolerance, moment <= now + Self.tolerance else {
            throw .badSignature("The signature is too old or from the future.")
        }
    }

    /// Returns the header that proves `body` under the endpoint's secret, as Stripe would send it at `moment`.
    public static func sign(_ body: [UInt8], secret: String, at moment: Timestamp) -> String {
        let seconds = String(moment.seconds)
        return "t=\(seconds),v1=\(hex(body, seconds[...], secret))"
    }

    private static func hex(_ body: [UInt8], _ seconds: Substring, _ secret: String) -> String {
        Hex.encode(Digest.hmac(Array(seconds.utf8) + [UInt8(ascii: ".")] + body, key: Array(secret.utf8)))
    }
}
