import Commerce
import Primitives

/// Reasons for which an order or a return refuses a change.
public enum OrderError: BusinessError, Equatable {
    /// It cannot become `wanted`; with what it can become.
    case invalidTransition(from: OrderStatus, to: OrderStatus, allowed: Set<OrderStatus>)

    /// A return is not where it would have to be.
    case invalidReturn(from: ReturnStatus, to: ReturnStatus)
    /// It is too late to send anything back.
    case returnWindowClosed
    /// More documents are asked for than can be drawn at once.
    case tooManyDocuments
    /// Shipping was counted into another return's refund.
    case shippingRefunded
    /// The money for it has come before.
    case alreadyPaid

    /// The kind of error, which decides the HTTP status.
    public var kind: ErrorKind { if case .tooManyDocuments = self { .unavailable } else { .conflict } }

    /// The `code` of the error response: stable, in snake_case.
    public var code: String {
        switch self {
        case .invalidTransition, .invalidReturn: "invalid_transition"
        case .returnWindowClosed: "return_window_closed"
        case .shippingRefunded: "shipping_already_refunded"
        case .alreadyPaid: "already_paid"
        case .tooManyDocuments: "too_busy"
        }
    }

    /// The `detail` of the error response: a sentence in English.
    public var message: String {
        switch self {
        case .invalidTransition(let from, let to, let allowed):
            "The order is \(from.rawValue) and cannot become \(to.rawValue). Allowed: \(Self.text(allowed))."
        case .invalidReturn(let from, let to): "The return is \(from.rawValue) and cannot become \(to.rawValue)."
        case .returnWindowClosed: "The time in which this order could be sent back is over."
        case .tooManyDocuments: "The shop is busy; try again in a moment."
        case .shippingRefunded: "The shipping of this order has been refunded with another return."
        case .alreadyPaid: "The order has been paid already."
        }
    }

    /// The further members of the error response, beside `detail` and `code`.
    public var details: [String: JSONValue] {
        switch self {
        case .invalidTransition(let from, _, let allowed):
            [
                "status": .string(from.rawValue),
                "allowed": .array(Self.sorted(allowed).map { .string($0.rawValue) }),
            ]
        case .invalidReturn(let from, _): ["status": .string(from.rawValue)]
        case .returnWindowClosed, .shippingRefunded, .tooManyDocuments, .alreadyPaid: [:]
        }
    }

    private static func sorted(_ allowed: Set<OrderStatus>) -> [OrderStatus] {
        OrderStatus.allCases.filter(allowed.contains)
    }

    private static func text(_ allowed: Set<OrderStatus>) -> String {
        allowed.isEmpty ? "nothing" : sorted(allowed).map(\.rawValue).joined(separator: ", ")
    }
}
