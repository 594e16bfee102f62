import SQL
import Web

/// Which methods a list shows.
public struct ShippingFilter: RowFilter {
    let isActive: Bool?

    /// The condition on a row of `shipping_methods`; it holds for all rows where nothing is filtered.
    public var condition: Query {
        guard let isActive else { return "1 = 1" }
        return "is_active = \(isActive)"
    }
}

/// The keys by which a list of shipping methods can be ordered.
public enum ShippingSortKey: String, CaseIterable, SQLName {
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
