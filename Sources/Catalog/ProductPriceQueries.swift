import Commerce
import Primitives
import SQL

/// The statements of the prices that lists show: `price_low` and `price_high` of `products`, and `prices_between` for
/// what variants cost that is neither.
public enum ProductPriceQueries {
    /// The prices that lists show of a product, and what they follow from.
    public struct StoredPrices: RowDecodable {
        /// The product to which the prices belong.
        public let id: ProductID
        /// Its own price.
        public let base: Money
        /// Whether the prices follow from variants; otherwise both ends are ``base``.
        public let hasVariants: Bool
        /// `price_low`: the lowest price that lists show.
        public let lowest: Money
        /// `price_high`: the highest price that lists show.
        public let highest: Money

        /// Decodes id, price, whether there are variants, and the two prices of lists.
        ///
        /// - Throws: `SQLError` of kind `.decoding`.
        public init(row: inout RowReader) throws {
            id = try row()
            base = try row()
            hasVariants = try row()
            lowest = try row()
            highest = try row()
        }
    }

    /// Locks those of `ids` that are not deleted, by ascending id, until the transaction ends, and returns their
    /// prices.
    ///
    /// - Throws: `SQLError`.
    public static func lock(_ ids: [ProductID], _ tx: Transaction) throws -> [StoredPrices] {
        try tx.all(
            """
            SELECT id, price, has_variants, price_low, price_high FROM products
            WHERE id IN (\(list: ids)) AND deleted_at IS NULL ORDER BY id \(tx.dialect.forUpdate)
            """)
    }

    /// Returns the prices strictly between the lowest and the highest of each product that has any, ascending; of all
    /// products where `ids` is nil.
    ///
    /// - Throws: `SQLError`.
    public static func between(
        _ ids: [ProductID]?, _ connection: Connection
    ) throws -> [ProductID: [Money]] {
        let wanted: Query = ids.map { "WHERE product_id IN (\(list: $0))" } ?? .empty
        var found: [ProductID: [Money]] = [:]
        let prices: [(ProductID, Money)] = try connection.tuples(
            "SELECT product_id, price FROM prices_between \(wanted) ORDER BY product_id, price")
        for (product, price) in prices { found[product, default: []].append(price) }
        return found
    }

    /// Sets the lowest and the highest price of each product.
    ///
    /// - Throws: `SQLError`.
    public static func setEnds(
        _ ends: [(id: ProductID, lowest: Money, highest: Money)], _ tx: Transaction
    ) throws {
        guard !ends.isEmpty else { return }
        let lowest = ends.map { "WHEN \($0.id) THEN \($0.lowest)" as Query }.joined(by: " ")
        let highest = ends.map { "WHEN \($0.id) THEN \($0.highest)" as Query }.joined(by: " ")
        try tx.execute(
            """
            UPDATE products SET price_low = CASE id \(lowest) ELSE price_low END,
            price_high = CASE id \(highest) ELSE price_high END WHERE id IN (\(list: ends.map(\.id)))
            """)
    }

    /// Replaces the prices strictly between the lowest and the highest of each product.
    ///
    /// - Throws: `SQLError`.
    public static func setBetween(_ prices: [(id: ProductID, between: [Money])], _ tx: Transaction) throws {
        guard !prices.isEmpty else { return }
        try tx.execute("DELETE FROM prices_between WHERE product_id IN (\(list: prices.map(\.id)))")
        let rows: [[SQLValue]] = prices.flatMap { product in
            product.between.map { .row(product.id, $0) }
        }
        for chunk in rows.chunked(by: 500) {
            try tx.execute("INSERT INTO prices_between (product_id, price) VALUES \(rows: Array(chunk))")
        }
    }
}
