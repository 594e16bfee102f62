import Commerce
import Primitives
import SQL
import Web

/// The statements of `price_changes`.
public enum PriceQueries {
    /// Writes a change, unless both prices stayed the same.
    static func record(_ change: PriceChange, _ tx: Transaction) throws {
        guard change.old != change.new else { return }
        try tx.execute(
            """
            INSERT INTO price_changes (product_id, variant_key, old_price, new_price, old_compare_at, new_compare_at,
            changed_by, changed_at)
            VALUES (\(change.sellable.product), \(change.sellable.variantKey), \(change.old.price), \(change.new.price),
            \(change.old.compareAt), \(change.new.compareAt), \(change.changedBy), \(change.changedAt))
            """)
    }

    /// Counts the changes of a product's own price and of its variants' prices.
    ///
    /// - Throws: `SQLError`.
    public static func count(of product: ProductID, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM price_changes WHERE product_id = \(product)") ?? 0
    }

    /// Returns a page of the changes of a product's own price and its variants' prices, newest first.
    ///
    /// - Throws: `SQLError`.
    public static func list(
        of product: ProductID, _ page: PageRequest, _ connection: Connection
    ) throws -> [(id: Int64, change: PriceChange)] {
        try connection.all(
            """
            SELECT id, product_id, variant_key, old_price, old_compare_at, new_price, new_compare_at, changed_by,
            changed_at FROM price_changes WHERE product_id = \(product) ORDER BY changed_at DESC, id DESC \(page.limit)
            """
        ) { row in
            let id: Int64 = try row()
            let change = PriceChange(
                sellable: SellableID(product: try row(), variantKey: try row()),
                old: PriceChange.Tag(price: try row(), compareAt: try row()),
                new: PriceChange.Tag(price: try row(), compareAt: try row()), changedBy: try row(),
                changedAt: try row())
            return (id, change)
        }
    }
}
