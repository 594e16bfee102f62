import Commerce
import Synchronization

/// The products of a list in its order, each with its price, so that any range of prices is a part of it.
struct KeptList: Sendable {
    /// A product's place in the list.
    struct Entry: Sendable {
        let id: ProductID
        let price: Money
    }

    private let entries: [Entry]

    init(_ entries: [Entry]) {
        self.entries = entries
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
        for entry in entries where entry.price >= range.0 && entry.price <= range.1 {
            if count >= offset, ids.count < size { ids.append(entry.id) }
            count += 1
        }
        return (ids, count)
    }
}

/// What is known of product lists at one revision of the catalogue: how many products each holds and, of those that are
/// asked for again and again, which in what order. So the pages of a list neither count it again nor walk to their place.
///
/// A revision that moved empties the store; it is bounded by the number of lists and of their products.
final class ListCache: Sendable {
    private struct State {
        var revision = Int.min
        var counts: [ProductList: Int] = [:]
        var visits: [ProductList: Int] = [:]
        var lists: [ProductList: KeptList] = [:]
        var weight = 0

        /// Whether what was read after `revision` was taken still says something; a later revision empties the store.
        mutating func accepts(_ revision: Int) -> Bool {
            if revision > self.revision {
                self = State()
                self.revision = revision
            }
            return revision == self.revision
        }
    }

    /// Lists longer than this are counted alone.
    static let longestList = 50_000
    /// How often a list is asked for before it is kept: keeping costs as much as some visits.
    static let visitsBeforeKeeping = 4
    private let mostCounts = 4_000
    private let mostProducts: Int
    private let state = Mutex(State())

    /// A store of lists that hold at most `mostProducts` in sum, 16 bytes each.
    init(mostProducts: Int = 500_000) {
        self.mostProducts = mostProducts
    }

    func list(_ key: ProductList, at revision: Int) -> KeptList? {
        state.withLock { $0.revision == revision ? $0.lists[key] : nil }
    }

    func count(_ key: ProductList, at revision: Int) -> Int? {
        state.withLock { $0.revision == revision ? $0.counts[key] : nil }
    }

    /// Notes a visit and says whether the list has had so many at this revision that it is worth keeping.
    func visit(_ key: ProductList, at revision: Int) -> Bool {
        state.withLock { state in
            guard state.accepts(revision) else { return false }
            if state.visits.count >= mostCounts { state.visits.removeAll(keepingCapacity: true) }
            state.visits[key, default: 0] += 1
            return state.visits[key, default: 0] > Self.visitsBeforeKeeping
        }
    }

    func keep(count: Int, of key: ProductList, at revision: Int) {
        state.withLock { state in
            guard state.accepts(revision) else { return }
            if state.counts.count >= mostCounts { state.counts.removeAll(keepingCapacity: true) }
            state.counts[key] = count
        }
    }

    func keep(_ list: KeptList, for key: ProductList, at revision: Int) {
        state.withLock { state in
            guard state.accepts(revision), list.count <= Self.longestList, state.lists[key] == nil else { return }
            if state.weight + list.count > mostProducts {
                state.lists.removeAll(keepingCapacity: true)
                state.weight = 0
            }
            state.lists[key] = list
            state.weight += list.count
        }
    }
}
