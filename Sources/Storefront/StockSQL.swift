import SQL

/// The units that can be bought of the row `p` of `products`: of its active variants where it has any, otherwise of
/// itself.
enum StockSQL {
    /// The number of units on hand less those reserved, over all active warehouses.
    static let available: Query = """
        CASE WHEN p.has_variants = 1 THEN COALESCE((SELECT CAST(SUM(t.on_hand - t.reserved) AS SIGNED)
        FROM product_variants o JOIN stock_totals t ON t.product_id = o.product_id AND t.variant_key = o.id
        WHERE o.product_id = p.id AND o.is_active = 1), 0)
        ELSE COALESCE((SELECT t.on_hand - t.reserved FROM stock_totals t
        WHERE t.product_id = p.id AND t.variant_key = 0), 0) END
        """

    /// Whether any unit can be bought.
    static let isInStock: Query = """
        (CASE WHEN p.has_variants = 1 THEN EXISTS (SELECT 1
        FROM product_variants o JOIN stock_totals t ON t.product_id = o.product_id AND t.variant_key = o.id
        WHERE o.product_id = p.id AND o.is_active = 1 AND t.on_hand > t.reserved)
        ELSE EXISTS (SELECT 1 FROM stock_totals t
        WHERE t.product_id = p.id AND t.variant_key = 0 AND t.on_hand > t.reserved) END)
        """
}
