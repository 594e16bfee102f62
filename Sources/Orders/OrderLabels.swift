import Commerce

/// What other rooms call the things that an order names, for who looks at it.
public struct OrderLabels: Sendable {
    /// URLs of small pictures of what was ordered.
    public var images: [SellableID: String] = [:]
    /// Vendors' names.
    public var vendors: [VendorID: String] = [:]
    /// The e-mail addresses of who has changed it.
    public var people: [UserID: String] = [:]

    /// Knows of nothing.
    public init() {}
}

extension Order {
    /// The vendors of its lines, each once.
    public var vendors: [VendorID] { Set(items.compactMap(\.vendor)).sorted() }

    /// The staff and vendors who have changed it, each once.
    public var authors: [UserID] {
        Set(events.filter { $0.actor.kind != .customer }.compactMap(\.actor.user)).sorted()
    }
}
