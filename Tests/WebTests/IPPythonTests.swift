import Primitives
import TestSupport
import Testing

@testable import Web

/// Addresses and networks, against Python's `ipaddress`.
@Suite struct IPPythonTests {
    private static func texts(_ count: Int, seed: UInt64) -> [String] {
        let random = RandomSource.seeded(seed)
        func group() -> String {
            let number = [0, 1, 10, 127, 192, 255, 256, 0xFFFF, 0xDB8][random.number(below: 9)]
            return random.number(below: 2) == 0 ? String(number) : String(number, radix: 16)
        }
        return (0..<count).map { _ in
            let mark = random.number(below: 2) == 0 ? "." : ":"
            let groups =
                mark == "."
                ? [4, 4, 4, 4, 3, 5][random.number(below: 6)] : [8, 8, 7, 9, 3, 1][random.number(below: 6)]
            var parts = (0..<groups).map { _ in group() }
            if mark == ":", random.number(below: 2) == 0 { parts.insert("", at: random.number(below: parts.count + 1)) }
            var text = parts.joined(separator: mark)
            switch random.number(below: 12) {
            case 0: text = "::" + text
            case 1: text += "::"
            case 2: text = "::ffff:" + text
            case 3: text += "%eth0"
            case 4: text = " " + text
            case 5: text += "/24"
            default: break
            }
            return text
        }
    }

    /// A zone (`%eth0`) belongs to a machine and is none of an address that came over the network.
    private static let reader = """
        import ipaddress

        def answer(case):
            if "%" in case: return None
            try: address = ipaddress.ip_address(case)
            except ValueError: return None
            mapped = getattr(address, "ipv4_mapped", None)
            return str(mapped or address)
        """

    @Test func `an address is taken where another reader takes it, and written the same`() async throws {
        let texts = Self.texts(6_000, seed: 111)
        let others = try await TestPython.answers(Self.reader, to: texts, as: String?.self)
        for (text, other) in zip(texts, others) {
            let ours = IPAddress(text)?.text
            // The C library writes the last 32 bits of `::1.2.3.4` with dots, as RFC 4291 has it.
            if let ours, ours.contains("."), ours.contains(":"), let other {
                #expect(IPAddress(ours) == IPAddress(other), "\(text)")
            } else {
                #expect(ours == other, "\(text)")
            }
        }
        #expect(others.count { $0 != nil } > 100 && others.count { $0 == nil } > 100)
    }

    @Test func `a network holds what another reader says it holds`() async throws {
        struct Case: Encodable {
            let network: String
            let address: String
        }
        let script = """
            import ipaddress

            def answer(case):
                network = ipaddress.ip_network(case["network"], strict=False)
                return ipaddress.ip_address(case["address"]) in network
            """
        let random = RandomSource.seeded(112)
        let cases = (0..<6_000).map { number in
            let bytes = random.bytes(number % 2 == 0 ? 4 : 16)
            let bits = random.number(below: bytes.count * 8 + 1)
            var other = bytes
            // Mostly addresses that differ in one bit near the network's end.
            let bit = min(max(bits + random.number(below: 5) - 2, 0), bytes.count * 8 - 1)
            other[bit / 8] ^= UInt8(0x80 >> (bit % 8))
            return Case(network: Self.text(bytes) + "/\(bits)", address: Self.text(other))
        }
        for (sample, other) in zip(cases, try await TestPython.answers(script, to: cases, as: Bool.self)) {
            let network = try #require(IPNetwork(sample.network), "\(sample)")
            #expect(network.contains(try #require(IPAddress(sample.address))) == other, "\(sample)")
        }
    }

    @Test(arguments: [
        ("192.0.2.7", "c0000207"), ("::ffff:192.0.2.7", "c0000207"), ("2001:db8:1:2:3:4:5:6", "20010db800010002"),
        ("2001:db8:1:2::9", "20010db800010002"), ("unknown", "unknown"), ("", ""),
    ])
    func `limits count an address of IPv4 whole and one of IPv6 by its first half`(_ address: String, _ key: String) {
        #expect(NetworkKey(address: address).text == key)
    }

    private static func text(_ bytes: [UInt8]) -> String {
        if bytes.count == 4 { return bytes.map { String($0) }.joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2)
            .map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }.joined(separator: ":")
    }
}
