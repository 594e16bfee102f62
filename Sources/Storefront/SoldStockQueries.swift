import SQL

/// Which stock is of something that the shop has.
public enum SoldStockQueries {
    /// Whether a row `s` of `stock` is of a product that is sold as a whole, or of a variant; not of what was deleted, nor of
    /// a product itself that is sold by its variants now.
    public static let isSold: Query = """
        (CASE WHEN s.variant_key = 0 THEN EXISTS (SELECT 1 FROM products p
        WHERE p.id = s.product_id AND p.deleted_at IS NULL AND p.has_variants = 0)
        ELSE EXISTS (SELECT 1 FROM product_variants v JOIN products p ON p.id = v.product_id
        WHERE v.id = s.variant_key AND v.deleted_at IS NULL AND p.deleted_at IS NULL) END)
        """

    /// Whether a row `s` of `stock` can be bought where its warehouse is active: of what is sold, not of a variant that rests.
    public static let isBuyable: Query = """
        \(isSold) AND (s.variant_key = 0 OR EXISTS (SELECT 1 FROM product_variants a
        WHERE a.id = s.variant_key AND a.is_active = 1))
        """
}
