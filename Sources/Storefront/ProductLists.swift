import Catalog
import Commerce
import Primitives
import SQL
import Web

/// Reads pages of product lists, in at most four statements, five where variants have prices of their own.
struct ProductLists: Sendable {
    private let currency: Currency
    private let cache = ListCache()
    private let items = ItemCache()
    /// The facet tables by the filter that finds their products; at most this many products in sum, 24 bytes each.
    private let facetTables = RevisionCache<ProductFilter, FacetTable>(limit: 500_000)

    init(currency: Currency) {
        self.currency = currency
    }

    /// Returns a page of a list as responses show it.
    ///
    /// - Throws: `NotFound` where the list has no such page, `SQLError`.
    func page(
        _ list: ProductList, _ page: PageRequest, of call: APIRequest, _ connection: Connection
    ) throws -> Page<ListedItem> {
        guard !list.filter.isEmpty else { return try Page([], count: 0, page, of: call) }
        let revision = try RevisionQueries.current(connection)
        let (chosen, count) = try choose(list, page, at: revision, connection)
        let listed =
            switch chosen {
            case .ids(let ids): try self.listed(ids, call.baseURL, at: revision, connection)
            case .rows(let rows): try encode(rows, call.baseURL, at: revision).map(\.item)
            }
        return try Page(listed, count: count, page, of: call)
    }

    /// Counts what further filters would leave of a list.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    func facets(_ list: ProductList, _ connection: Connection) throws -> Facets {
        let filter = list.filter
        guard !filter.isEmpty else { return .none }
        let revision = try RevisionQueries.current(connection)
        let scope = try filter.category.map { Set(try CategoryQueries.visibleSubtree($0, connection)) }
        let found = try facetTable(filter, at: revision, connection).facets(filter, in: scope, currency)
        guard found.areOfNothing, let text = filter.search,
            let corrected = try SpellingQueries.corrected(text, connection)
        else { return found }
        var better = filter
        better.search = corrected
        return try facetTable(better, at: revision, connection).facets(better, in: scope, currency)
    }

    private func facetTable(
        _ filter: ProductFilter, at revision: Int, _ connection: Connection
    ) throws -> FacetTable {
        let key = filter.withoutFacets
        if let kept = facetTables.value(key, at: revision) { return kept }
        let table = try FacetQueries.table(key, connection)
        facetTables.keep(table, for: key, weight: table.rows.count + 1, at: revision)
        return table
    }

    /// The products of a page: by their ids where the list is cached, otherwise as whole rows.
    private enum Chosen {
        case ids([ProductID])
        case rows([ProductRow])
    }

    /// Returns a page's products and the length of the whole list.
    private func choose(
        _ list: ProductList, _ page: PageRequest, at revision: Int, _ connection: Connection
    ) throws -> (Chosen, count: Int) {
        let whole = list.ofAnyPrice
        if let kept = cache.list(whole, at: revision) { return try part(of: kept, list, page) }
        let categories = try list.filter.category.map { try CategoryQueries.visibleSubtree($0, connection) }
        if categories?.isEmpty == true { return (.ids([]), 0) }
        if list.needsSorting || (cache.visit(whole, at: revision) && isShort(whole, at: revision)) {
            let kept = try snapshot(whole, in: categories, connection)
            cache.keep(kept, for: whole, at: revision)
            cache.keep(count: kept.count, of: whole, at: revision)
            return try part(of: kept, list, page)
        }
        let count =
            try cache.count(list, at: revision) ?? ProductListQueries.count(list, in: categories, connection)
        cache.keep(count: count, of: list, at: revision)
        try page.check(count)
        return (.rows(try ProductListQueries.page(list, in: categories, page, connection)), count)
    }

    /// Returns the whole list; where a search finds nothing, what it finds after correction of its spelling.
    private func snapshot(
        _ whole: ProductList, in categories: [CategoryID]?, _ connection: Connection
    ) throws -> ListSnapshot {
        let found = try ProductListQueries.whole(whole, in: categories, connection)
        guard found.count == 0, let text = whole.filter.search,
            let corrected = try SpellingQueries.corrected(text, connection)
        else { return found }
        var better = whole
        better.filter.search = corrected
        return try ProductListQueries.whole(better, in: categories, connection)
    }

    /// Returns false where the list is known to be too long to be cached.
    private func isShort(_ whole: ProductList, at revision: Int) -> Bool {
        cache.count(whole, at: revision).map { $0 <= ListCache.maxList } ?? true
    }

    private func part(of kept: ListSnapshot, _ list: ProductList, _ page: PageRequest) throws -> (Chosen, count: Int) {
        let (ids, count) = kept.part(
            from: list.filter.minPrice, to: list.filter.maxPrice, offset: page.offset, size: page.size)
        try page.check(count)
        return (.ids(ids), count)
    }

    /// Returns the products with these ids, in this order; one that is gone is left out.
    private func listed(
        _ ids: [ProductID], _ baseURL: String, at revision: Int, _ connection: Connection
    ) throws -> [ListedItem] {
        var known = items.items(ids, baseURL, at: revision)
        let missing = zip(ids, known).compactMap { $1 == nil ? $0 : nil }
        if !missing.isEmpty {
            let rows = try ProductListQueries.rows(missing, connection)
            let made = Dictionary(try encode(rows, baseURL, at: revision)) { first, _ in first }
            for place in known.indices where known[place] == nil { known[place] = made[ids[place]] }
        }
        return known.compactMap { $0 }
    }

    private func encode(
        _ rows: [ProductRow], _ baseURL: String, at revision: Int
    ) throws -> [(id: ProductID, item: ListedItem)] {
        let made = try rows.map { (id: $0.id, item: try ListedItem($0.item(currency, baseURL: baseURL))) }
        items.keep(made, baseURL, at: revision)
        return made
    }
}
