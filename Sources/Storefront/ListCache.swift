import Commerce

/// The lengths of product lists at one revision of the catalog and, for those that are requested again and again, their
/// products in order. So the pages of a list neither count it again nor walk to their place.
final class ListCache: Sendable {
    /// The longest list that is cached; of longer ones only the length is.
    static let maxList = 50_000
    /// The visits after which a list is cached: caching costs as much as some visits.
    static let visitsBeforeKeeping = 4
    private static let maxCounts = 4_000

    private let counts = RevisionCache<ProductList, Int>(limit: maxCounts)
    private let visits = RevisionCache<ProductList, Int>(limit: maxCounts)
    private let lists: RevisionCache<ProductList, ListSnapshot>

    /// Creates a cache of lists that hold at most `maxProducts` in sum, 40 bytes each.
    init(maxProducts: Int = 500_000) {
        lists = RevisionCache(limit: maxProducts)
    }

    func list(_ key: ProductList, at revision: Int) -> ListSnapshot? { lists.value(key, at: revision) }

    func count(_ key: ProductList, at revision: Int) -> Int? { counts.value(key, at: revision) }

    /// Counts a visit and returns whether the list has had enough at this revision to be worth caching.
    func visit(_ key: ProductList, at revision: Int) -> Bool {
        let visits = (visits.value(key, at: revision) ?? 0) + 1
        self.visits.keep(visits, for: key, at: revision)
        return visits > Self.visitsBeforeKeeping
    }

    func keep(count: Int, of key: ProductList, at revision: Int) { counts.keep(count, for: key, at: revision) }

    func keep(_ list: ListSnapshot, for key: ProductList, at revision: Int) {
        guard list.count <= Self.maxList else { return }
        lists.keep(list, for: key, weight: list.count, at: revision)
    }
}
