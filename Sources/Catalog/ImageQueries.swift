import Commerce
import Pictures
import Primitives
import SQL

/// The statements of `product_images`.
public enum ImageQueries {
    /// Returns the product's pictures, ordered by `display_order`, then by id.
    ///
    /// - Throws: `SQLError`.
    public static func all(of product: ProductID, _ connection: Connection) throws -> [ProductImage] {
        try connection.all(
            """
            SELECT \(ProductImage.columns) FROM product_images WHERE product_id = \(product) ORDER BY display_order, id
            """)
    }

    static func find(_ id: ImageID, of product: ProductID, _ connection: Connection) throws -> ProductImage? {
        try connection.first(
            "SELECT \(ProductImage.columns) FROM product_images WHERE id = \(id) AND product_id = \(product)")
    }

    /// Writes a picture, behind the others where no order is given.
    static func insert(
        _ picture: StoredPicture, of sellable: SellableID, altText: String, displayOrder: Int?, at now: Timestamp,
        _ tx: Transaction
    ) throws -> ImageID {
        let order =
            try displayOrder ?? tx.value(
                "SELECT COALESCE(MAX(display_order), -1) + 1 FROM product_images WHERE product_id = \(sellable.product)"
            )
            ?? 0
        return ImageID(
            try tx.insert(
                """
                INSERT INTO product_images (product_id, variant_id, image_key, alt_text, display_order, width, height,
                created_at) VALUES (\(sellable.product), \(sellable.variant), \(picture.key), \(altText), \(order),
                \(picture.width), \(picture.height), \(now))
                """))
    }

    static func update(
        _ id: ImageID, altText: String, displayOrder: Int, variant: VariantID?, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            UPDATE product_images SET alt_text = \(altText), display_order = \(displayOrder), variant_id = \(variant),
            version = version + 1 WHERE id = \(id)
            """)
    }

    /// Returns those of `keys` that some product's picture has.
    ///
    /// - Throws: `SQLError`.
    public static func referenced(_ keys: [String], _ connection: Connection) throws -> [String] {
        try connection.column("SELECT image_key FROM product_images WHERE image_key IN (\(list: keys))")
    }

    static func delete(_ id: ImageID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM product_images WHERE id = \(id)")
    }
}
