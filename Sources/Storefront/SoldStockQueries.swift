import SQL

/// The conditions on a row about stock, by the columns in which its product and its variant stand.
public enum SoldStockQueries {
    /// Returns the condition that a row is of a product that is sold as a whole, or of a variant; not of what was
    /// deleted, nor of a product itself that is now sold by its variants.
    @Sendable public static func isSellable(_ product: Query, _ variant: Query) -> Query {
        """
        (CASE WHEN \(variant) = 0 THEN EXISTS (SELECT 1 FROM products p
        WHERE p.id = \(product) AND p.deleted_at IS NULL AND p.has_variants = 0)
        ELSE EXISTS (SELECT 1 FROM product_variants v JOIN products p ON p.id = v.product_id
        WHERE v.id = \(variant) AND v.deleted_at IS NULL AND p.deleted_at IS NULL) END)
        """
    }

    /// Returns the condition that a row can be bought where its warehouse is active: of what is sold, not of an
    /// inactive variant.
    @Sendable public static func isBuyable(_ product: Query, _ variant: Query) -> Query {
        """
        \(isSellable(product, variant)) AND (\(variant) = 0 OR EXISTS (SELECT 1 FROM product_variants a
        WHERE a.id = \(variant) AND a.is_active = 1))
        """
    }
}
