import Commerce
import Primitives
import SQL

/// The ways in which a coupon lowers an order's total.
public enum DiscountType: String, WireEnum {
    case percentage
    case fixedAmount = "fixed_amount"
    case freeShipping = "free_shipping"
}

/// The goods that a coupon applies to.
public enum CouponScope: String, WireEnum {
    case all
    case specificCategories = "specific_categories"
    case specificProducts = "specific_products"
}

/// A coupon with the lists of what it applies to and who may use it.
public struct Coupon: Sendable, Hashable {
    /// The primary key.
    public let id: CouponID
    /// The code in capitals, at most 50 letters, digits, underscores and hyphens.
    public internal(set) var code: String
    var description: String
    /// The way in which it lowers the total.
    public internal(set) var type: DiscountType
    /// Millionths of a percent, or millionths of the currency's unit.
    var value: Int64
    /// The subtotal that the whole cart has to reach; nil for none.
    var minimum: Money?
    /// The most that it takes off; nil without a limit.
    var maximum: Money?
    var usageLimit: Int?
    var usageLimitPerUser: Int?
    let used: Int
    /// The moment from which it is valid, in UTC; nil for always.
    var validFrom: Timestamp?
    /// The moment from which it is no longer valid, in UTC; nil for never.
    var validUntil: Timestamp?
    var isActive: Bool
    /// Whether it is listed for shoppers who do not know its code.
    var isPublic: Bool
    var scope: CouponScope
    var excludesSaleItems: Bool
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp
    /// The categories that it applies to, with all below them.
    var categories: [CategoryID] = []
    var products: [ProductID] = []
    /// The users who alone may use it; everyone where it is empty.
    var users: [UserID] = []

    /// Returns the reduction; nil for a coupon that only makes shipping free.
    func discount(in currency: Currency) -> Discount? {
        switch type {
        case .percentage: .percentage(millionths: value / 100)
        case .fixedAmount: .amount(Money(minorUnits: value / currency.millionthsPerMinorUnit))
        case .freeShipping: nil
        }
    }

    /// Returns whether the coupon counts a line of `offer`, where `categories` are those that it covers.
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
    /// The number of millionths of its unit in a minor unit: 10,000 for cents.
    var millionthsPerMinorUnit: Int64 { (decimals..<6).reduce(1) { factor, _ in factor * 10 } }
}

extension Coupon: RowDecodable {
    static let columns: Query = """
        c.id, c.code, c.description, c.discount_type, c.discount_value, c.minimum_order_amount, c.maximum_discount_amount,
        c.usage_limit, c.usage_limit_per_user, c.used_count, c.valid_from, c.valid_until, c.is_active, c.is_public,
        c.applicable_to, c.exclude_sale_items, c.version, c.created_at, c.updated_at
        """

    public init(row: inout RowReader) throws {
        id = try row()
        code = try row()
        description = try row()
        type = try row()
        value = try row()
        minimum = try row()
        maximum = try row()
        usageLimit = try row()
        usageLimitPerUser = try row()
        used = try row()
        validFrom = try row()
        validUntil = try row()
        isActive = try row()
        isPublic = try row()
        scope = try row()
        excludesSaleItems = try row()
        version = try row()
        createdAt = try row()
        updatedAt = try row()
    }
}
