import SQL

/// What in the shop has a price.
enum PricedQueries {
    /// Returns whether anything holds an amount of money: a product, a shipping method, a coupon or an order.
    static func hasPrices(_ connection: Connection) throws -> Bool {
        for query in priced where try connection.value(query, as: Int.self) != nil { return true }
        return false
    }

    private static let priced: [Query] = [
        "SELECT 1 FROM products LIMIT 1",
        "SELECT 1 FROM orders LIMIT 1",
        "SELECT 1 FROM shipping_methods LIMIT 1",
        """
        SELECT 1 FROM coupons WHERE discount_type = 'fixed_amount' OR minimum_order_amount IS NOT NULL
        OR maximum_discount_amount IS NOT NULL LIMIT 1
        """,
    ]

    /// Returns the code of the currency of the newest order.
    static func newestCurrency(_ connection: Connection) throws -> String? {
        try connection.value("SELECT currency FROM orders ORDER BY id DESC LIMIT 1")
    }
}
