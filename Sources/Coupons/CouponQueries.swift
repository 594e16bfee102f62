import Commerce
import Primitives
import SQL
import Web

/// The statements on `coupons` and what they apply to.
enum CouponQueries {
    /// Returns a coupon and the number of its uses by a shopper, in one statement; its lists take another where it has
    /// any.
    static func find(
        _ condition: Query, for user: CouponUser, lock: Query = .empty, _ connection: Connection
    ) throws -> (coupon: Coupon, uses: Int)? {
        let found = try connection.first(
            """
            SELECT \(Coupon.columns), (SELECT COUNT(*) FROM coupon_usages u WHERE u.coupon_id = c.id
            AND u.released_at IS NULL AND \(user.condition))
            FROM coupons c WHERE \(condition) AND c.deleted_at IS NULL \(lock)
            """
        ) { row in (coupon: try Coupon(row: &row), uses: try row(Int.self)) }
        guard let found, let coupon = try filled([found.coupon], connection).first else { return nil }
        return (coupon, found.uses)
    }

    static func find(_ id: CouponID, _ connection: Connection) throws -> Coupon? {
        try filled(
            connection.all("SELECT \(Coupon.columns) FROM coupons c WHERE c.id = \(id) AND c.deleted_at IS NULL"),
            connection
        ).first
    }

    static func count(_ filter: CouponFilter, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM coupons c WHERE \(filter.condition)") ?? 0
    }

    static func list(
        _ filter: CouponFilter, by order: Ordering<CouponSortKey>, _ page: PageRequest, _ connection: Connection
    ) throws -> [Coupon] {
        try filled(
            connection.all(
                .page(
                    of: "\(Coupon.columns)", from: "coupons c", key: "c.id",
                    through: filter.walk(by: order.key, connection.dialect), where: filter.condition,
                    by: "\(order.key) \(order.direction), c.id \(order.direction)", page.limit)), connection)
    }

    static func insert(_ coupon: Coupon, at now: Timestamp, _ tx: Transaction) throws -> CouponID {
        CouponID(
            try tx.insert(
                "INSERT INTO coupons \(insert: try coupon.values() + ["created_at": now, "updated_at": now])"))
    }

    /// Writes a coupon and raises its version; returns false where the row is at another version.
    static func update(_ coupon: Coupon, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE coupons SET \(set: try coupon.values()), version = version + 1, updated_at = \(now)
            WHERE id = \(coupon.id) AND version = \(coupon.version)
            """) == 1
    }

    /// Deletes a coupon; its uses stay. Its code can be given again.
    static func delete(_ coupon: Coupon, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE coupons SET deleted_at = \(now), is_active = 0, code = \("\(coupon.id):deleted"),
            version = version + 1 WHERE id = \(coupon.id)
            """)
    }

    /// Returns the coupons with their lists, which one statement reads for all of them.
    private static func filled(_ coupons: [Coupon], _ connection: Connection) throws -> [Coupon] {
        let ids = coupons.map(\.id)
        guard !ids.isEmpty else { return [] }
        let rows: [(CouponID, String, Int64)] = try connection.tuples(
            """
            SELECT coupon_id, 'category', category_id FROM coupon_categories WHERE coupon_id IN (\(list: ids))
            UNION ALL SELECT coupon_id, 'product', product_id FROM coupon_products WHERE coupon_id IN (\(list: ids))
            UNION ALL SELECT coupon_id, 'user', user_id FROM coupon_users WHERE coupon_id IN (\(list: ids))
            ORDER BY 1, 2, 3
            """)
        var lists: [CouponID: [(kind: String, id: Int64)]] = [:]
        for (coupon, kind, id) in rows { lists[coupon, default: []].append((kind, id)) }
        return coupons.map { coupon in
            var coupon = coupon
            for (kind, id) in lists[coupon.id] ?? [] {
                switch kind {
                case "category": coupon.categories.append(CategoryID(id))
                case "product": coupon.products.append(ProductID(id))
                default: coupon.users.append(UserID(id))
                }
            }
            return coupon
        }
    }
}

extension CouponUser {
    /// The condition on the uses of this shopper, by account or by address.
    var condition: Query {
        switch (id, email) {
        case (let id?, let email?): "(u.user_id = \(id) OR u.email = \(email))"
        case (let id?, nil): "u.user_id = \(id)"
        case (nil, let email?): "u.email = \(email)"
        case (nil, nil): "1 = 0"
        }
    }
}
