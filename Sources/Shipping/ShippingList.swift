import SQL

/// Which methods a list shows.
public struct ShippingFilter: Sendable {
    let isActive: Bool?

    var condition: Query {
        guard let isActive else { return "1 = 1" }
        return "is_active = \(isActive)"
    }
}

/// What a list of methods is ordered by.
public enum ShippingOrder: String, CaseIterable, SQLName {
    case name
    case code
    case price
    case createdAt = "created_at"

    public var sqlName: StaticString {
        switch self {
        case .name: "name"
        case .code: "code"
        case .price: "price"
        case .createdAt: "created_at"
        }
    }
}
