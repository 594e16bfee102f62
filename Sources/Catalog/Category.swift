import Commerce
import Primitives
import SQL

/// A category in the catalog's tree.
public struct Category: Sendable, Hashable {
    /// The primary key, which also stands in `path`.
    public let id: CategoryID
    /// The category directly above; nil for a root.
    public let parentID: CategoryID?
    /// The name shown to shoppers, 1 to 200 characters.
    public let name: String
    /// The unique name in URLs; it stays when the category is renamed.
    public let slug: String
    /// Plain text shown on the category's page; may be empty.
    public let description: String
    /// The media key of its picture.
    public let imageKey: String?
    /// The ids from the root to this category between slashes: `/1/7/`.
    public let path: String
    /// Its place among the categories with the same parent, the lowest first; those of one place go by name.
    public let displayOrder: Int
    /// Whether staff switched the category on; ``isVisible`` says whether the public sees it.
    public let isActive: Bool
    /// Whether it and all categories above it are active.
    public let isVisible: Bool
    /// Counts changes of the row, for `If-Match`.
    public let version: Int
    /// The moment at which the category was created, in UTC.
    public let createdAt: Timestamp
    /// The moment of the last change that raised `version`, in UTC.
    public let updatedAt: Timestamp

    /// The number of categories above this one: 0 for a root.
    public var depth: Int { CategoryPath.depth(path) }
}

/// The properties of a category that staff choose.
public struct CategoryDraft: Sendable, Hashable {
    /// The name shown to shoppers, 1 to 200 characters.
    public var name = ""
    /// Plain text; may be empty.
    public var description = ""
    /// The category directly above; nil makes it a root.
    public var parentID: CategoryID?
    /// Its place among the categories with the same parent.
    public var displayOrder = 0
    /// Whether staff switch the category on.
    public var isActive = true

    /// Creates an active root without a name.
    public init() {}

    /// Copies the properties of a stored category.
    public init(_ category: Category) {
        self.name = category.name
        self.description = category.description
        self.parentID = category.parentID
        self.displayOrder = category.displayOrder
        self.isActive = category.isActive
    }
}

/// The ids from the root down to a category, as text whose order keeps every subtree together.
enum CategoryPath {
    /// How many levels the tree may have.
    static let levels = 8

    static func of(_ id: CategoryID, under parent: String?) -> String { (parent ?? "/") + "\(id)/" }

    static func depth(_ path: String) -> Int { path.utf8.count { $0 == UInt8(ascii: "/") } - 2 }

    /// Returns the end of the subtree's range, itself outside: `0` follows `/` in ASCII.
    static func end(_ path: String) -> String { path.dropLast() + "0" }
}

extension Category: RowDecodable {
    static let columns: Query = """
        id, parent_id, name, slug, description, image_key, path, display_order, is_active, is_visible, version, created_at,
        updated_at
        """

    /// Decodes a row of `columns`.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        self.id = try row()
        self.parentID = try row()
        self.name = try row()
        self.slug = try row()
        self.description = try row()
        self.imageKey = try row()
        self.path = try row()
        self.displayOrder = try row()
        self.isActive = try row()
        self.isVisible = try row()
        self.version = try row()
        self.createdAt = try row()
        self.updatedAt = try row()
    }
}
