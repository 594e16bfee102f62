import Commerce
import Primitives
import SQL

/// A category of the catalogue's tree.
public struct Category: Sendable, Hashable {
    public let id: CategoryID
    public let parentID: CategoryID?
    public let name: String
    public let slug: String
    public let description: String
    /// The media key of its picture.
    public let imageKey: String?
    /// The ids from the root to this category between slashes: `/1/7/`.
    public let path: String
    public let isActive: Bool
    /// Whether it and all categories above it are active.
    public let isVisible: Bool
    public let version: Int
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    /// How many categories lie above this one.
    public var depth: Int { CategoryPath.depth(path) }
}

/// What staff say of a category.
public struct CategoryDraft: Sendable, Hashable {
    public var name = ""
    public var description = ""
    public var parentID: CategoryID?
    public var isActive = true

    public init() {}

    public init(_ category: Category) {
        self.name = category.name
        self.description = category.description
        self.parentID = category.parentID
        self.isActive = category.isActive
    }
}

/// The ids from the root down to a category, as text whose order keeps every subtree together.
enum CategoryPath {
    /// How many levels the tree may have.
    static let levels = 8

    static func of(_ id: CategoryID, under parent: String?) -> String { (parent ?? "/") + "\(id)/" }

    static func depth(_ path: String) -> Int { path.utf8.count { $0 == UInt8(ascii: "/") } - 2 }

    /// The end of the subtree's range, itself outside: `0` follows `/` in ASCII.
    static func end(_ path: String) -> String { path.dropLast() + "0" }
}

extension Category: RowDecodable {
    static let columns: Query = """
        id, parent_id, name, slug, description, image_key, path, is_active, is_visible, version, created_at, updated_at
        """

    public init(row: Row) throws {
        self.id = try row[0]
        self.parentID = try row[1]
        self.name = try row[2]
        self.slug = try row[3]
        self.description = try row[4]
        self.imageKey = try row[5]
        self.path = try row[6]
        self.isActive = try row[7]
        self.isVisible = try row[8]
        self.version = try row[9]
        self.createdAt = try row[10]
        self.updatedAt = try row[11]
    }
}
