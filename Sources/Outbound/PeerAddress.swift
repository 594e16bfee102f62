import CCurl
import Glibc

/// An IPv4 or IPv6 address that knows whether the public internet routes it (IANA's special-purpose registries, RFC
/// 6890).
public struct PeerAddress: Sendable, Hashable {
    /// 4 or 16 bytes in network order.
    let bytes: [UInt8]

    /// Reads `192.0.2.1` or `2001:db8::1`; nil for anything else.
    public init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            self.bytes = withUnsafeBytes(of: &four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            self.bytes = withUnsafeBytes(of: &six) { Array($0) }
        } else {
            return nil
        }
    }

    /// Reads an address in any spelling that the system's resolver takes for one without asking anybody: `127.1`,
    /// `0x7f000001`, `2130706433`; nil for a name.
    public init?(anySpelling text: String) {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST
        var found: UnsafeMutablePointer<addrinfo>?
        guard !text.utf8.contains(0), getaddrinfo(text, nil, &hints, &found) == 0, let found else { return nil }
        defer { freeaddrinfo(found) }
        guard let raw = found.pointee.ai_addr.map({ UnsafeRawPointer($0) }) else { return nil }
        self.init(raw, family: found.pointee.ai_family)
    }

    private init?(_ raw: UnsafeRawPointer, family: Int32) {
        switch family {
        case AF_INET:
            self.bytes = withUnsafeBytes(of: raw.loadUnaligned(as: sockaddr_in.self).sin_addr) { Array($0) }
        case AF_INET6:
            self.bytes = withUnsafeBytes(of: raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr) { Array($0) }
        default: return nil
        }
    }

    /// Creates the address to which libcurl is about to connect; nil for another family.
    init?(_ address: UnsafeMutablePointer<curl_sockaddr>) {
        guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return nil }
        self.init(UnsafeRawPointer(address) + offset, family: address.pointee.family)
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// False for loopback, private, link-local, shared, documentation, benchmark, multicast and reserved addresses.
    public var isPublic: Bool {
        if bytes.count == 4 { return !Self.special4.contains { $0.contains(bytes) } }
        if let inner = embeddedIPv4 { return PeerAddress(bytes: inner).isPublic }
        return bytes[0] & 0xE0 == 0x20 && !Self.special6.contains { $0.contains(bytes) }
    }

    /// The bytes, four for an IPv4 address that is mapped into IPv6.
    var unmapped: [UInt8] { Self.mapped.contains(bytes) ? Array(bytes[12...]) : bytes }

    private static let mapped = Block([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], bits: 96)

    /// The IPv4 address inside a mapped (`::ffff:0:0/96`), translated (`64:ff9b::/96`) or 6to4 (`2002::/16`) address.
    private var embeddedIPv4: [UInt8]? {
        if Self.mapped.contains(bytes) { return Array(bytes[12...]) }
        if Block([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0], bits: 96).contains(bytes) {
            return Array(bytes[12...])
        }
        if Block([0x20, 0x02], bits: 16).contains(bytes) { return Array(bytes[2..<6]) }
        return nil
    }

    /// Bytes of which the first bits count.
    struct Block: Sendable, Hashable {
        let prefix: [UInt8]
        let bits: Int

        init(_ prefix: [UInt8], bits: Int) {
            self.prefix = prefix
            self.bits = bits
        }

        func contains(_ address: [UInt8]) -> Bool {
            (0..<bits).allSatisfy { bit in
                let mask = UInt8(0x80) >> UInt8(bit % 8)
                return address[bit / 8] & mask == prefix[bit / 8] & mask
            }
        }
    }

    private static let special4 = [
        Block([0], bits: 8), Block([10], bits: 8), Block([100, 64], bits: 10), Block([127], bits: 8),
        Block([169, 254], bits: 16), Block([172, 16], bits: 12), Block([192, 0, 0], bits: 24),
        Block([192, 0, 2], bits: 24), Block([192, 88, 99], bits: 24), Block([192, 168], bits: 16),
        Block([198, 18], bits: 15), Block([198, 51, 100], bits: 24), Block([203, 0, 113], bits: 24),
        Block([0xE0], bits: 3),
    ]

    /// Within `2000::/3`: protocol assignments (Teredo among them) and documentation.
    private static let special6 = [
        Block([0x20, 0x01, 0x00], bits: 23), Block([0x20, 0x01, 0x0D, 0xB8], bits: 32),
        Block([0x3F, 0xFF, 0x00], bits: 20),
    ]
}
