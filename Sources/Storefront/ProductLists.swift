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
        guard !list.filter.isEmpty else { return ([], try checked(0, page)) }
        let revision = try RevisionQueries.current(connection)
        let known = cache.entry(list, at: revision)
        if let ids = known?.ids { return try slice(ids, page, connection) }
        let categories = try list.filter.category.map { try CategoryQueries.visibleSubtree($0, connection) }
        if categories?.isEmpty == true { return ([], try checked(0, page)) }
        if list.isWhole || (known.map { $0.count <= ListCache.longestList } ?? false) {
            let ids = try ProductListQueries.ids(list, in: categories, connection)
            cache.keep(ListCache.Entry(count: ids.count, ids: ids), for: list, at: revision)
            return try slice(ids, page, connection)
        }
        let count = try known?.count ?? ProductListQueries.count(list, in: categories, connection)
        cache.keep(ListCache.Entry(count: count), for: list, at: revision)
        _ = try checked(count, page)
        return (try ProductListQueries.page(list, in: categories, page, connection), count)
    }

    private func slice(
        _ ids: [ProductID], _ page: PageRequest, _ connection: Connection
    ) throws -> (rows: [ProductRow], count: Int) {
        _ = try checked(ids.count, page)
        let wanted = Array(ids.dropFirst(page.offset).prefix(page.size))
        return (try ProductListQueries.rows(wanted, connection), ids.count)
    }

    private func checked(_ count: Int, _ page: PageRequest) throws -> Int {
        try page.check(count)
        return count
    }
}
