import Catalog
import Commerce
import SQL
import Web

/// Reads pages of product lists, in at most four statements.
struct ProductLists: Sendable {
    private let cache = ListCache()

    /// The page's rows and the length of the whole list.
    ///
    /// - Throws: `NotFound` where the list has no such page.
    func read(
        _ list: ProductList, _ page: PageRequest, _ connection: Connection
    ) throws -> (rows: [ProductRow], count: Int) {
        guard !list.filter.isEmpty else { return try nothing(page) }
        let revision = try RevisionQueries.current(connection)
        let whole = list.ofAnyPrice
        if let kept = cache.list(whole, at: revision) { return try part(of: kept, list, page, connection) }
        let categories = try list.filter.category.map { try CategoryQueries.visibleSubtree($0, connection) }
        if categories?.isEmpty == true { return try nothing(page) }
        if list.needsSorting || (cache.visit(whole, at: revision) && isShort(whole, at: revision)) {
            let kept = KeptList(try ProductListQueries.entries(whole, in: categories, connection))
            cache.keep(kept, for: whole, at: revision)
            cache.keep(count: kept.count, of: whole, at: revision)
            return try part(of: kept, list, page, connection)
        }
        let count =
            try cache.count(list, at: revision) ?? ProductListQueries.count(list, in: categories, connection)
        cache.keep(count: count, of: list, at: revision)
        try page.check(count)
        return (try ProductListQueries.page(list, in: categories, page, connection), count)
    }

    /// False where the list is known to be too long to be kept.
    private func isShort(_ whole: ProductList, at revision: Int) -> Bool {
        cache.count(whole, at: revision).map { $0 <= ListCache.longestList } ?? true
    }

    private func part(
        of kept: KeptList, _ list: ProductList, _ page: PageRequest, _ connection: Connection
    ) throws -> (rows: [ProductRow], count: Int) {
        let (ids, count) = kept.part(
            from: list.filter.minPrice, to: list.filter.maxPrice, offset: page.offset, size: page.size)
        try page.check(count)
        return (try ProductListQueries.rows(ids, connection), count)
    }

    private func nothing(_ page: PageRequest) throws -> (rows: [ProductRow], count: Int) {
        try page.check(0)
        return ([], 0)
    }
}
