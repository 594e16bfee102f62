import Primitives
import Testing

@Suite struct EncodingTests {
    /// RFC 4648, section 10, without the padding.
    static let vectors = [
        ("", "", ""), ("f", "Zg", "MY"), ("fo", "Zm8", "MZXQ"), ("foo", "Zm9v", "MZXW6"), ("foob", "Zm9vYg", "MZXW6YQ"),
        ("fooba", "Zm9vYmE", "MZXW6YTB"), ("foobar", "Zm9vYmFy", "MZXW6YTBOI"),
    ]

    @Test(arguments: vectors)
    func `the vectors of RFC 4648 hold in both directions`(plain: String, base64: String, base32: String) {
        #expect(Base64URL.encode(plain.utf8) == base64)
        #expect(Base64URL.decode(base64) == Array(plain.utf8))
        #expect(Base32.encode(plain.utf8) == base32)
        #expect(Base32.decode(base32.lowercased()) == Array(plain.utf8))
    }

    @Test func `the alphabet is the one for URLs`() {
        #expect(Base64URL.encode([0xFB, 0xFF]) == "-_8")
        #expect(Base64URL.decode("+/8") == nil)
    }

    @Test func `hexadecimal is whole bytes`() {
        #expect(Hex.encode([0, 0xAB, 0xFF]) == "00abff")
        #expect(Hex.decode("00ABff") == [0, 0xAB, 0xFF])
        #expect(Hex.decode("0") == nil)
        #expect(Hex.decode("zz") == nil)
    }

    @Test func `a digest is SHA-256 and its keyed form RFC 4231`() {
        #expect(Digest.hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        let mac = Digest.hmac("Hi There".utf8, key: Array(repeating: 0x0B, count: 20))
        #expect(Hex.encode(mac) == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
    }

    @Test func `a sealed secret opens only under its key and context`() throws {
        let box = SecretBox(SecretKey("one"), purpose: "totp")
        let sealed = try box.seal("JBSWY3DP", context: "user 1")
        #expect(try box.open(sealed, context: "user 1") == "JBSWY3DP")
        #expect(throws: SealedTextError.self) { try box.open(sealed, context: "user 2") }
        for other in [SecretBox(SecretKey("two"), purpose: "totp"), SecretBox(SecretKey("one"), purpose: "bank")] {
            #expect(throws: SealedTextError.self) { try other.open(sealed, context: "user 1") }
        }
        #expect(throws: SealedTextError.self) { try box.open(String(sealed.dropLast(2)), context: "user 1") }
        #expect(try box.seal("JBSWY3DP", context: "user 1") != sealed)
    }

    @Test func `sealed bytes open only whole, under their key and context`() throws {
        let box = SecretBox(SecretKey("one"), purpose: "kept-answers")
        for bytes in [[], [0], [UInt8](0...255)] as [[UInt8]] {
            let sealed = try box.seal(bytes, context: "row 1")
            #expect(try box.open(sealed, context: "row 1") == bytes)
            #expect(throws: SealedTextError.self) { try box.open(sealed, context: "row 2") }
            #expect(throws: SealedTextError.self) { try box.open(sealed.dropLast(), context: "row 1") }
            #expect(throws: SealedTextError.self) { try box.open(sealed.reversed(), context: "row 1") }
        }
        #expect(throws: SealedTextError.self) { try box.open([] as [UInt8], context: "row 1") }
    }

    @Test func `a secret's fingerprint tells it from others and is none of its derived keys`() {
        let (one, two) = (SecretKey("one"), SecretKey("two"))
        #expect(one.fingerprint == SecretKey("one").fingerprint && one.fingerprint != two.fingerprint)
        #expect(one.fingerprint.utf8.count == 32)
        #expect(!["two-factor", "jwt-signing-key"].contains { Hex.encode(one.derive($0)).hasPrefix(one.fingerprint) })
    }

    @Test func `a seeded source repeats itself and the system's does not`() {
        #expect(RandomSource.seeded(7).bytes(40) == RandomSource.seeded(7).bytes(40))
        #expect(RandomSource.seeded(7).bytes(40) != RandomSource.seeded(8).bytes(40))
        #expect(RandomSource.system.token() != RandomSource.system.token())
        #expect(RandomSource.system.token().utf8.count == 43)
    }
}
