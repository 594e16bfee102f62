import Catalog
import Commerce
import HTTPTypes
import Pictures
import Primitives
import SQL
import Web

/// The endpoints of the catalog as staff see it, with products that wait for approval, are inactive or are hidden.
public struct StaffCatalogRoutes: Sendable {
    /// The permission to change the catalog, which includes seeing all of it.
    private static let permission = "products.edit"

    private static let access = Access.staff(permission)

    let database: any Database
    let catalog: StaffCatalog
    private let counts = CategoryCounts()

    init(database: any Database, catalog: StaffCatalog) {
        self.database = database
        self.catalog = catalog
    }

    /// The endpoints by which staff read products and categories, hidden ones included.
    public var group: EndpointGroup {
        EndpointGroup(
            "Catalog for staff", "The whole catalog, also what shoppers do not see.",
            [
                Endpoint(
                    .get, "/api/admin/products/", "Lists all products that are not deleted.", access: Self.access,
                    use: listProducts
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/admin/products/{product}/",
                    "Shows a product with all of its variants, whatever the public sees.", access: Self.access,
                    use: showProduct
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/admin/categories/",
                    "Lists root categories, each with its subcategories, hidden ones too.", access: Self.access,
                    use: listCategories
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/admin/categories/{category}/",
                    "Shows a category with those below it, hidden ones too.", access: Self.access, use: showCategory
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/admin/category-tree/",
                    "Lists all categories in the order of their tree, each with how many products it holds.",
                    access: Self.access, use: listTree
                ).refusing(.notFound),
            ])
    }

    private func listProducts(_ call: APIRequest, _ input: CatalogInput) async throws -> Page<StaffCatalogItem> {
        let found = try await database.read { try catalog.products(input.filter, by: input.ordering, input.page, $0) }
        return try Page(found, input.page, of: call) {
            StaffCatalogItem($0, catalog.currency, baseURL: call.baseURL)
        }
    }

    private func showProduct(_ call: APIRequest, _: NoInput) async throws -> ProductDetail {
        let reference = Reference(try call.text("product"))
        return try await database.read { try catalog.product(reference, baseURL: call.baseURL, $0) }
    }

    private func listCategories(_ call: APIRequest, _ input: CategoryListInput) async throws -> Page<CategoryBody> {
        try input.page(of: try await database.read { try catalog.categories($0) }, call)
    }

    private func listTree(_ call: APIRequest, _ input: CategoryTreeInput) async throws -> Page<CategoryListItem> {
        let (categories, counts) = try await database.read { try (catalog.categories($0), self.counts.read($0)) }
        let found = CategoryOverview(categories, counts: counts, baseURL: call.baseURL).items.filter(input.includes)
        try input.page.check(found.count)
        let wanted = found.dropFirst(input.page.offset).prefix(input.page.size)
        return try Page(Array(wanted), count: found.count, input.page, of: call)
    }

    private func showCategory(_ call: APIRequest, _: NoInput) async throws -> CategoryBody {
        let reference = Reference(try call.text("category"))
        let all = try await database.read { try catalog.categories($0) }
        guard let found = all.first(where: { reference.names($0.id.rawValue, $0.slug) }) else { throw NotFound() }
        return CategoryForest(all, baseURL: call.baseURL).body(of: found)
    }
}

/// The query parameters of a list of products for staff.
struct CatalogInput: Input {
    let filter: StaffCatalogQueries.Filter
    let ordering: Ordering<StaffCatalogQueries.SortKey>
    let page: PageRequest

    init(_ fields: Fields) {
        filter = StaffCatalogQueries.Filter(
            approval: fields.optionalChoice("approval_status", of: ApprovalStatus.self),
            isActive: fields.optionalBoolean("is_active"), isListed: fields.optionalBoolean("is_listed"),
            isFeatured: fields.optionalBoolean("is_featured"),
            vendor: fields.optionalString("vendor").map { Reference($0) },
            category: fields.optionalString("category").map { Reference($0) }, search: fields.optionalString("search"),
            ids: fields.optionalIDs("ids"))
        ordering = fields.ordering(Ordering(.createdAt, descending: true))
        page = fields.page()
    }
}

/// A product in a list for staff: the public list's item, and its state.
struct StaffCatalogItem: ResponseBody {
    struct Status: Codable, Sendable {
        let isActive: Bool
        let approvalStatus: ApprovalStatus
        /// Whether the public sees it.
        let isListed: Bool
        let version: Int
        let createdAt: Timestamp
        let updatedAt: Timestamp
    }

    let item: ProductItem
    /// The whole URL of a small size of its first picture.
    let thumbnail: String?
    /// The product's own price: the one that requests set, and that its variants' adjustments start from.
    let basePrice: Price
    let status: Status

    init(_ row: CatalogRow, _ currency: Currency, baseURL: String) {
        item = row.row.item(currency, baseURL: baseURL)
        thumbnail = row.row.imageKey.map { PictureURLs($0, baseURL: baseURL).thumbnail }
        basePrice = currency.price(row.row.basePrice)
        status = row.status
    }

    private enum CodingKeys: String, CodingKey {
        case thumbnail
        case basePrice
    }

    init(from decoder: any Decoder) throws {
        item = try ProductItem(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        thumbnail = try container.decodeIfPresent(String.self, forKey: .thumbnail)
        basePrice = try container.decode(Price.self, forKey: .basePrice)
        status = try Status(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
        try item.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(thumbnail, forKey: .thumbnail)
        try container.encode(basePrice, forKey: .basePrice)
        try status.encode(to: encoder)
    }
}
