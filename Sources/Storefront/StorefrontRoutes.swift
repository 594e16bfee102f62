import Catalog
import Commerce
import HTTPTypes
import SQL
import Web

/// The endpoints of the public catalog.
public struct StorefrontRoutes: Sendable {
    let database: any Database
    let catalog: PublicCatalog
    /// The catalog as staff see it.
    let staff: StaffCatalog

    /// Creates the endpoints with empty caches; prices are in `currency`.
    public init(database: any Database, currency: Currency) {
        self.database = database
        self.catalog = PublicCatalog(currency: currency)
        self.staff = StaffCatalog(currency: currency)
    }

    /// The endpoints of the public catalog.
    public var group: EndpointGroup {
        EndpointGroup(
            "Catalog", "Products and categories as shoppers see them.",
            [
                Endpoint(
                    .get, "/api/products/", "Lists products by filters, search and order.", access: .anyone,
                    use: listProducts
                ).cached().refusing(.notFound),
                Endpoint(
                    .get, "/api/products/{product}/", "Shows a product, by id or slug.", access: .anyone,
                    use: showProduct
                ).cached().refusing(.notFound),
                Endpoint(
                    .get, "/api/categories/", "Lists root categories, each with its subcategories.", access: .anyone,
                    use: listCategories
                ).cached().refusing(.notFound),
                Endpoint(
                    .get, "/api/categories/{category}/",
                    "Shows a category, by id or slug, with a page of its products.", access: .anyone, use: showCategory
                ).cached().refusing(.notFound),
            ])
    }

    /// A reader of products as staff see them, for the responses of requests that write one.
    public var productReader: ProductReader {
        let staff = staff
        return { id, call, connection in try staff.product(.id(id.rawValue), baseURL: call.baseURL, connection) }
    }

    /// Returns a reader of products as staff see them, for what is told without a request; links begin with `baseURL`. Of a vendor
    /// it tells the id alone: a name could not be found there to be erased.
    func eventReader(_ baseURL: @escaping @Sendable () -> String) -> ProductEvents.Reader {
        let currency = catalog.currency
        return { id, connection in
            try ProductDetailQueries.read(
                .id(id.rawValue), for: .staff, currency, baseURL: baseURL(), connection)?.withoutVendorName
        }
    }

    private func listProducts(_ call: APIRequest, _ input: FacetedListInput) async throws -> ProductPage {
        try await database.read { connection in
            let products = input.products
            let page = try catalog.lists.page(products.list, products.page, of: call, connection)
            return ProductPage(
                page, facets: input.wantsFacets ? try catalog.lists.facets(products.list, connection) : nil)
        }
    }

    private func showProduct(_ call: APIRequest, _: NoInput) async throws -> ProductDetail {
        let reference = Reference(try call.text("product"))
        return try await database.read { try catalog.product(reference, baseURL: call.baseURL, $0) }
    }

    private func listCategories(_ call: APIRequest, _ input: CategoryListInput) async throws -> Page<CategoryBody> {
        try input.page(of: try await database.read { try catalog.categories($0) }, call)
    }

    private func showCategory(_ call: APIRequest, _ input: ProductListInput) async throws -> CategoryDetail {
        let reference = Reference(try call.text("category"))
        return try await database.read { connection in
            let (category, visible) = try catalog.category(reference, connection)
            var list = input.list
            list.filter.category = .id(category.id.rawValue)
            let body = CategoryForest(visible, baseURL: call.baseURL).body(of: category)
            return CategoryDetail(body, products: try catalog.lists.page(list, input.page, of: call, connection))
        }
    }
}

/// The query parameters of the list of categories.
struct CategoryListInput: Input {
    enum SortKey: String, Sendable, CaseIterable {
        /// The order that staff chose.
        case displayOrder = "display_order"
        case name
        case createdAt = "created_at"
    }

    let ordering: Ordering<SortKey>
    let page: PageRequest

    init(_ fields: Fields) {
        ordering = fields.ordering(Ordering(.displayOrder))
        page = fields.page()
    }

    /// Returns the page of the roots of `categories`, each with its subcategories.
    func page(of categories: [Catalog.Category], _ call: APIRequest) throws -> Page<CategoryBody> {
        let forest = CategoryForest(categories, baseURL: call.baseURL)
        let roots = ordered(forest.roots)
        try page.check(roots.count)
        let wanted = roots.dropFirst(page.offset).prefix(page.size)
        return try Page(wanted.map(forest.body), count: roots.count, page, of: call)
    }

    /// Returns `roots`, which stand in the order that staff chose, in the order asked for.
    private func ordered(_ roots: [Catalog.Category]) -> [Catalog.Category] {
        let rising =
            switch ordering.key {
            case .displayOrder: roots
            case .name:
                roots.map { (key: TextFolding.fold($0.name), root: $0) }
                    .sorted { ($0.key, $0.root.id) < ($1.key, $1.root.id) }.map(\.root)
            case .createdAt: roots.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
            }
        return ordering.descending ? rising.reversed() : rising
    }
}
