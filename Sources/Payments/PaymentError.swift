import Commerce
import Primitives

/// What cannot be done with a payment, in business words.
public enum PaymentError: BusinessError, Equatable {
    /// The order has been paid.
    case alreadyPaid
    /// The order is canceled: nothing can be paid for it any more.
    case orderCancelled
    /// The payment is not in a state for this.
    case invalidState(PaymentState, wanted: String)
    /// The refund has been decided or is under way.
    case refundDecided(RefundStatus)
    /// The same payment is being begun by another request at this moment.
    case inProgress

    /// Always `.conflict`.
    public var kind: ErrorKind { .conflict }

    /// Stable codes.
    public var code: String {
        switch self {
        case .alreadyPaid: "already_paid"
        case .orderCancelled: "order_cancelled"
        case .invalidState: "invalid_state"
        case .refundDecided: "refund_decided"
        case .inProgress: "payment_in_progress"
        }
    }

    /// A sentence for the caller.
    public var message: String {
        switch self {
        case .alreadyPaid: "The order has been paid."
        case .orderCancelled: "The order is canceled."
        case .invalidState(let state, let wanted): "A payment that is \(state.rawValue) cannot be \(wanted)."
        case .refundDecided(let status): "The refund is \(status.rawValue)."
        case .inProgress: "This payment is being started. Please try again in a moment."
        }
    }

    /// The state, where that is the reason.
    public var details: [String: JSONValue] {
        switch self {
        case .invalidState(let state, _): ["status": .string(state.rawValue)]
        case .refundDecided(let status): ["status": .string(status.rawValue)]
        case .alreadyPaid, .orderCancelled, .inProgress: [:]
        }
    }

    /// A moment, where the same request will succeed then.
    public var retryAfter: TimeSpan? { self == .inProgress ? .seconds(1) : nil }
}
