import NIOCore
import Primitives

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An IPv4 or IPv6 address as one number of 128 bits, IPv4 mapped into IPv6.
struct IPAddress: Sendable, Hashable {
    let high: UInt64
    let low: UInt64

    /// The longest text of an address: `INET6_ADDRSTRLEN` without its end.
    private static let maxText = 45

    /// Reads `text`; nil where it is no address, or has a port, a zone, or anything else beside one.
    init?(_ text: some StringProtocol) {
        guard text.utf8.count <= Self.maxText, text.utf8.allSatisfy(Self.isOfAddress) else { return nil }
        let text = String(text)
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            self.init(four)
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            self.init(six)
        } else {
            return nil
        }
    }

    /// The address of a connection's other end; nil for what is no internet address.
    init?(_ socket: SocketAddress?) {
        let address = socket?.withSockAddr { general, _ -> IPAddress? in
            let bytes = UnsafeRawPointer(general)
            return switch Int32(general.pointee.sa_family) {
            case AF_INET: IPAddress(bytes.loadUnaligned(as: sockaddr_in.self).sin_addr)
            case AF_INET6: IPAddress(bytes.loadUnaligned(as: sockaddr_in6.self).sin6_addr)
            default: nil
            }
        }
        guard let address = address ?? nil else { return nil }
        self = address
    }

    private init(_ four: in_addr) {
        high = 0
        low = 0xFFFF_0000_0000 | UInt64(UInt32(bigEndian: four.s_addr))
    }

    private init(_ six: in6_addr) {
        (high, low) = withUnsafeBytes(of: six) { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }

    /// Whether this is an IPv4 address, mapped or not.
    var isFour: Bool { high == 0 && low >> 32 == 0xFFFF }

    /// The address as RFC 5952 writes it, mapped ones as IPv4.
    var text: String {
        if isFour { return (0..<4).map { String(low >> (24 - 8 * $0) & 0xFF) }.joined(separator: ".") }
        var six = in6_addr()
        withUnsafeMutableBytes(of: &six) { bytes in
            bytes.storeBytes(of: high.bigEndian, as: UInt64.self)
            bytes.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
        var text = [CChar](repeating: 0, count: Self.maxText + 1)
        guard inet_ntop(AF_INET6, &six, &text, socklen_t(text.count)) != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Returns whether a byte is a hexadecimal digit, a dot or a colon; the system's reader takes more.
    private static func isOfAddress(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "."), UInt8(ascii: ":"):
            true
        default: false
        }
    }
}

/// The key that rate limits count by: an IPv4 address, or the first 64 bits of an IPv6 address, since one customer is
/// usually given at least that many (RFC 6177).
public struct NetworkKey: Sendable, Hashable {
    /// The address's bytes in hexadecimal; a text that is no address stands for itself.
    public let text: String

    /// Creates the key of an address in text form.
    public init(address: String) {
        text = IPAddress(address).map(Self.digits) ?? address
    }

    init(_ address: IPAddress) {
        text = Self.digits(address)
    }

    private static func digits(_ address: IPAddress) -> String {
        let (value, bytes) = address.isFour ? (address.low & 0xFFFF_FFFF, 4) : (address.high, 8)
        return Hex.encode((0..<bytes).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * (bytes - 1 - $0))) })
    }
}
