import SQL

/// Where an order, or a part of it, stands.
public enum OrderStatus: String, Sendable, Codable, CaseIterable, SQLConvertible {
    case pending
    case processing
    case shipped
    case delivered
    case cancelled

    /// What may follow on what.
    public static let transitions: [OrderStatus: Set<OrderStatus>] = [
        .pending: [.processing, .cancelled],
        .processing: [.shipped, .cancelled],
        .shipped: [.delivered],
        .delivered: [],
        .cancelled: [],
    ]

    public func mayBecome(_ next: OrderStatus) -> Bool { Self.transitions[self]?.contains(next) == true }

    /// The statuses from which this one can be reached in one step.
    var predecessors: Set<OrderStatus> { Set(Self.allCases.filter { $0.mayBecome(self) }) }

    /// The status of an order of these parts: that of the least advanced live one; cancelled where none lives.
    public static func derived(from parts: some Sequence<OrderStatus>) -> OrderStatus {
        let live = Set(parts).subtracting([.cancelled])
        return allCases.first { live.contains($0) } ?? .cancelled
    }

    /// What an order of these parts may become: what one of its parts can take, and no cancelling once a part has
    /// shipped.
    public static func allowed(from parts: some Sequence<OrderStatus>) -> Set<OrderStatus> {
        let parts = Set(parts)
        let next = parts.reduce(into: Set<OrderStatus>()) { $0.formUnion(transitions[$1] ?? []) }
        return parts.isDisjoint(with: [.shipped, .delivered]) ? next : next.subtracting([.cancelled])
    }
}

/// How much of an order has been paid.
public enum PaymentStatus: String, Sendable, Codable, CaseIterable, SQLConvertible {
    case pending
    case authorized
    case paid
    case partiallyRefunded = "partially_refunded"
    case refunded
    case failed

    /// Whether money may still come that makes this order live.
    public var isUnpaid: Bool { self == .pending || self == .failed }

    /// Whether the money came, wherever it went afterwards.
    var isSettled: Bool { self == .paid || self == .partiallyRefunded || self == .refunded }
}

/// How the customer means to pay.
public enum PaymentMethod: String, Sendable, Codable, CaseIterable, SQLConvertible {
    case card
    case paypal
    case razorpay
    case upi
    case wallet
    case netbanking
    case bankTransfer = "bank_transfer"
    case cashOnDelivery = "cod"
    case sandbox
}
