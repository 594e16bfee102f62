/// The address of a request's client, as far as it is known.
enum ClientAddress: Sendable, Hashable {
    case known(IPAddress)
    /// A trusted proxy sent what is no address: no list of allowed ones contains it, each list of denied ones does.
    case unknown

    init(_ address: IPAddress?) {
        self = address.map { .known($0) } ?? .unknown
    }

    /// The address as the login history and the audit store it.
    var text: String {
        switch self {
        case .known(let address): address.text
        case .unknown: "unknown"
        }
    }

    /// The key of rate limits: unknown callers count together, and apart from the proxy that sent them.
    var networkKey: String {
        switch self {
        case .known(let address): NetworkKey(address).text
        case .unknown: text
        }
    }

    /// Returns whether one of `networks` has it.
    func isIn(_ networks: [IPNetwork]) -> Bool {
        guard case .known(let address) = self else { return false }
        return networks.contains { $0.contains(address) }
    }
}
