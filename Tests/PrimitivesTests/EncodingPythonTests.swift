import Primitives
import TestSupport
import Testing

/// Alphabets, digests and text of protocols, against Python's.
@Suite struct EncodingPythonTests {
    private static func samples(_ count: Int, seed: UInt64, upTo length: Int = 70) -> [[UInt8]] {
        let random = RandomSource.seeded(seed)
        return [[]] + (0..<count).map { _ in random.bytes(random.number(below: length + 1)) }
    }

    private struct Forms: Decodable, Sendable {
        let hex: String
        let base64: String
        let url: String
        let base32: String
        let sha256: String
    }

    @Test func `bytes are written in every alphabet as another writer does, and come back`() async throws {
        let script = """
            import base64, hashlib

            def answer(case):
                data = bytes(case)
                return {
                    "hex": data.hex(), "base64": base64.b64encode(data).decode(),
                    "url": base64.urlsafe_b64encode(data).decode().rstrip("="),
                    "base32": base64.b32encode(data).decode().rstrip("="), "sha256": hashlib.sha256(data).hexdigest(),
                }
            """
        let samples = Self.samples(1_500, seed: 71)
        for (bytes, forms) in zip(samples, try await TestPython.answers(script, to: samples, as: Forms.self)) {
            #expect(Hex.encode(bytes) == forms.hex && Hex.decode(forms.hex.uppercased()) == bytes)
            #expect(Base64.encode(bytes) == forms.base64 && Base64.decode(forms.base64) == bytes)
            #expect(Base64URL.encode(bytes) == forms.url && Base64URL.decode(forms.url) == bytes)
            #expect(Base32.encode(bytes) == forms.base32 && Base32.decode(forms.base32.lowercased()) == bytes)
            #expect(Hex.encode(Digest.sha256(bytes)) == forms.sha256)
        }
    }

    @Test func `texts that are of no whole bytes, or of other characters, are refused by both`() async throws {
        struct Answer: Decodable, Sendable {
            let base64: String?
            let base32: String?
            let hex: String?
        }
        let script = """
            import base64, binascii, string

            def tried(decode, text):
                try: return decode(text).hex()
                except (binascii.Error, ValueError): return None

            def answer(case):
                def hexadecimal(text):
                    if not set(text) <= set(string.hexdigits): raise ValueError(text)
                    return bytes.fromhex(text)
                return {
                    "base64": tried(lambda text: base64.b64decode(text + "=" * (-len(text) % 4), validate=True), case),
                    "base32": tried(lambda text: base64.b32decode(text + "=" * (-len(text) % 8), casefold=True), case),
                    "hex": tried(hexadecimal, case),
                }
            """
        let random = RandomSource.seeded(72)
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef234567890189+/-_ !é".unicodeScalars)
        let texts = (0..<4_000).map { number in
            // Half of them keep to the characters that all alphabets have.
            let most = number % 2 == 0 ? alphabet.count : 6
            return String(
                String.UnicodeScalarView(
                    (0..<random.number(below: 18)).map { _ in alphabet[random.number(below: most)] }))
        }
        for (text, answer) in zip(texts, try await TestPython.answers(script, to: texts, as: Answer.self)) {
            #expect(Base64.decode(text).map(Hex.encode) == answer.base64, "Base64 of \(text)")
            #expect(Base32.decode(text).map(Hex.encode) == answer.base32, "Base32 of \(text)")
            #expect(Hex.decode(text).map(Hex.encode) == answer.hex, "hexadecimal of \(text)")
        }
    }

    @Test func `no letter outside of ASCII passes for one of an alphabet`() {
        for code in UInt32(0x80)...0x1_FFFF {
            guard let scalar = Unicode.Scalar(code) else { continue }
            let text = String(scalar)
            #expect(
                Base32.decode(text + "AAAAAAA") == nil && Base32.decode(text) == nil, "U+\(String(code, radix: 16))")
            #expect(Hex.decode(text) == nil && Hex.decode(text + "a") == nil, "U+\(String(code, radix: 16))")
            #expect(Base64.decode(text + "AAA") == nil, "U+\(String(code, radix: 16))")
        }
    }

    @Test func `keyed digests are those of another library, whatever the key's length`() async throws {
        struct Case: Encodable {
            let bytes: [UInt8]
            let key: [UInt8]
        }
        let script = """
            import hashlib, hmac

            def answer(case):
                return hmac.new(bytes(case["key"]), bytes(case["bytes"]), hashlib.sha256).hexdigest()
            """
        let cases = zip(Self.samples(600, seed: 73, upTo: 300), Self.samples(600, seed: 74, upTo: 150)).map(Case.init)
        for (sample, digest) in zip(cases, try await TestPython.answers(script, to: cases, as: String.self)) {
            #expect(Hex.encode(Digest.hmac(sample.bytes, key: sample.key)) == digest)
        }
    }

    @Test func `two digests are equal where every byte is`() {
        let digest = Digest.sha256("a".utf8)
        #expect(Digest.equal(digest, Digest.sha256("a".utf8)) && Digest.equal([], []))
        for index in digest.indices {
            var other = digest
            other[index] ^= 1
            #expect(!Digest.equal(digest, other))
        }
        #expect(!Digest.equal(digest, Array(digest.dropLast())) && !Digest.equal([], digest))
    }

    private struct TextForms: Decodable, Sendable {
        let composed: String
        let unescaped: String
        let trimmed: String
        let words: [String]
        let cut: [String]
    }

    /// Python counts four control characters (U+001C to U+001F) as white space, which Unicode does not; they
    /// are not drawn.
    @Test(arguments: 81...84)
    func `text is composed, escaped, trimmed and cut as another library does it`(_ seed: Int) async throws {
        struct Case: Encodable {
            let text: String
            let escaped: String
        }
        let script = """
            import html, unicodedata

            def answer(case):
                text = case["text"]
                return {
                    "composed": unicodedata.normalize("NFC", text), "unescaped": html.unescape(case["escaped"]),
                    "trimmed": text.strip(), "words": text.split(), "cut": text.split(","),
                }
            """
        let texts = try await Self.assigned(ProtocolTextTests.texts(2_000, seed: UInt64(seed)))
        let cases = texts.map { Case(text: $0, escaped: $0.escapedForHTML) }
        for (text, forms) in zip(texts, try await TestPython.answers(script, to: cases, as: TextForms.self)) {
            let scalars = Array(text.unicodeScalars)
            #expect(Self.same(text.composed, forms.composed), "\(scalars)")
            #expect(Self.same(text, forms.unescaped), "\(scalars)")
            #expect(Self.same(text.trimmed, forms.trimmed), "\(scalars)")
            #expect(text.words.map { Array($0.utf8) } == forms.words.map { Array($0.utf8) }, "\(scalars)")
            #expect(text.cut(at: ",").map { Array($0.utf8) } == forms.cut.map { Array($0.utf8) }, "\(scalars)")
        }
    }

    /// Returns those texts whose scalars Python's older tables know, without what it holds to be white space alone.
    private static func assigned(_ texts: [String]) async throws -> [String] {
        let script = """
            import unicodedata

            def answer(case):
                known = all(unicodedata.category(mark) not in ("Cn", "Co") for mark in case)
                return known and not any("\\x1c" <= mark <= "\\x1f" for mark in case)
            """
        let known = try await TestPython.answers(script, to: texts, as: Bool.self)
        let kept = zip(texts, known).filter(\.1).map(\.0)
        try #require(kept.count > texts.count / 5)
        return kept
    }

    private static func same(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }
}
