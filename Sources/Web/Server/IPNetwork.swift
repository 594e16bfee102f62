import Primitives

/// Addresses that share their first bits.
struct IPNetwork: Sendable, Hashable {
    private let address: IPAddress
    private let prefix: Int

    /// Reads `10.0.0.0/8`, `fd00::/8`, or one address; nil for anything else.
    init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first.map({ Substring($0) }), let address = IPAddress(first) else { return nil }
        let width = first.utf8.contains(UInt8(ascii: ":")) ? 128 : 32
        guard let length = parts.count == 2 ? Int(Substring(parts[1])) : width, (0...width).contains(length) else {
            return nil
        }
        self.address = address
        self.prefix = length + 128 - width
    }

    /// Returns the networks that a setting names.
    ///
    /// - Throws: `SettingsError` for what is neither an address nor a network.
    static func list(_ texts: [String], of key: String) throws(SettingsError) -> [IPNetwork] {
        var networks: [IPNetwork] = []
        for text in texts {
            guard let network = IPNetwork(text) else { throw SettingsError(key, "\"\(text)\" cannot be used") }
            networks.append(network)
        }
        return networks
    }

    func contains(_ other: IPAddress) -> Bool {
        // A shift by all 64 bits leaves nothing to differ.
        (address.high ^ other.high) >> (64 - min(prefix, 64)) == 0
            && (address.low ^ other.low) >> (64 - max(prefix - 64, 0)) == 0
    }
}
