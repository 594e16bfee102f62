import SQL
import Web

/// Which rates a list shows.
public struct TaxFilter: RowFilter {
    let country: String?
    let taxClass: String?

    /// The condition on a row of `tax_rates`; it holds for all rows where nothing is filtered.
    public var condition: Query {
        var conditions: [Query] = ["1 = 1"]
        if let country { conditions.append("country = \(country)") }
        if let taxClass { conditions.append("tax_class = \(taxClass)") }
        return conditions.joined(by: " AND ")
    }
}

/// The keys by which a list of tax rates can be ordered.
public enum TaxSortKey: String, CaseIterable, SQLName {
    case country
    case name
    case rate
    case createdAt = "created_at"

    /// The column that the key stands for.
    public var sqlName: StaticString {
        switch self {
        case .country: "country"
        case .name: "name"
        case .rate: "rate"
        case .createdAt: "created_at"
        }
    }
}
