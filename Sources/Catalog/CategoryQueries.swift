import Commerce
import Primitives
import SQL

/// The statements of `categories`.
public enum CategoryQueries {
    /// Returns every category that the public may see, in no particular order.
    ///
    /// - Throws: `SQLError`.
    public static func visible(_ connection: Connection) throws -> [Category] {
        try connection.all("SELECT \(Category.columns) FROM categories WHERE is_visible = 1")
    }

    /// Returns every category, hidden ones included, in no particular order.
    ///
    /// - Throws: `SQLError`.
    public static func all(_ connection: Connection) throws -> [Category] {
        try connection.all("SELECT \(Category.columns) FROM categories")
    }

    /// Returns those of `keys` that some category's picture has.
    ///
    /// - Throws: `SQLError`.
    public static func referenced(_ keys: [String], _ connection: Connection) throws -> [String] {
        try connection.column("SELECT image_key FROM categories WHERE image_key IN (\(list: keys))")
    }

    /// Returns the category that `reference` names, hidden ones included.
    ///
    /// - Throws: `SQLError`.
    public static func find(_ reference: Reference, _ connection: Connection) throws -> Category? {
        try connection.first("SELECT \(Category.columns) FROM categories WHERE \(reference.condition)")
    }

    /// Returns the ids of the visible category that `reference` names and of those below it; none where there is none.
    ///
    /// - Throws: `SQLError`.
    public static func visibleSubtree(_ reference: Reference, _ connection: Connection) throws -> [CategoryID] {
        try subtree(reference, "AND top.is_visible = 1 AND below.is_visible = 1", connection)
    }

    /// Returns the ids of the category that `reference` names and of all below it, hidden ones included; none where
    /// there is none.
    ///
    /// - Throws: `SQLError`.
    public static func subtree(_ reference: Reference, _ connection: Connection) throws -> [CategoryID] {
        try subtree(reference, .empty, connection)
    }

    private static func subtree(
        _ reference: Reference, _ seen: Query, _ connection: Connection
    ) throws -> [CategoryID] {
        let condition: Query =
            switch reference {
            case .id(let id): "top.id = \(id)"
            case .slug(let slug): "top.slug = \(slug)"
            }
        return try connection.column(
            """
            SELECT below.id FROM categories top JOIN categories below
            ON below.path >= top.path AND below.path < \(end(of: connection.dialect))
            WHERE \(condition) \(seen)
            """)
    }

    /// Returns the category, locked until the transaction ends, so that neither it nor its visibility changes.
    static func lock(_ reference: Reference, _ tx: Transaction) throws -> Category? {
        try tx.first(
            "SELECT \(Category.columns) FROM categories WHERE \(reference.condition) \(tx.dialect.forUpdate)")
    }

    /// Returns the categories that are shown and have products of a vendor; none of them changes until the transaction
    /// ends.
    static func visible(with vendor: VendorID, _ tx: Transaction) throws -> [CategoryID] {
        try tx.column(
            """
            SELECT id FROM categories WHERE is_visible = 1
            AND id IN (SELECT category_id FROM products WHERE vendor_id = \(vendor)) ORDER BY id \(tx.dialect.forShare)
            """)
    }

    /// Returns the whole tree, locked until the transaction ends: for changes of its shape.
    static func lockAll(_ tx: Transaction) throws -> [Category] {
        try tx.all("SELECT \(Category.columns) FROM categories ORDER BY id \(tx.dialect.forUpdate)")
    }

    /// Returns the slugs taken already that `slug` may collide with.
    static func slugs(like slug: Slug, _ tx: Transaction) throws -> Set<String> {
        Set(try tx.column("SELECT slug FROM categories WHERE \(slug.family)", as: String.self))
    }

    /// Inserts a category without a path, which follows by `setPath` once the id is known.
    static func insert(
        _ draft: CategoryDraft, slug: String, isVisible: Bool, at now: Timestamp, _ tx: Transaction
    ) throws -> CategoryID {
        CategoryID(
            try tx.insert(
                """
                INSERT INTO categories
                (parent_id, name, slug, description, display_order, is_active, is_visible, created_at, updated_at)
                VALUES (\(draft.parentID), \(draft.name), \(slug), \(draft.description), \(draft.displayOrder),
                \(draft.isActive), \(isVisible), \(now), \(now))
                """))
    }

    /// Sets the path of one category; those below it keep theirs.
    static func setPath(_ path: String, of id: CategoryID, _ tx: Transaction) throws {
        try tx.execute("UPDATE categories SET path = \(path) WHERE id = \(id)")
    }

    /// Writes what staff chose and raises the version; path and visibility are left alone.
    static func update(_ draft: CategoryDraft, _ id: CategoryID, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE categories SET name = \(draft.name), description = \(draft.description), parent_id = \(draft.parentID),
            display_order = \(draft.displayOrder), is_active = \(draft.isActive), version = version + 1,
            updated_at = \(now) WHERE id = \(id)
            """)
    }

    /// Puts a category in another place among its siblings and raises the version.
    static func setOrder(_ order: Int, of id: CategoryID, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE categories SET display_order = \(order), version = version + 1, updated_at = \(now) WHERE id = \(id)
            """)
    }

    /// Gives a category another name in addresses.
    static func setSlug(_ slug: Slug, of id: CategoryID, _ tx: Transaction) throws {
        try tx.execute("UPDATE categories SET slug = \(slug.description) WHERE id = \(id)")
    }

    /// Sets the media key of the picture, nil for none, and raises the version.
    static func setImage(_ key: String?, of id: CategoryID, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE categories SET image_key = \(key), version = version + 1, updated_at = \(now) WHERE id = \(id)
            """)
    }

    /// Puts the subtree at `path` under another: an id stands once in a path, so `path` is found once in each.
    static func movePaths(from path: String, to other: String, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE categories SET path = REPLACE(path, \(path), \(other))
            WHERE path >= \(path) AND path < \(CategoryPath.end(path))
            """)
    }

    /// Marks categories as seen by the public or hidden from it.
    static func setVisible(_ isVisible: Bool, _ ids: [CategoryID], _ tx: Transaction) throws {
        guard !ids.isEmpty else { return }
        try tx.execute("UPDATE categories SET is_visible = \(isVisible) WHERE id IN (\(list: ids))")
    }

    /// Returns whether any category lies directly below.
    static func hasChildren(_ id: CategoryID, _ tx: Transaction) throws -> Bool {
        try tx.value("SELECT COUNT(*) FROM categories WHERE parent_id = \(id)", as: Int.self) ?? 0 > 0
    }

    /// Deletes a row that nothing refers to.
    static func delete(_ id: CategoryID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM categories WHERE id = \(id)")
    }

    private static func end(of dialect: Dialect) -> Query {
        switch dialect {
        case .sqlite: "substr(top.path, 1, length(top.path) - 1) || '0'"
        case .mysql: "CONCAT(SUBSTRING(top.path, 1, CHAR_LENGTH(top.path) - 1), '0')"
        }
    }
}
