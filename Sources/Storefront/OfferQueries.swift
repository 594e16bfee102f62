import Catalog
import Commerce
import SQL

/// The answers of catalog and stock to carts and orders.
public enum StorefrontOffers {
    /// Reads the current offers under these ids, in one statement, as an ``OfferReader``.
    ///
    /// A deleted product or variant is still returned, as not for sale; so is a product named without a variant that is
    /// sold by its variants. An id that never existed is left out.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    public static func read(_ ids: [SellableID], _ connection: Connection) throws -> [SellableID: Offer] {
        let products = ids.filter { $0.variant == nil }.map(\.product)
        let variants = ids.compactMap(\.variant)
        guard !ids.isEmpty else { return [:] }
        let found: [Found] = try connection.all(
            [
                products.isEmpty ? .empty : whole(products), variants.isEmpty ? .empty : byVariant(variants),
            ].joined(by: " UNION ALL "))
        let offers = Dictionary(found.map { ($0.offer.id, $0.offer) }) { first, _ in first }
        return offers.filter { ids.contains($0.key) }
    }

    /// Returns what an id stands for, in one statement, as a ``SellableCheck``.
    ///
    /// - Throws: `SQLError`.
    public static func check(_ id: SellableID, _ connection: Connection) throws -> SellableFit {
        let found = try connection.tuple(
            """
            SELECT p.has_variants, (SELECT COUNT(*) FROM product_variants v
            WHERE v.product_id = p.id AND v.id = \(id.variantKey) AND v.deleted_at IS NULL)
            FROM products p WHERE p.id = \(id.product) AND p.deleted_at IS NULL
            """, as: (Bool, Int).self)
        guard let (hasVariants, matches) = found else { return .unknownProduct }
        if id.variant != nil { return matches > 0 ? .valid : .unknownVariant }
        return hasVariants ? .needsVariant : .valid
    }

    /// Locks the rows from which the offer under an id is read, shared, until the transaction ends: its stock, then its
    /// product, as whoever changes them.
    ///
    /// - Throws: `SQLError`.
    @Sendable public static func hold(_ id: SellableID, in tx: Transaction) throws {
        guard tx.dialect == .mysql else { return }
        _ = try tx.rows(
            """
            SELECT 1 FROM stock_totals WHERE product_id = \(id.product) AND variant_key = \(id.variantKey)
            \(tx.dialect.forShare)
            """)
        _ = try tx.rows("SELECT 1 FROM products WHERE id = \(id.product) \(tx.dialect.forShare)")
    }

    /// What a variant has from its product.
    private static let shared: Query =
        "p.compare_at_price, p.tax_class, COALESCE(p.weight_grams, 0), p.vendor_id, p.category_id"

    private static func whole(_ ids: [ProductID]) -> Query {
        """
        SELECT p.price, CASE WHEN p.has_variants = 1 THEN 0 ELSE p.is_listed END, NULL, 0, p.id, 0,
        p.name, p.slug, p.sku, '[]', \(shared), p.image_key, COALESCE(t.on_hand - t.reserved, 0)
        FROM products p LEFT JOIN stock_totals t ON t.product_id = p.id AND t.variant_key = 0 WHERE p.id IN (\(list: ids))
        """
    }

    private static func byVariant(_ ids: [VariantID]) -> Query {
        """
        SELECT p.price, CASE WHEN v.is_active = 1 THEN p.is_listed ELSE 0 END, v.price, v.price_adjustment, p.id, v.id,
        p.name, p.slug, v.sku, v.options, \(shared), COALESCE(v.image_key, p.image_key),
        COALESCE(t.on_hand - t.reserved, 0)
        FROM product_variants v JOIN products p ON p.id = v.product_id
        LEFT JOIN stock_totals t ON t.product_id = v.product_id AND t.variant_key = v.id WHERE v.id IN (\(list: ids))
        """
    }

    private struct Found: RowDecodable {
        let offer: Offer

        init(row: inout RowReader) throws {
            let (base, isListed): (Money, Bool) = try (row(), row())
            let own = VariantPrice(price: try row(), adjustment: try row())
            let id = SellableID(product: try row(), variantKey: try row())
            let price = id.variant == nil ? .own(base) : own
            offer = Offer(
                id: id, name: try row(), slug: try row(), sku: try row(), options: try VariantOption.list(row()),
                price: try price.amount(base: base), compareAtPrice: try row(), taxClass: try row(),
                weight: try row(), vendor: try row(), category: try row(), image: try row(),
                isForSale: isListed && price.isPayable(base: base), available: try row())
        }
    }
}
