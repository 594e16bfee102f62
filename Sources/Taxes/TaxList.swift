import SQL

/// Which rates a list shows.
public struct TaxFilter: Sendable {
    let country: String?
    let taxClass: String?

    var condition: Query {
        var conditions: [Query] = ["1 = 1"]
        if let country { conditions.append("country = \(country)") }
        if let taxClass { conditions.append("tax_class = \(taxClass)") }
        return conditions.joined(by: " AND ")
    }
}

/// What a list of rates is ordered by.
public enum TaxOrder: String, CaseIterable, SQLName {
    case country
    case name
    case rate
    case createdAt = "created_at"

    public var sqlName: StaticString {
        switch self {
        case .country: "country"
        case .name: "name"
        case .rate: "rate"
        case .createdAt: "created_at"
        }
    }
}
