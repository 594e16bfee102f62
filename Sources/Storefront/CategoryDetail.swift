import Catalog
import Commerce
import Primitives
import Web

/// A category with those below it and a page of the products in all of them.
struct CategoryDetail: ResponseBody {
    let id: CategoryID
    let name: String
    let slug: String
    let description: String
    let parent: CategoryID?
    let image: String?
    let isActive: Bool
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp
    let subcategories: [CategoryBody]
    let products: Page<ListedItem>

    init(_ body: CategoryBody, products: Page<ListedItem>) {
        self.id = body.id
        self.name = body.name
        self.slug = body.slug
        self.description = body.description
        self.parent = body.parent
        self.image = body.image
        self.isActive = body.isActive
        self.version = body.version
        self.createdAt = body.createdAt
        self.updatedAt = body.updatedAt
        self.subcategories = body.subcategories
        self.products = products
    }

    enum CodingKeys: String, CodingKey {
        case id, name, slug, description, parent, image
        case isActive = "is_active"
        case version
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case subcategories, products
    }
}
