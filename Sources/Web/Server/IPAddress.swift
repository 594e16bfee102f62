import Primitives

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An IPv4 or IPv6 address as 16 bytes, IPv4 mapped into IPv6.
struct IPAddress: Sendable, Hashable {
    let bytes: [UInt8]

    init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            self.bytes = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] + withUnsafeBytes(of: four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            self.bytes = withUnsafeBytes(of: six) { Array($0) }
        } else {
            return nil
        }
    }
}

/// What limits by address count by: an IPv4 address, or the first 64 bits of an IPv6 address, of which anybody has as many
/// as they like (RFC 6177).
public struct NetworkKey: Sendable, Hashable {
    /// In hexadecimal; a text that is no address is its own.
    public let text: String

    public init(address: String) {
        guard let bytes = IPAddress(address)?.bytes else {
            text = address
            return
        }
        let isFour = bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
        text = Hex.encode(isFour ? bytes.suffix(4) : bytes.prefix(8))
    }
}

/// Addresses that share their first bits.
struct IPNetwork: Sendable, Hashable {
    private let address: IPAddress
    private let prefix: Int

    /// `10.0.0.0/8`, `fd00::/8`, or one address; nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first, let address = IPAddress(first) else { return nil }
        let width = first.contains(":") ? 128 : 32
        guard let length = parts.count == 2 ? Int(parts[1]) : width, (0...width).contains(length) else { return nil }
        self.address = address
        self.prefix = length + 128 - width
    }

    /// The networks that a setting names.
    ///
    /// - Throws: `SettingsError` for what is neither an address nor a network.
    static func list(_ texts: [String], of key: String) throws(SettingsError) -> [IPNetwork] {
        var networks: [IPNetwork] = []
        for text in texts {
            guard let network = IPNetwork(text) else { throw SettingsError(key: key, value: text) }
            networks.append(network)
        }
        return networks
    }

    func contains(_ other: IPAddress) -> Bool {
        let whole = prefix / 8
        guard address.bytes[..<whole] == other.bytes[..<whole] else { return false }
        guard prefix % 8 > 0 else { return true }
        let shift = UInt8(8 - prefix % 8)
        return address.bytes[whole] >> shift == other.bytes[whole] >> shift
    }
}
