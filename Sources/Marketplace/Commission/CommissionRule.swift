import Commerce
import Primitives
import SQL
import Web

/// What the shop keeps of a vendor's sales, of those in a category, or of all.
public struct CommissionRule: Sendable, Hashable {
    /// The primary key; 0 until the rule is stored.
    public internal(set) var id = CommissionRuleID(0)
    /// The vendor whose sales it is about; nil for all.
    var vendor: VendorID?
    /// The category whose products it is about, with those below it; nil for all.
    var category: CategoryID?
    /// Millionths: 120,000 is 12 %.
    var rate: Int64 = 0
    /// The moment from which it counts, in UTC; nil until it is stored, for that very moment.
    var validFrom: Timestamp?
    /// Counts changes of the row, from 1.
    public internal(set) var version = 1
    var createdAt = Timestamp(seconds: 0)
    var updatedAt = Timestamp(seconds: 0)
    /// What the vendor and the category are called; lists read it.
    var names = CommissionRuleNames()

    /// Creates a rule of 0 % for all sales.
    public init() {}

    /// Returns this rule where it names one thing at most.
    ///
    /// - Throws: `ValidationError`.
    func checked(at now: Timestamp) throws -> CommissionRule {
        guard vendor == nil || category == nil else {
            throw ValidationError("category", "A rule is about a vendor or about a category.")
        }
        var checked = self
        checked.validFrom = validFrom ?? now
        return checked
    }
}

extension CommissionRule: TableRow {
    /// The table; conditions and orderings use no alias.
    public static let table: StaticString = "commission_rules"
    /// The columns that a rule is read from and written to.
    public static let columns = Columns<CommissionRule>(
        .key("id", \.id),
        .column("vendor_id", \.vendor),
        .column("category_id", \.category),
        .column("rate", \.rate),
        .column("valid_from", \.validFrom),
        .key("version", \.version),
        .key("created_at", \.createdAt),
        .key("updated_at", \.updatedAt))
}

/// What the vendor and the category of a rule are called; nil where it is about none, or nobody has asked.
struct CommissionRuleNames: Sendable, Hashable {
    var vendor: String?
    var category: String?
}

/// Which rules a list shows.
struct CommissionRuleFilter: RowFilter {
    let vendor: VendorID?
    let category: CategoryID?

    var condition: Query {
        var conditions: [Query] = ["1 = 1"]
        if let vendor { conditions.append("vendor_id = \(vendor)") }
        if let category { conditions.append("category_id = \(category)") }
        return conditions.joined(by: " AND ")
    }
}

/// The keys by which a list of rules can be ordered.
enum CommissionRuleSortKey: String, CaseIterable, SQLName {
    case validFrom = "valid_from"
    case rate
    case createdAt = "created_at"

    var sqlName: StaticString {
        switch self {
        case .validFrom: "valid_from"
        case .rate: "rate"
        case .createdAt: "created_at"
        }
    }
}

/// A rule as staff see it.
struct CommissionRuleBody: ResponseBody {
    let id: CommissionRuleID
    let vendor: VendorID?
    /// What the vendor is called, in a list; null elsewhere.
    let vendorName: String?
    let category: CategoryID?
    /// What the category is called, in a list; null elsewhere.
    let categoryName: String?
    /// A fraction of 1: `"0.12"`.
    let rate: String
    let validFrom: Timestamp?
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp

    init(_ rule: CommissionRule) {
        id = rule.id
        vendor = rule.vendor
        vendorName = rule.names.vendor
        category = rule.category
        categoryName = rule.names.category
        rate = TaxRate(name: "", millionths: rule.rate).text
        validFrom = rule.validFrom
        version = rule.version
        createdAt = rule.createdAt
        updatedAt = rule.updatedAt
    }
}
