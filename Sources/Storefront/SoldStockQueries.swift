import SQL

/// Conditions on the stock of goods that the shop has.
public enum SoldStockQueries {
    /// A condition on a row `s` of `stock` that holds for a product sold as a whole, or a variant; neither for deleted
    /// goods, nor for a product itself that is sold by its variants now.
    public static let isSold: Query = """
        (CASE WHEN s.variant_key = 0 THEN EXISTS (SELECT 1 FROM products p
        WHERE p.id = s.product_id AND p.deleted_at IS NULL AND p.has_variants = 0)
        ELSE EXISTS (SELECT 1 FROM product_variants v JOIN products p ON p.id = v.product_id
        WHERE v.id = s.variant_key AND v.deleted_at IS NULL AND p.deleted_at IS NULL) END)
        """

    /// A condition on a row `s` of `stock` that holds where its goods can be bought while its warehouse is active:
    /// sold, and not an inactive variant.
    public static let isBuyable: Query = """
        \(isSold) AND (s.variant_key = 0 OR EXISTS (SELECT 1 FROM product_variants a
        WHERE a.id = s.variant_key AND a.is_active = 1))
        """
}
