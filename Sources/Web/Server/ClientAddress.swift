/// Where a request comes from, as far as that can be told.
enum ClientAddress: Sendable, Hashable {
    case known(IPAddress)
    /// A proxy of ours wrote down what is no address: no list that allows has it, each that denies does.
    case unknown

    init(_ address: IPAddress?) {
        self = address.map { .known($0) } ?? .unknown
    }

    /// As the login history and the audit keep it.
    var text: String {
        switch self {
        case .known(let address): address.text
        case .unknown: "unknown"
        }
    }

    /// What limits count by: callers that are unknown count together, and apart from the proxy that sent them.
    var networkKey: String {
        switch self {
        case .known(let address): NetworkKey(address).text
        case .unknown: text
        }
    }

    /// Whether one of `networks` has it.
    func isIn(_ networks: [IPNetwork]) -> Bool {
        guard case .known(let address) = self else { return false }
        return networks.contains { $0.contains(address) }
    }
}
