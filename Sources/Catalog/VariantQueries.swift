import Commerce
import Primitives
import SQL

/// The statements of `product_variants`.
enum VariantQueries {
    /// Returns the product's variants that are not deleted, in their order.
    static func all(of product: ProductID, _ connection: Connection) throws -> [ProductVariant] {
        try connection.all(
            """
            SELECT \(ProductVariant.columns) FROM product_variants
            WHERE product_id = \(product) AND deleted_at IS NULL ORDER BY position, id
            """)
    }

    /// Copies the key of each variant's first picture to its own row.
    static func refreshImages(of product: ProductID, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE product_variants SET image_key = (SELECT i.image_key FROM product_images i
            WHERE i.variant_id = product_variants.id ORDER BY i.display_order, i.id LIMIT 1)
            WHERE product_id = \(product)
            """)
    }

    /// Returns the position behind all variants that the product ever had.
    static func nextPosition(of product: ProductID, _ tx: Transaction) throws -> Int {
        try tx.value("SELECT COALESCE(MAX(position), -1) + 1 FROM product_variants WHERE product_id = \(product)") ?? 0
    }

    /// Inserts the variants from `position` on and returns their ids in the same order. Their prices are approved as they
    /// follow from `approvedBase`, the product's own; where it is nil they are not.
    static func insert(
        _ drafts: [VariantDraft], of product: ProductID, from position: Int, approvedBase: Money?, at now: Timestamp,
        _ tx: Transaction
    ) throws -> [VariantID] {
        guard !drafts.isEmpty else { return [] }
        let rows = try drafts.enumerated().map { index, draft -> ColumnValues in
            let approved = try approvedBase.map { try draft.price.amount(base: $0) }
            return try draft.values() + [
                "product_id": product, "position": position + index, "approved_price": approved, "created_at": now,
            ]
        }
        try tx.execute("INSERT INTO product_variants \(insert: rows)")
        return try tx.column(
            """
            SELECT id FROM product_variants WHERE product_id = \(product) AND position >= \(position) ORDER BY position, id
            """)
    }

    /// Writes what staff chose and raises the version. `approvedPrice` is what staff approve with it; nil leaves what they
    /// approved before.
    static func update(_ draft: VariantDraft, approvedPrice: Money?, _ id: VariantID, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE product_variants SET \(set: try draft.values()),
            approved_price = COALESCE(\(approvedPrice), approved_price), version = version + 1 WHERE id = \(id)
            """)
    }

    /// Approves what all variants of a product cost where its own price is `base`; the dearest of them is then the product's
    /// approved price, since its own is not sold.
    static func approvePrices(of product: ProductID, base: Money, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE product_variants SET approved_price = COALESCE(price,
            CASE WHEN price_adjustment + \(base) < 0 THEN 0 ELSE price_adjustment + \(base) END)
            WHERE product_id = \(product) AND deleted_at IS NULL
            """)
        try tx.execute(
            """
            UPDATE products SET approved_price = COALESCE((SELECT MAX(v.approved_price) FROM product_variants v
            WHERE v.product_id = \(product) AND v.deleted_at IS NULL), approved_price) WHERE id = \(product)
            """)
    }

    static func markDeleted(_ id: VariantID, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            "UPDATE product_variants SET deleted_at = \(now), is_active = 0, version = version + 1 WHERE id = \(id)")
    }
}
