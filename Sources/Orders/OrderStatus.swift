import Commerce
import SQL

/// The progress of an order, or of a line of it.
public enum OrderStatus: String, WireEnum {
    case pending
    case processing
    case shipped
    case delivered
    case cancelled

    /// The statuses that may follow on each; `delivered` and `cancelled` are final.
    public static let transitions: [OrderStatus: Set<OrderStatus>] = [
        .pending: [.processing, .cancelled],
        .processing: [.shipped, .cancelled],
        .shipped: [.delivered],
        .delivered: [],
        .cancelled: [],
    ]

    /// Returns whether ``transitions`` lead from this status to `next` in one step.
    public func mayBecome(_ next: OrderStatus) -> Bool { Self.transitions[self]?.contains(next) == true }

    /// The statuses from which this one can be reached in one step.
    var predecessors: Set<OrderStatus> { Set(Self.allCases.filter { $0.mayBecome(self) }) }

    /// Returns the status of an order whose lines have these: that of the least advanced live one; `cancelled` where
    /// none is live.
    public static func derived(from parts: some Sequence<OrderStatus>) -> OrderStatus {
        let live = Set(parts).subtracting([.cancelled])
        return allCases.first { live.contains($0) } ?? .cancelled
    }

    /// Returns the statuses that an order with lines of these may take next: those that any line can take, but not
    /// `cancelled` once a line has shipped.
    public static func allowed(from parts: some Sequence<OrderStatus>) -> Set<OrderStatus> {
        let parts = Set(parts)
        let next = parts.reduce(into: Set<OrderStatus>()) { $0.formUnion(transitions[$1] ?? []) }
        return parts.isDisjoint(with: [.shipped, .delivered]) ? next : next.subtracting([.cancelled])
    }
}

/// The progress of an order's payment.
public enum PaymentStatus: String, WireEnum {
    case pending
    case authorized
    case paid
    case partiallyRefunded = "partially_refunded"
    case refunded
    case failed

    /// Whether money may still come for the order: pending, or failed at the last attempt.
    public var isUnpaid: Bool { self == .pending || self == .failed }

    /// Whether the money came, even where it was refunded afterwards.
    public var isSettled: Bool { self == .paid || self == .partiallyRefunded || self == .refunded }
}

/// The way in which the customer means to pay.
public enum PaymentMethod: String, WireEnum {
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
