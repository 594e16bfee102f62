import Commerce
import Pictures
import Primitives
import Web

/// A category with those below it.
public struct CategoryBody: ResponseBody {
    public let id: CategoryID
    public let name: String
    public let slug: String
    public let description: String
    public let parent: CategoryID?
    /// The whole URL of its picture.
    public let image: String?
    public let isActive: Bool
    public let version: Int
    public let createdAt: Timestamp
    public let updatedAt: Timestamp
    public let subcategories: [CategoryBody]

    init(_ category: Category, subcategories: [CategoryBody], baseURL: String) {
        self.id = category.id
        self.name = category.name
        self.slug = category.slug
        self.description = category.description
        self.parent = category.parentID
        self.image = category.imageKey.map { MediaURL.of($0, baseURL) }
        self.isActive = category.isActive
        self.version = category.version
        self.createdAt = category.createdAt
        self.updatedAt = category.updatedAt
        self.subcategories = subcategories
    }

    enum CodingKeys: String, CodingKey {
        case id, name, slug, description, parent, image
        case isActive = "is_active"
        case version
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case subcategories
    }
}

/// Categories as answers show them: each with those below it, by name.
public struct CategoryForest: Sendable {
    private let below: [CategoryID?: [Category]]
    private let baseURL: String

    /// Only what hangs together down from a root or from ``body(of:)`` is shown.
    public init(_ categories: [Category], baseURL: String) {
        let ordered = categories.map { (key: TextFolding.fold($0.name), category: $0) }
            .sorted { ($0.key, $0.category.id) < ($1.key, $1.category.id) }
        self.below = Dictionary(grouping: ordered.map(\.category), by: \.parentID)
        self.baseURL = baseURL
    }

    /// The categories without a parent, by name.
    public var roots: [Category] { below[nil] ?? [] }

    /// `category` with everything below it.
    public func body(of category: Category) -> CategoryBody {
        CategoryBody(
            category, subcategories: (below[category.id] ?? []).map { body(of: $0) }, baseURL: baseURL)
    }
}
