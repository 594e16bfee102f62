import Primitives

/// Addresses that share their first bits, such as `10.0.0.0/8`.
public struct PeerNetwork: Sendable, Hashable {
    private let block: PeerAddress.Block

    /// Reads `10.0.0.0/8`, `fd00::/8`, or one address; nil for anything else.
    public init?(_ text: String) {
        let (first, length) = text.halves(at: "/")
        guard let address = PeerAddress(String(first)) else { return nil }
        let width = address.bytes.count * 8
        guard let bits = length.map({ Int($0) }) ?? width, (0...width).contains(bits) else { return nil }
        block = PeerAddress.Block(address.bytes, bits: bits)
    }

    /// Returns whether an address is one of these; an IPv4 address is the same as when it is mapped into IPv6.
    public func contains(_ other: PeerAddress) -> Bool {
        let bytes = block.prefix.count == 4 ? other.unmapped : other.bytes
        return bytes.count == block.prefix.count && block.contains(bytes)
    }
}
