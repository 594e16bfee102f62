import Primitives

/// The signature of the sandbox's webhooks, made as Stripe makes its own (https://docs.stripe.com/webhooks#verify-manually):
/// `t=<seconds>,v1=<HMAC-SHA256 of "t.body" in hexadecimal>`, of which several `v1` may stand side by side.
struct SandboxSignature: Sendable {
    /// The name of the header.
    static let header = "Sandbox-Signature"
    /// How old a signature may be, and how far in the future.
    static let tolerance: Int64 = 300

    private let key: [UInt8]

    /// A signature under a key derived from the installation's secret.
    init(_ secret: SecretKey) { key = secret.derive("sandbox webhooks") }

    /// Returns the header's value for a body that is sent now.
    func value(for body: [UInt8], at now: Timestamp) -> String {
        "t=\(now.seconds),v1=\(Hex.encode(code(of: body, "\(now.seconds)")))"
    }

    /// Checks a header against the raw body.
    ///
    /// - Throws: `GatewayError.badSignature`.
    func verify(_ value: String?, over body: [UInt8], at now: Timestamp) throws(GatewayError) {
        guard let value, !value.isEmpty else { throw .badSignature("The signature is missing.") }
        let parts = value.cut(at: ",").map { $0.trimmed.halves(at: "=") }
        guard let time = parts.first(where: { $0.0.isSame(as: "t") })?.1.map({ String($0) }), let sent = Int64(time),
            time.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw .badSignature("The signature has no time.") }
        let expected = code(of: body, time)
        let codes = parts.filter { $0.0.isSame(as: "v1") }.map { Hex.decode(String($0.1 ?? "")) ?? [] }
        guard codes.contains(where: { Digest.equal($0, expected) }) else {
            throw .badSignature("The signature is not that of this body.")
        }
        guard (now.seconds - Self.tolerance...now.seconds + Self.tolerance).contains(sent) else {
            throw .badSignature("The signature is too old or from the future.")
        }
    }

    private func code(of body: [UInt8], _ time: String) -> [UInt8] {
        Digest.hmac(Array("\(time).".utf8) + body, key: key)
    }
}
