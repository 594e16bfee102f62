import Commerce
import Primitives
import SQL

/// What a coupon takes off.
public enum DiscountType: String, Sendable, Codable, CaseIterable, SQLConvertible {
    case percentage
    case fixedAmount = "fixed_amount"
    case freeShipping = "free_shipping"
}

/// What a coupon applies to.
public enum CouponScope: String, Sendable, Codable, CaseIterable, SQLConvertible {
    case all
    case specificCategories = "specific_categories"
    case specificProducts = "specific_products"
}

/// A coupon with what it applies to and to whom.
public struct Coupon: Sendable, Hashable {
    public let id: CouponID
    /// Capitals.
    public internal(set) var code: String
    var description: String
    public internal(set) var type: DiscountType
    /// Millionths of a percent, or of the currency's unit.
    var value: Int64
    /// What the whole cart has to come to.
    var minimum: Money?
    /// The most that it takes off.
    var maximum: Money?
    var usageLimit: Int?
    var usageLimitPerUser: Int?
    let used: Int
    /// From this moment on.
    var validFrom: Timestamp?
    /// Before this moment.
    var validUntil: Timestamp?
    var isActive: Bool
    /// Whether it is shown to those who do not know its code.
    var isPublic: Bool
    var scope: CouponScope
    var excludesSaleItems: Bool
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp
    /// With all that is below them.
    var categories: [CategoryID] = []
    var products: [ProductID] = []
    /// Who alone may use it; everyone where it is empty.
    var users: [UserID] = []

    /// What it takes off; nil for one that only frees shipping.
    func discount(in currency: Currency) -> Discount? {
        switch type {
        case .percentage: .percentage(millionths: value / 100)
        case .fixedAmount: .amount(Money(minorUnits: value / currency.millionthsPerMinorUnit))
        case .freeShipping: nil
        }
    }

    /// Whether a line may count, its category apart: `within` says that for it.
    func applies(to offer: Offer, within categories: Set<CategoryID>) -> Bool {
        if excludesSaleItems, let before = offer.compareAtPrice, before > offer.price { return false }
        return switch scope {
        case .all: true
        case .specificProducts: products.contains(offer.id.product)
        case .specificCategories: offer.category.map(categories.contains) ?? false
        }
    }
}

extension Currency {
    /// How many millionths of its unit a minor unit is: 10,000 for cents.
    var millionthsPerMinorUnit: Int64 { (decimals..<6).reduce(1) { factor, _ in factor * 10 } }
}

extension Coupon: RowDecodable {
    static let columns: Query = """
        c.id, c.code, c.description, c.discount_type, c.discount_value, c.minimum_order_amount, c.maximum_discount_amount,
        c.usage_limit, c.usage_limit_per_user, c.used_count, c.valid_from, c.valid_until, c.is_active, c.is_public,
        c.applicable_to, c.exclude_sale_items, c.version, c.created_at, c.updated_at
        """

    public init(row: Row) throws {
        id = try row[0]
        code = try row[1]
        description = try row[2]
        type = try row[3]
        value = try row[4]
        minimum = try row[5]
        maximum = try row[6]
        usageLimit = try row[7]
        usageLimitPerUser = try row[8]
        used = try row[9]
        validFrom = try row[10]
        validUntil = try row[11]
        isActive = try row[12]
        isPublic = try row[13]
        scope = try row[14]
        excludesSaleItems = try row[15]
        version = try row[16]
        createdAt = try row[17]
        updatedAt = try row[18]
    }
}
