import Catalog
import Commerce
import Primitives
import Web

/// A category with those below it, and in the same object a page of the products in them all.
struct CategoryDetail: ResponseBody {
    let category: CategoryBody
    let products: Page<ListedItem>

    private enum CodingKeys: CodingKey {
        case products
    }

    init(_ category: CategoryBody, products: Page<ListedItem>) {
        self.category = category
        self.products = products
    }

    init(from decoder: any Decoder) throws {
        category = try CategoryBody(from: decoder)
        products = try decoder.container(keyedBy: CodingKeys.self).decode(Page<ListedItem>.self, forKey: .products)
    }

    func encode(to encoder: any Encoder) throws {
        try category.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(products, forKey: .products)
    }
}
