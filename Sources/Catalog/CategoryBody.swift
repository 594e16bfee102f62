import Commerce
import Pictures
import Primitives
import Web

/// A category with those below it.
public struct CategoryBody: ResponseBody {
    /// The id of the category, by which requests name it.
    public let id: CategoryID
    /// The name shown to shoppers.
    public let name: String
    /// The unique name in URLs, which requests may use in place of the id.
    public let slug: String
    /// Plain text; empty where staff wrote none.
    public let description: String
    /// The category directly above; null for a root.
    public let parent: CategoryID?
    /// The whole URL of its picture.
    public let image: String?
    /// Its place among the categories with the same parent, the lowest first; those of one place go by name.
    public let displayOrder: Int
    /// Whether staff switched it on; an active category below an inactive one is hidden all the same.
    public let isActive: Bool
    /// The version to send as `If-Match` with a change.
    public let version: Int
    /// The moment of creation, in UTC.
    public let createdAt: Timestamp
    /// The moment of the last change, in UTC.
    public let updatedAt: Timestamp
    /// The categories directly below, each with its own, in their order.
    public let subcategories: [CategoryBody]

    init(_ category: Category, subcategories: [CategoryBody], baseURL: String) {
        self.id = category.id
        self.name = category.name
        self.slug = category.slug
        self.description = category.description
        self.parent = category.parentID
        self.image = category.imageKey.map { MediaURL.of($0, baseURL) }
        self.displayOrder = category.displayOrder
        self.isActive = category.isActive
        self.version = category.version
        self.createdAt = category.createdAt
        self.updatedAt = category.updatedAt
        self.subcategories = subcategories
    }
}

/// Categories as answers show them: each with those below it, in the order that staff chose, then by name.
public struct CategoryForest: Sendable {
    private let below: [CategoryID?: [Category]]
    private let baseURL: String

    /// Arranges `categories` by parent, chosen order and folded name; one whose parent is not among them appears only by
    /// ``body(of:)``.
    public init(_ categories: [Category], baseURL: String) {
        self.below = Dictionary(grouping: categories.inOrder, by: \.parentID)
        self.baseURL = baseURL
    }

    /// The categories without a parent, in their order.
    public var roots: [Category] { below[nil] ?? [] }

    /// Every category that lies below a root, or is one: each before those below it.
    public var all: [Category] { roots.flatMap(branch) }

    private func branch(_ category: Category) -> [Category] {
        [category] + (below[category.id] ?? []).flatMap(branch)
    }

    /// Returns `category` with everything below it.
    public func body(of category: Category) -> CategoryBody {
        CategoryBody(
            category, subcategories: (below[category.id] ?? []).map { body(of: $0) }, baseURL: baseURL)
    }
}
