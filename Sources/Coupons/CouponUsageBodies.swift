import Commerce
import Primitives
import Web

/// The uses of a coupon; released ones are listed but not summed.
struct CouponUsageBody: ResponseBody {
    let couponID: CouponID
    let code: String
    let timesUsed: Int
    let usageLimit: Int?
    /// The number of uses left; null without a limit.
    let remaining: Int?
    let customers: Int
    let totalDiscount: Price
    let firstUsedAt: Timestamp?
    let lastUsedAt: Timestamp?
    let count: Int
    let next: String?
    let previous: String?
    let results: [CouponUseBody]

    init(_ coupon: Coupon, _ summary: CouponUsageSummary, _ page: Page<CouponUseBody>, currency: Currency) {
        couponID = coupon.id
        code = coupon.code
        timesUsed = summary.uses
        usageLimit = coupon.usageLimit
        remaining = coupon.usageLimit.map { max(0, $0 - coupon.used) }
        customers = summary.customers
        totalDiscount = currency.price(summary.discount)
        firstUsedAt = summary.firstUsedAt
        lastUsedAt = summary.lastUsedAt
        count = page.count
        next = page.next
        previous = page.previous
        results = page.results
    }
}

/// One use of a coupon.
struct CouponUseBody: ResponseBody {
    let id: Int64
    let orderID: OrderID
    /// The number of the order; null where it is gone.
    let orderNumber: String?
    let userID: UserID?
    let email: String
    let discountAmount: Price
    let usedAt: Timestamp
    /// The moment at which the order was canceled and the use released; null while it counts.
    let releasedAt: Timestamp?

    init(_ use: CouponUsage, currency: Currency) {
        id = use.id
        orderID = use.order
        orderNumber = use.orderNumber
        userID = use.user
        email = use.email
        discountAmount = currency.price(use.discount)
        usedAt = use.usedAt
        releasedAt = use.releasedAt
    }
}
