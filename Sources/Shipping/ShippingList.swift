import SQL

/// The conditions on the shipping methods of a list; nil leaves one out.
public struct ShippingFilter: Sendable {
    let isActive: Bool?

    var condition: Query {
        guard let isActive else { return "1 = 1" }
        return "is_active = \(isActive)"
    }
}

/// The keys by which a list of shipping methods can be ordered.
public enum ShippingOrder: String, CaseIterable, SQLName {
    case name
    case code
    case price
    case createdAt = "created_at"

    /// The column that the key stands for.
    public var sqlName: StaticString {
        switch self {
        case .name: "name"
        case .code: "code"
        case .price: "price"
        case .createdAt: "created_at"
        }
    }
}
