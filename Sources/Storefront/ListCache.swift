import Commerce
import Synchronization

/// What is known of product lists at one revision of the catalogue: how many products each holds and, of those that are
/// asked for again, which in what order. So the pages of a list neither count it again nor walk to their place in it.
///
/// A revision that moved empties the store; it is bounded by the number of lists and of ids.
final class ListCache: Sendable {
    /// What is known of one list.
    struct Entry: Sendable {
        var count: Int
        /// In the list's order; nil until the list is asked for again.
        var ids: [ProductID]?
    }

    private struct State {
        var revision = Int.min
        var entries: [ProductList: Entry] = [:]
        var idCount = 0

        mutating func clear() {
            entries.removeAll(keepingCapacity: true)
            idCount = 0
        }
    }

    /// Lists longer than this are counted alone.
    static let longestList = 50_000
    private let mostLists: Int
    private let mostIDs: Int
    private let state = Mutex(State())

    init(mostLists: Int = 2_000, mostIDs: Int = 1_000_000) {
        self.mostLists = mostLists
        self.mostIDs = mostIDs
    }

    func entry(_ list: ProductList, at revision: Int) -> Entry? {
        state.withLock { $0.revision == revision ? $0.entries[list] : nil }
    }

    /// Keeps what was read of a list after `revision` was taken; ignored where a later revision is known.
    func keep(_ entry: Entry, for list: ProductList, at revision: Int) {
        state.withLock { state in
            guard revision >= state.revision else { return }
            if revision > state.revision {
                state.clear()
                state.revision = revision
            }
            var entry = entry
            if entry.count > Self.longestList { entry.ids = nil }
            let more = (entry.ids?.count ?? 0) - (state.entries[list]?.ids?.count ?? 0)
            if state.entries.count >= mostLists || state.idCount + more > mostIDs { state.clear() }
            state.idCount += (entry.ids?.count ?? 0) - (state.entries[list]?.ids?.count ?? 0)
            state.entries[list] = entry
        }
    }
}
