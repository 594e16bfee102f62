import Commerce
import Modules
import Primitives
import SQL
import Web

/// The statements on `coupon_usages` and on the counter that limits them.
enum CouponUsageQueries {
    /// Counts one more use, and locks the coupon until the transaction ends; returns false where it may not be used any
    /// more.
    static func consume(_ id: CouponID, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE coupons SET used_count = used_count + 1 WHERE id = \(id) AND is_active = 1
            AND deleted_at IS NULL AND (usage_limit IS NULL OR used_count < usage_limit)
            """) == 1
    }

    /// Counts a shopper's uses of the coupon, as seen under its lock.
    static func uses(of id: CouponID, by user: CouponUser, _ tx: Transaction) throws -> Int {
        try tx.value(
            """
            SELECT COUNT(*) FROM coupon_usages u
            WHERE u.coupon_id = \(id) AND u.released_at IS NULL AND \(user.condition)
            """) ?? 0
    }

    static func insert(
        _ id: CouponID, for order: OrderID, by user: CouponUser, discount: Money, at now: Timestamp, _ tx: Transaction
    ) throws {
        _ = try tx.insert(
            """
            INSERT INTO coupon_usages (coupon_id, order_id, user_id, email, discount_amount, used_at)
            VALUES (\(id), \(order), \(user.id), \(user.email ?? ""), \(discount), \(now))
            """)
    }

    /// Releases a locked order's use, once.
    static func release(_ order: OrderID, at now: Timestamp, _ tx: Transaction) throws {
        let given = try tx.execute(
            "UPDATE coupon_usages SET released_at = \(now) WHERE order_id = \(order) AND released_at IS NULL")
        guard given == 1 else { return }
        try tx.execute(
            """
            UPDATE coupons SET used_count = used_count - 1
            WHERE used_count > 0 AND id = (SELECT coupon_id FROM coupon_usages WHERE order_id = \(order))
            """)
    }

    /// Returns the coupon that an order used and released.
    static func released(by order: OrderID, _ tx: Transaction) throws -> CouponID? {
        try tx.value("SELECT coupon_id FROM coupon_usages WHERE order_id = \(order) AND released_at IS NOT NULL")
    }

    /// Makes the use that a locked order had released count again.
    static func restore(_ order: OrderID, _ tx: Transaction) throws {
        try tx.execute("UPDATE coupon_usages SET released_at = NULL WHERE order_id = \(order)")
    }

    static func summary(of id: CouponID, _ connection: Connection) throws -> CouponUsageSummary? {
        try OutOfRange.refusing("The sum of these discounts") {
            try connection.first(
                """
                SELECT COUNT(*), COUNT(DISTINCT email), COALESCE(SUM(discount_amount), 0), MIN(used_at), MAX(used_at)
                FROM coupon_usages WHERE coupon_id = \(id) AND released_at IS NULL
                """)
        }
    }

    static func count(of id: CouponID, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM coupon_usages WHERE coupon_id = \(id)") ?? 0
    }

    static func list(
        of id: CouponID, numbering: NameSubselect, _ page: PageRequest, _ connection: Connection
    ) throws -> [CouponUsage] {
        try connection.all(
            """
            SELECT \(CouponUsage.columns), \(numbering("coupon_usages.order_id")) FROM coupon_usages WHERE coupon_id = \(id)
            ORDER BY used_at DESC, id DESC \(page.limit)
            """)
    }
}

/// One use of a coupon.
struct CouponUsage: RowDecodable {
    let id: Int64
    let order: OrderID
    let user: UserID?
    let email: String
    let discount: Money
    let usedAt: Timestamp
    /// The moment at which the order was canceled and the use released; nil while it counts.
    let releasedAt: Timestamp?
    /// The number of the order; nil where it is gone.
    let orderNumber: String?

    /// What is read before the order's number.
    static let columns: Query = "id, order_id, user_id, email, discount_amount, used_at, released_at"

    init(row: inout RowReader) throws {
        id = try row()
        order = try row()
        user = try row()
        email = try row()
        discount = try row()
        usedAt = try row()
        releasedAt = try row()
        orderNumber = try row()
    }
}

/// The sums over the uses of a coupon; released ones do not count.
struct CouponUsageSummary: RowDecodable {
    let uses: Int
    let customers: Int
    let discount: Money
    let firstUsedAt: Timestamp?
    let lastUsedAt: Timestamp?

    init(row: inout RowReader) throws {
        uses = try row()
        customers = try row()
        discount = try row()
        firstUsedAt = try row()
        lastUsedAt = try row()
    }
}

extension CouponUsageQueries {
    /// What goes into a user's archive.
    static let archive = ArchivePart("coupons_used", ["coupon_id", "order_id", "discount_amount", "used_at"]) {
        "coupon_usages \($0.own)"
    }

    /// Takes the e-mails out of the uses with these orders.
    static func unname(_ orders: [OrderID], _ tx: Transaction) throws {
        try tx.execute("UPDATE coupon_usages SET email = '' WHERE order_id IN (\(list: orders))")
    }
}
