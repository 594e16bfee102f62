import Catalog
import Commerce
import HTTPTypes
import SQL
import Web

/// The endpoints of the public catalog.
public struct StorefrontRoutes: Sendable {
    let database: any Database
    let currency: Currency
    let lists: ProductLists

    /// Creates the endpoints with empty caches; prices are in `currency`.
    public init(database: any Database, currency: Currency) {
        self.database = database
        self.currency = currency
        self.lists = ProductLists(currency: currency)
    }

    public var group: EndpointGroup {
        EndpointGroup(
            "Catalogue", "Products and categories as shoppers see them.", [products, product, categories, category])
    }

    /// A reader of products as staff see them, for the responses of requests that write one.
    public var productReader: ProductReader {
        let currency = currency
        return { id, call, connection in
            let detail = try ProductDetailQueries.read(
                .id(id.rawValue), for: .staff, currency, baseURL: call.baseURL, connection)
            guard let detail else { throw NotFound() }
            return detail
        }
    }

    private var products: Endpoint {
        Endpoint(.get, "/api/products/", "Lists products by filters, search and order.", access: .anyone) {
            (call: APIRequest, input: FacetedListInput) -> ProductPage in
            try await database.read { connection in
                let products = input.products
                let page = try lists.page(products.list, products.page, of: call, connection)
                return ProductPage(
                    page, facets: input.wantsFacets ? try lists.facets(products.list, connection) : nil)
            }
        }
        .kept()
        .refusing(.notFound)
    }

    private var product: Endpoint {
        Endpoint(.get, "/api/products/{product}/", "Shows a product, by id or slug.", access: .anyone) {
            (call: APIRequest, _: NoInput) -> ProductDetail in
            let reference = Reference(try call.text("product"))
            let detail = try await database.read { connection in
                try ProductDetailQueries.read(
                    reference, for: .everyone, currency, baseURL: call.baseURL, connection)
            }
            guard let detail else { throw NotFound() }
            return detail
        }
        .kept()
        .refusing(.notFound)
    }

    private var categories: Endpoint {
        Endpoint(.get, "/api/categories/", "Lists root categories, each with its subcategories.", access: .anyone) {
            (call: APIRequest, input: CategoryListInput) -> Page<CategoryBody> in
            try input.page(of: try await database.read { try CategoryQueries.visible($0) }, call)
        }
        .kept()
        .refusing(.notFound)
    }

    private var category: Endpoint {
        Endpoint(
            .get, "/api/categories/{category}/", "Shows a category, by id or slug, with a page of its products.",
            access: .anyone
        ) { (call: APIRequest, input: ProductListInput) -> CategoryDetail in
            let reference = Reference(try call.text("category"))
            return try await database.read { connection in
                let visible = try CategoryQueries.visible(connection)
                guard let category = visible.first(where: { reference.names($0.id.rawValue, $0.slug) }) else {
                    throw NotFound()
                }
                var list = input.list
                list.filter.category = .id(category.id.rawValue)
                let body = CategoryForest(visible, baseURL: call.baseURL).body(of: category)
                return CategoryDetail(body, products: try lists.page(list, input.page, of: call, connection))
            }
        }
        .kept()
        .refusing(.notFound)
    }
}

/// The query parameters of the list of categories.
struct CategoryListInput: Input {
    enum Order: String, Sendable, CaseIterable {
        case name
        case createdAt = "created_at"
    }

    let ordering: Ordering<Order>
    let page: PageRequest

    init(_ fields: Fields) {
        ordering = fields.ordering(Ordering(.name))
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

    /// Returns `roots`, which are sorted by name, in the order asked for.
    private func ordered(_ roots: [Catalog.Category]) -> [Catalog.Category] {
        let rising =
            ordering.key == .name ? roots : roots.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
        return ordering.descending ? rising.reversed() : rising
    }
}
