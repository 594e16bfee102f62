import Commerce
import Primitives
import SQL

/// The statements of `products`.
public enum ProductQueries {
    /// Returns the id behind `reference`; nil where there is no product or it is deleted.
    ///
    /// - Throws: `SQLError`.
    public static func id(_ reference: Reference, _ connection: Connection) throws -> ProductID? {
        try connection.value("SELECT id FROM products WHERE \(reference.condition) AND deleted_at IS NULL")
    }

    static func ownership(of reference: Reference, _ connection: Connection) throws -> (
        id: ProductID, vendor: VendorID?
    )? {
        let found = try connection.tuples(
            "SELECT id, vendor_id FROM products WHERE \(reference.condition) AND deleted_at IS NULL",
            as: (ProductID, VendorID?).self)
        return found.first.map { (id: $0.0, vendor: $0.1) }
    }

    /// Locks the product until the transaction ends; nil where there is none or it is deleted.
    static func lock(_ reference: Reference, _ tx: Transaction) throws -> Product? {
        try tx.first(
            """
            SELECT \(Product.columns) FROM products WHERE \(reference.condition) AND deleted_at IS NULL
            \(tx.dialect.forUpdate)
            """)
    }

    static func slugs(like slug: Slug, _ tx: Transaction) throws -> Set<String> {
        Set(try tx.column("SELECT slug FROM products WHERE \(slug.family)", as: String.self))
    }

    static func insert(
        _ draft: ProductDraft, slug: String, isListed: Bool, vendorSells: Bool, hasVariants: Bool, at now: Timestamp,
        _ tx: Transaction
    ) throws -> ProductID {
        ProductID(
            try tx.insert(
                """
                INSERT INTO products \(insert: try draft.values() + [
                    "slug": slug, "is_listed": isListed, "vendor_sells": vendorSells, "has_variants": hasVariants,
                    "price_low": draft.price, "price_high": draft.price,
                    "approved_price": draft.approval == .approved ? draft.price : nil, "created_at": now,
                    "updated_at": now,
                ])
                """))
    }

    /// Writes what staff chose and raises the version. `listPrice` becomes both ends of what lists show; nil leaves
    /// them to its variants. `approvedPrice` is what staff approve with it; nil leaves what they approved before.
    static func update(
        _ draft: ProductDraft, isListed: Bool, vendorSells: Bool, listPrice: Money?, approvedPrice: Money?,
        _ id: ProductID, at now: Timestamp, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            UPDATE products SET \(set: try draft.values()), is_listed = \(isListed),
            vendor_sells = \(vendorSells), price_low = COALESCE(\(listPrice), price_low),
            price_high = COALESCE(\(listPrice), price_high),
            approved_price = COALESCE(\(approvedPrice), approved_price),
            version = version + 1, updated_at = \(now)
            WHERE id = \(id)
            """)
    }

    /// Gives a product another name in addresses.
    static func setSlug(_ slug: Slug, of id: ProductID, _ tx: Transaction) throws {
        try tx.execute("UPDATE products SET slug = \(slug.description) WHERE id = \(id)")
    }

    static func markDeleted(_ id: ProductID, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE products SET deleted_at = \(now), is_listed = 0, version = version + 1, updated_at = \(now)
            WHERE id = \(id)
            """)
    }

    /// Raises the version because something that belongs to the product changed: a variant or a picture.
    static func touch(_ id: ProductID, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute("UPDATE products SET version = version + 1, updated_at = \(now) WHERE id = \(id)")
    }

    /// Copies the key of the product's first picture to its own row, where lists read it.
    static func refreshImage(_ id: ProductID, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE products SET image_key = (SELECT image_key FROM product_images WHERE product_id = \(id)
            ORDER BY display_order, id LIMIT 1) WHERE id = \(id)
            """)
    }

    static func setHasVariants(_ hasVariants: Bool, _ id: ProductID, _ tx: Transaction) throws {
        try tx.execute("UPDATE products SET has_variants = \(hasVariants) WHERE id = \(id)")
    }
}

/// The effects that changes in the tree of categories have on products.
extension ProductQueries {
    static func hasLive(in category: CategoryID, _ tx: Transaction) throws -> Bool {
        try tx.value(
            "SELECT COUNT(*) FROM products WHERE category_id = \(category) AND deleted_at IS NULL", as: Int.self
        ) ?? 0 > 0
    }

    static func detachDeleted(from category: CategoryID, _ tx: Transaction) throws {
        try tx.execute(
            "UPDATE products SET category_id = NULL WHERE category_id = \(category) AND deleted_at IS NOT NULL")
    }

    static func list(inCategories ids: [CategoryID], _ tx: Transaction) throws {
        guard !ids.isEmpty else { return }
        try tx.execute(
            """
            UPDATE products SET is_listed = 1 WHERE category_id IN (\(list: ids)) AND is_active = 1
            AND approval_status = \(ApprovalStatus.approved) AND vendor_sells = 1 AND deleted_at IS NULL
            """)
    }

    static func unlist(inCategories ids: [CategoryID], _ tx: Transaction) throws {
        guard !ids.isEmpty else { return }
        try tx.execute("UPDATE products SET is_listed = 0 WHERE category_id IN (\(list: ids))")
    }
}

/// The effects that the shop's decisions on vendors have on products.
extension ProductQueries {
    /// Shows the products of a vendor that nothing else hides.
    static func list(of vendor: VendorID, inCategories ids: [CategoryID], _ tx: Transaction) throws {
        try tx.execute("UPDATE products SET vendor_sells = 1 WHERE vendor_id = \(vendor)")
        guard !ids.isEmpty else { return }
        try tx.execute(
            """
            UPDATE products SET is_listed = 1 WHERE vendor_id = \(vendor) AND is_active = 1
            AND approval_status = \(ApprovalStatus.approved) AND deleted_at IS NULL AND category_id IN (\(list: ids))
            """)
    }

    static func unlist(of vendor: VendorID, _ tx: Transaction) throws {
        try tx.execute("UPDATE products SET vendor_sells = 0, is_listed = 0 WHERE vendor_id = \(vendor)")
    }
}

extension ProductDraft {
    /// The key that lists order by: the folded name, cut to its column.
    var nameKey: String { Self.nameKey(of: name) }

    /// Returns the form in which names are compared and ordered: folded, at most 255 Unicode scalars.
    public static func nameKey(of name: String) -> String { String(TextFolding.fold(name).unicodeScalars.prefix(255)) }

    /// Returns whether the public sees the product while it is in `category`.
    func isListed(in category: Category, vendorSells: Bool) -> Bool {
        isActive && approval == .approved && category.isVisible && vendorSells
    }
}
