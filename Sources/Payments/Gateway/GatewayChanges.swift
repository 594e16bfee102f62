/// What happens to a payment after it was paid, which gateways list by the time at which it was made.
public enum GatewayChangeKind: String, Sendable, CaseIterable {
    case refunds
    case disputes
}

/// A page of the refunds or disputes that a gateway has.
public struct GatewayChangePage: Sendable {
    /// What the page tells, in the words of webhooks.
    public let notices: [GatewayNotice]
    /// The cursor of the next page; nil on the last.
    public let next: String?

    /// A page; the last unless `next` is given.
    public init(_ notices: [GatewayNotice], next: String? = nil) {
        self.notices = notices
        self.next = next
    }
}
