import Commerce
import Primitives

/// Why an order does not change.
public enum OrderError: BusinessError, Equatable {
    /// It cannot become `wanted`; with what it can become.
    case invalidTransition(from: OrderStatus, to: OrderStatus, allowed: Set<OrderStatus>)

    public var kind: ErrorKind { .conflict }

    public var code: String { "invalid_transition" }

    public var message: String {
        switch self {
        case .invalidTransition(let from, let to, let allowed):
            "The order is \(from.rawValue) and cannot become \(to.rawValue). Allowed: \(Self.text(allowed))."
        }
    }

    public var details: [String: JSONValue] {
        switch self {
        case .invalidTransition(let from, _, let allowed):
            [
                "status": .string(from.rawValue),
                "allowed": .array(Self.sorted(allowed).map { .string($0.rawValue) }),
            ]
        }
    }

    private static func sorted(_ allowed: Set<OrderStatus>) -> [OrderStatus] {
        OrderStatus.allCases.filter(allowed.contains)
    }

    private static func text(_ allowed: Set<OrderStatus>) -> String {
        allowed.isEmpty ? "nothing" : sorted(allowed).map(\.rawValue).joined(separator: ", ")
    }
}
