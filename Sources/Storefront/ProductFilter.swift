import Catalog
import Commerce
import SQL
import Web

/// The conditions on the products of a list; nil leaves one out.
struct ProductFilter: Sendable, Hashable {
    var category: Reference?
    var vendor: Reference?
    var minPrice: Money?
    var maxPrice: Money?
    var inStock: Bool?
    var featured: Bool?
    /// Hundredths of a star.
    var minRating: Int64?
    var search: SearchText?

    init() {}

    init(_ fields: Fields) {
        category = fields.optionalString("category").map { Reference($0) }
        vendor = fields.optionalString("vendor").map { Reference($0) }
        minPrice = fields.optionalMoney("min_price")
        maxPrice = fields.optionalMoney("max_price")
        inStock = fields.optionalBoolean("in_stock")
        featured = fields.optionalBoolean("featured")
        minRating = fields.optionalDecimal("min_rating", scale: 2, in: 0...500)
        search = fields.optionalString("search").flatMap { SearchText($0) }
    }

    /// The filter without the parts that facets offer: its search, and whether products are featured.
    var withoutFacets: ProductFilter {
        var rest = ProductFilter()
        (rest.search, rest.featured) = (search, featured)
        return rest
    }

    /// Whether nothing can meet the filter.
    var isEmpty: Bool { search.map { !$0.isSearchable } ?? false }
}

/// The keys by which a list of products can be ordered.
enum ProductSortKey: String, Sendable, Hashable, CaseIterable {
    case price
    case name
    case createdAt = "created_at"
    case rating
    case popularity
}

/// A list of products: its conditions and order. Nil orders by the best match of a search, otherwise newest first.
struct ProductList: Sendable, Hashable {
    var filter = ProductFilter()
    var ordering: Ordering<ProductSortKey>?

    /// Whether finding a page means sorting or searching the whole list, so that the whole list is cached at once.
    var needsSorting: Bool {
        filter.search != nil || filter.inStock != nil || ordering?.key == .rating || ordering?.key == .popularity
    }

    /// The same list without a price range, of which this one is a part.
    var ofAnyPrice: ProductList {
        var whole = self
        whole.filter.minPrice = nil
        whole.filter.maxPrice = nil
        return whole
    }
}

/// The query parameters of a list of products.
struct ProductListInput: Input {
    let list: ProductList
    let page: PageRequest

    init(_ fields: Fields) {
        let fallback = Ordering(ProductSortKey.createdAt, descending: true)
        let (isOrdered, filter) = (fields.isPresent("ordering"), ProductFilter(fields))
        let ordering = fields.ordering(fallback)
        list = ProductList(filter: filter, ordering: isOrdered ? ordering : nil)
        page = fields.page()
    }
}

/// The query parameters of the list of all products, which also returns facets on request.
struct FacetedListInput: Input {
    let products: ProductListInput
    let wantsFacets: Bool

    init(_ fields: Fields) {
        products = ProductListInput(fields)
        wantsFacets = fields.optionalBoolean("facets") ?? false
    }
}
