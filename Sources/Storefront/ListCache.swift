import Commerce

/// The products of a list in its order, each with its prices, so that any range of prices is a part of it.
struct KeptList: Sendable {
    /// A product's place in the list, with the lowest and the highest of its prices.
    struct Entry: Sendable {
        let id: ProductID
        let lowest: Money
        let highest: Money
    }

    private let entries: [Entry]
    /// What products cost that have more than two prices, the lowest and the highest apart.
    private let between: [ProductID: [Money]]

    init(_ entries: [Entry], between: [ProductID: [Money]]) {
        self.entries = entries
        self.between = between
    }

    var count: Int { entries.count }

    /// The ids from `offset` on, at most `size`, of those in a range of prices, and how many there are in it.
    func part(
        from lowest: Money?, to highest: Money?, offset: Int, size: Int
    ) -> (ids: [ProductID], count: Int) {
        guard lowest != nil || highest != nil else {
            return (entries.dropFirst(offset).prefix(size).map(\.id), entries.count)
        }
        let range = (lowest ?? .zero, highest ?? .maximum)
        var ids: [ProductID] = []
        var count = 0
        for entry in entries where isWithin(range, entry) {
            if count >= offset, ids.count < size { ids.append(entry.id) }
            count += 1
        }
        return (ids, count)
    }

    /// Whether one of the product's prices lies in the range.
    private func isWithin(_ range: (Money, Money), _ entry: Entry) -> Bool {
        if entry.lowest >= range.0 { return entry.lowest <= range.1 }
        if entry.highest <= range.1 { return entry.highest >= range.0 }
        return between[entry.id]?.contains { $0 >= range.0 && $0 <= range.1 } ?? false
    }
}

/// What is known of product lists at one revision of the catalogue: how many products each holds and, of those that are
/// asked for again and again, which in what order. So the pages of a list neither count it again nor walk to their place.
final class ListCache: Sendable {
    /// Lists longer than this are counted alone.
    static let longestList = 50_000
    /// How often a list is asked for before it is kept: keeping costs as much as some visits.
    static let visitsBeforeKeeping = 4
    private static let mostCounts = 4_000

    private let counts = RevisionCache<ProductList, Int>(limit: mostCounts)
    private let visits = RevisionCache<ProductList, Int>(limit: mostCounts)
    private let lists: RevisionCache<ProductList, KeptList>

    /// A store of lists that hold at most `mostProducts` in sum, 24 bytes each.
    init(mostProducts: Int = 500_000) {
        lists = RevisionCache(limit: mostProducts)
    }

    func list(_ key: ProductList, at revision: Int) -> KeptList? { lists.value(key, at: revision) }

    func count(_ key: ProductList, at revision: Int) -> Int? { counts.value(key, at: revision) }

    /// Notes a visit and says whether the list has had so many at this revision that it is worth keeping.
    func visit(_ key: ProductList, at revision: Int) -> Bool {
        let visits = (visits.value(key, at: revision) ?? 0) + 1
        self.visits.keep(visits, for: key, at: revision)
        return visits > Self.visitsBeforeKeeping
    }

    func keep(count: Int, of key: ProductList, at revision: Int) { counts.keep(count, for: key, at: revision) }

    func keep(_ list: KeptList, for key: ProductList, at revision: Int) {
        guard list.count <= Self.longestList else { return }
        lists.keep(list, for: key, weight: list.count, at: revision)
    }
}
