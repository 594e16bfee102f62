import Commerce
import Primitives
import SQL
import Web

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
    /// The primary key; 0 until the coupon is stored.
    public internal(set) var id = CouponID(0)
    /// Capitals.
    public internal(set) var code = ""
    var description = ""
    /// The kind of discount, which gives `value` its unit.
    public internal(set) var type = DiscountType.percentage
    /// Millionths of a percent, or of the currency's unit.
    var value: Int64 = 0
    /// What the whole cart has to come to.
    var minimum: Money?
    /// The most that it takes off; nil without a limit.
    var maximum: Money?
    var usageLimit: Int?
    var usageLimitPerUser: Int?
    var used = 0
    /// From this moment on.
    var validFrom: Timestamp?
    /// The moment from which it is no longer valid, in UTC; nil for never.
    var validUntil: Timestamp?
    var isActive = true
    /// Whether it is shown to those who do not know its code.
    var isPublic = false
    var scope = CouponScope.all
    var excludesSaleItems = false
    /// Counts changes of the row, from 1.
    public internal(set) var version = 1
    var createdAt = Timestamp(seconds: 0)
    var updatedAt = Timestamp(seconds: 0)
    /// With all that is below them.
    var categories: [CategoryID] = []
    var products: [ProductID] = []
    /// The users who alone may use it; everyone where it is empty.
    var users: [UserID] = []

    /// Creates an active coupon without a code, which applies to everything and takes nothing off.
    public init() {}

    /// Creates an active coupon that everyone sees. `value` is in millionths, of a percent or of the currency's unit;
    /// `minimum` is in minor units, and without `categories` it applies to everything.
    public init(
        _ code: String, _ description: String, _ type: DiscountType, value: Int64 = 0, minimum: Money? = nil,
        categories: [CategoryID] = []
    ) {
        self.code = CouponCode.normal(code)
        self.description = description
        self.type = type
        self.value = value
        self.minimum = minimum
        self.categories = categories
        scope = categories.isEmpty ? .all : .specificCategories
        isPublic = true
    }

    /// Returns what it takes off; nil for one that only frees shipping.
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

extension Coupon: TableRow {
    /// The table, with the alias that ``CouponFilter`` uses.
    public static let table: StaticString = "coupons c"
    /// The columns that a coupon is read from and written to; its lists are tables of their own.
    public static let columns = Columns<Coupon>(
        .key("id", \.id),
        .column("code", \.code),
        .column("description", \.description),
        .column("discount_type", \.type),
        .column("discount_value", \.value),
        .column("minimum_order_amount", \.minimum),
        .column("maximum_discount_amount", \.maximum),
        .column("usage_limit", \.usageLimit),
        .column("usage_limit_per_user", \.usageLimitPerUser),
        .key("used_count", \.used),
        .column("valid_from", \.validFrom),
        .column("valid_until", \.validUntil),
        .column("is_active", \.isActive),
        .column("is_public", \.isPublic),
        .column("applicable_to", \.scope),
        .column("exclude_sale_items", \.excludesSaleItems),
        .key("version", \.version),
        .key("created_at", \.createdAt),
        .key("updated_at", \.updatedAt))
}
