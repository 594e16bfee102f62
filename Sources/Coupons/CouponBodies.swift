import Commerce
import Primitives
import Web

/// A coupon as shoppers see it.
struct OfferedCouponBody: ResponseBody {
    let id: CouponID
    let code: String
    let description: String
    let discountType: DiscountType
    /// A percentage (`"10"`), or an amount in the shop's currency.
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

/// A coupon as staff see it: what shoppers see, and in the same object how it is kept.
public struct CouponBody: ResponseBody {
    struct Keeping: Codable, Sendable {
        let usageLimit: Int?
        let usedCount: Int
        let isActive: Bool
        let isPublic: Bool
        /// The users who alone may use it; everyone where it is empty.
        let users: [UserID]
        let version: Int
        let createdAt: Timestamp
        let updatedAt: Timestamp

    }

    let offer: OfferedCouponBody
    let keeping: Keeping

    init(_ coupon: Coupon, currency: Currency) {
        offer = OfferedCouponBody(coupon, currency: currency)
        keeping = Keeping(
            usageLimit: coupon.usageLimit, usedCount: coupon.used, isActive: coupon.isActive, isPublic: coupon.isPublic,
            users: coupon.users, version: coupon.version, createdAt: coupon.createdAt, updatedAt: coupon.updatedAt)
    }

    /// Decodes what everybody sees and what staff see from the same object.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        offer = try OfferedCouponBody(from: decoder)
        keeping = try Keeping(from: decoder)
    }

    /// Encodes what everybody sees and what staff see into one object.
    ///
    /// - Throws: `EncodingError`.
    public func encode(to encoder: any Encoder) throws {
        try offer.encode(to: encoder)
        try keeping.encode(to: encoder)
    }
}

extension Coupon {
    /// Returns `discount_value` as responses have it: a percentage without trailing zeros, an amount with the
    /// currency's decimals.
    func valueText(in currency: Currency) -> String {
        value.decimalText(scale: 6, atLeast: type == .fixedAmount ? currency.decimals : 0)
    }
}
