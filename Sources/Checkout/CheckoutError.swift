import Commerce
import Primitives

/// Reasons for which a cart does not become an order.
public enum CheckoutError: BusinessError, Equatable {
    case emptyCart
    /// The cart is the order of this number already.
    case alreadyOrdered(String)
    /// The total is not the one that the shopper was shown.
    case totalChanged(Price, expected: Price)

    /// The kind of error, which decides the HTTP status.
    public var kind: ErrorKind { if case .emptyCart = self { .invalid } else { .conflict } }

    /// The `code` of the error response: stable, in snake_case.
    public var code: String {
        switch self {
        case .emptyCart: "empty_cart"
        case .alreadyOrdered: "cart_already_ordered"
        case .totalChanged: "total_changed"
        }
    }

    /// The `detail` of the error response: a sentence in English.
    public var message: String {
        switch self {
        case .emptyCart: "Your cart is empty."
        case .alreadyOrdered(let number): "This cart has been ordered already: order \(number)."
        case .totalChanged(let total, _): "The total has changed to \(total)."
        }
    }

    /// The further members of the error response, beside `detail` and `code`.
    public var details: [String: JSONValue] {
        switch self {
        case .emptyCart: [:]
        case .alreadyOrdered(let number): ["order_number": .string(number)]
        case .totalChanged(let total, let expected):
            ["total": .string(total.description), "expected_total": .string(expected.description)]
        }
    }
}
