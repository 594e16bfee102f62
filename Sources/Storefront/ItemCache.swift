import Catalog
import Commerce
import Primitives
import Synchronization

/// A product of a list, ready to be written into any page.
typealias ListedItem = EncodedJSON<ProductItem>

/// The products of lists as JSON at one revision of the catalogue, so that a product is read and encoded once however many
/// pages show it.
///
/// A revision that moved empties the store, and so does the limit: what is asked for is soon there again.
final class ItemCache: Sendable {
    private struct State {
        var revision = Int.min
        /// By the base URL that links in the items begin with.
        var items: [String: [ProductID: ListedItem]] = [:]
        var weight = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    /// A store of at most `limit` bytes.
    init(limit: Int = 16 << 20) {
        self.limit = limit
    }

    /// What is kept of `ids`, nil for each that is not.
    func items(_ ids: [ProductID], _ baseURL: String, at revision: Int) -> [ListedItem?] {
        state.withLock { state in
            guard state.revision == revision, let items = state.items[baseURL] else {
                return Array(repeating: nil, count: ids.count)
            }
            return ids.map { items[$0] }
        }
    }

    /// Keeps items made of data read at `revision`; ignored where a later one is known.
    func keep(_ made: [(id: ProductID, item: ListedItem)], _ baseURL: String, at revision: Int) {
        guard !made.isEmpty else { return }
        // With its place in the dictionary.
        let added = made.reduce(0) { $0 + $1.item.bytes.count + 64 }
        state.withLock { state in
            guard revision >= state.revision else { return }
            if revision > state.revision || state.weight + added > limit {
                state = State(revision: revision)
            }
            for (id, item) in made { state.items[baseURL, default: [:]][id] = item }
            state.weight += added
        }
    }

    /// Bytes in use.
    var weight: Int { state.withLock { $0.weight } }
}
