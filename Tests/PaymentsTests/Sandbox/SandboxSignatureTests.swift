import Primitives
import Testing

@testable import Payments

/// Webhooks that are the sandbox's, and others.
@Suite struct SandboxSignatureTests {
    private static let now = Timestamp(seconds: 1_800_000_000)
    private static let body = Array(#"{"id":"evt_1","type":"payment.captured","data":{}}"#.utf8)
    private static let ours = SandboxSignature(SecretKey("ours"))
    private static let theirs = SandboxSignature(SecretKey("theirs"))

    private static func sign(_ signature: SandboxSignature = ours, after seconds: Int64 = 0) -> String {
        signature.value(for: body, at: now + .seconds(seconds))
    }

    private func holds(_ header: String?, over body: [UInt8] = body) -> Bool {
        (try? Self.ours.verify(header, over: body, at: Self.now)) != nil
    }

    @Test func `a signature is what Stripe's scheme makes of the body`() throws {
        let key = SecretKey("ours").derive("sandbox webhooks")
        let code = Hex.encode(Digest.hmac(Array("1800000000.".utf8) + Self.body, key: key))
        #expect(Self.sign() == "t=1800000000,v1=\(code)")
    }

    @Test func `good signatures hold, up to five minutes either way`() {
        for seconds: Int64 in [-300, -1, 0, 1, 300] { #expect(holds(Self.sign(after: seconds))) }
        #expect(holds(Self.sign().uppercasedCode))
        #expect(holds(Self.sign() + ",v0=abc"))
    }

    @Test func `of two signatures one has to hold`() {
        let codes = [Self.sign(), Self.sign(Self.theirs)].map { String($0.halves(at: ",").1 ?? "") }
        #expect(holds("t=1800000000,\(codes[0]),\(codes[1])"))
        #expect(holds("t=1800000000,\(codes[1]),\(codes[0])"))
        #expect(!holds("t=1800000000,\(codes[1]),\(codes[1])"))
    }

    @Test func `everything else is refused`() {
        let good = Self.sign()
        let code = String(good.halves(at: ",").1 ?? "")
        let bad: [String?] = [
            nil, "", "v1", "t=,\(code)", "t=1800000000", "t=1800000000,v1=", "t=1800000000,v1=zz",
            "t=1800000001,\(code)", "t=+1800000000,\(code)", "t=01800000000,\(code)",
            "t=1800000000,v0\(code.dropFirst(2))",
            code, String(good.dropLast()), String(good.dropLast(2)), good + "00", Self.sign(Self.theirs),
            Self.sign(after: -301), Self.sign(after: 301), "t=99999999999999999999,\(code)",
        ]
        for header in bad { #expect(!holds(header), "\(header ?? "none")") }
    }

    @Test func `a body with any bit flipped is not the one that was signed`() {
        let header = Self.sign()
        for (index, bit) in Self.body.indices.flatMap({ index in (0..<8).map { (index, $0) } }) {
            var body = Self.body
            body[index] ^= 1 << UInt8(bit)
            #expect(!holds(header, over: body))
        }
        #expect(!holds(header, over: Self.body + [0x20]))
        #expect(!holds(header, over: []))
    }
}

extension String {
    /// The header with the digits of its code in capitals.
    fileprivate var uppercasedCode: String {
        let (time, code) = halves(at: ",")
        return time + ",v1=" + (code?.after("v1=") ?? "").uppercased()
    }
}
