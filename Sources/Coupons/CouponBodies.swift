import Commerce
import Primitives
import Web

/// A coupon as staff see it.
public struct CouponBody: ResponseBody {
    let id: CouponID
    let code: String
    let description: String
    let discountType: DiscountType
    /// A percentage (`"10"`), or an amount in the shop's currency.
    let discountValue: String
    let minimumOrderAmount: Price?
    let maximumDiscountAmount: Price?
    let usageLimit: Int?
    let usageLimitPerUser: Int?
    let usedCount: Int
    let validFrom: Timestamp?
    let validUntil: Timestamp?
    let isActive: Bool
    let isPublic: Bool
    let applicableTo: CouponScope
    let categories: [CategoryID]
    let products: [ProductID]
    /// The users who alone may use it; everyone where it is empty.
    let users: [UserID]
    let excludeSaleItems: Bool
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp

    enum CodingKeys: String, CodingKey {
        case id, code, description
        case discountType = "discount_type"
        case discountValue = "discount_value"
        case minimumOrderAmount = "minimum_order_amount"
        case maximumDiscountAmount = "maximum_discount_amount"
        case usageLimit = "usage_limit"
        case usageLimitPerUser = "usage_limit_per_user"
        case usedCount = "used_count"
        case validFrom = "valid_from"
        case validUntil = "valid_until"
        case isActive = "is_active"
        case isPublic = "is_public"
        case applicableTo = "applicable_to"
        case categories, products, users
        case excludeSaleItems = "exclude_sale_items"
        case version
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    init(_ coupon: Coupon, currency: Currency) {
        id = coupon.id
        code = coupon.code
        description = coupon.description
        discountType = coupon.type
        discountValue = coupon.valueText(in: currency)
        minimumOrderAmount = coupon.minimum.map(currency.price)
        maximumDiscountAmount = coupon.maximum.map(currency.price)
        usageLimit = coupon.usageLimit
        usageLimitPerUser = coupon.usageLimitPerUser
        usedCount = coupon.used
        validFrom = coupon.validFrom
        validUntil = coupon.validUntil
        isActive = coupon.isActive
        isPublic = coupon.isPublic
        applicableTo = coupon.scope
        categories = coupon.categories
        products = coupon.products
        users = coupon.users
        excludeSaleItems = coupon.excludesSaleItems
        version = coupon.version
        createdAt = coupon.createdAt
        updatedAt = coupon.updatedAt
    }
}

/// A coupon as shoppers see it.
struct OfferedCouponBody: ResponseBody {
    let id: CouponID
    let code: String
    let description: String
    let discountType: DiscountType
    let discountValue: String
    let minimumOrderAmount: Price?
    let maximumDiscountAmount: Price?
    let usageLimitPerUser: Int?
    let validFrom: Timestamp?
    let validUntil: Timestamp?
    let applicableTo: CouponScope
    let categories: [CategoryID]
    let products: [ProductID]
    let excludeSaleItems: Bool

    enum CodingKeys: String, CodingKey {
        case id, code, description
        case discountType = "discount_type"
        case discountValue = "discount_value"
        case minimumOrderAmount = "minimum_order_amount"
        case maximumDiscountAmount = "maximum_discount_amount"
        case usageLimitPerUser = "usage_limit_per_user"
        case validFrom = "valid_from"
        case validUntil = "valid_until"
        case applicableTo = "applicable_to"
        case categories, products
        case excludeSaleItems = "exclude_sale_items"
    }

    init(_ coupon: Coupon, currency: Currency) {
        id = coupon.id
        code = coupon.code
        description = coupon.description
        discountType = coupon.type
        discountValue = coupon.valueText(in: currency)
        minimumOrderAmount = coupon.minimum.map(currency.price)
        maximumDiscountAmount = coupon.maximum.map(currency.price)
        usageLimitPerUser = coupon.usageLimitPerUser
        validFrom = coupon.validFrom
        validUntil = coupon.validUntil
        applicableTo = coupon.scope
        categories = coupon.categories
        products = coupon.products
        excludeSaleItems = coupon.excludesSaleItems
    }
}

extension Coupon {
    /// Returns `discount_value` as responses have it: a percentage without trailing zeros, an amount with the
    /// currency's decimals.
    func valueText(in currency: Currency) -> String {
        value.decimalText(scale: 6, atLeast: type == .fixedAmount ? currency.decimals : 0)
    }
}
