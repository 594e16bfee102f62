import Crypto
import Primitives

/// Time-based one-time passwords (RFC 6238) as every authenticator app makes them: HMAC-SHA1, 30 seconds, six digits.
struct TOTP: Sendable {
    /// Seconds.
    static let period: Int64 = 30
    static let digits = 6
    /// RFC 4226 recommends 160 bits.
    static let secretLength = 20

    let secret: [UInt8]

    /// Returns the number of the period that `moment` lies in.
    static func step(at moment: Timestamp) -> Int64 { moment.seconds / period }

    /// Returns the code of one period.
    func code(_ step: Int64, digits: Int = TOTP.digits) -> String {
        let counter = withUnsafeBytes(of: UInt64(bitPattern: step).bigEndian, Array.init)
        let mac = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(mac[mac.count - 1] & 0x0F)
        let number = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let modulus = (0..<digits).reduce(UInt32(1)) { product, _ in product * 10 }
        let text = String(number % modulus)
        return String(repeating: "0", count: digits - text.utf8.count) + text
    }

    /// Returns the period whose code this is: the present one or one of its neighbors, for clocks that are a little
    /// off. Nil for a wrong code and for periods up to `last`, whose codes have been taken.
    func step(of code: String, at moment: Timestamp, after last: Int64) -> Int64? {
        let now = Self.step(at: moment)
        let given = Array(code.utf8)
        return [now, now - 1, now + 1].first { $0 > last && Digest.equal(Array(self.code($0).utf8), given) }
    }

    /// Returns the `otpauth:` URL that an authenticator app scans
    /// (https://github.com/google/google-authenticator/wiki/Key-Uri-Format).
    func url(issuer: String, account: String) -> String {
        let (issuer, account) = (PercentText.encoded(issuer), PercentText.encoded(account))
        return "otpauth://totp/\(issuer):\(account)?secret=\(Base32.encode(secret))&issuer=\(issuer)"
            + "&algorithm=SHA1&digits=\(Self.digits)&period=\(Self.period)"
    }
}

/// Text inside a URL.
enum PercentText {
    /// Returns `text` with everything but the unreserved characters of RFC 3986 as `%XX`.
    static func encoded(_ text: String) -> String {
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.append(byte)
            default: encoded += Array(("%" + Hex.encode([byte]).uppercased()).utf8)
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
