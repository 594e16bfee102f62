import Catalog
import Commerce
import Primitives

/// A product of a list, encoded so that it can be written into any page.
typealias ListedItem = EncodedJSON<ProductItem>

/// The products of lists as JSON at one revision of the catalog, so that a product is read and encoded once however
/// many pages show it.
final class ItemCache: Sendable {
    private struct Key: Hashable {
        let id: ProductID
        /// What links in the item begin with.
        let baseURL: String
    }

    private let store: RevisionCache<Key, ListedItem>

    /// Creates a cache of at most `limit` bytes.
    init(limit: Int = 16 << 20) {
        store = RevisionCache(limit: limit)
    }

    /// Returns the cached items of `ids`, nil for each that is missing.
    func items(_ ids: [ProductID], _ baseURL: String, at revision: Int) -> [ListedItem?] {
        store.values(ids.map { Key(id: $0, baseURL: baseURL) }, at: revision)
    }

    /// Caches items made of data read at `revision`; ignored where a later one is known.
    func keep(_ made: [(id: ProductID, item: ListedItem)], _ baseURL: String, at revision: Int) {
        guard !made.isEmpty else { return }
        // With its place in the dictionary.
        let weight = made.reduce(0) { $0 + $1.item.bytes.count + 64 }
        store.keep(
            made.map { (Key(id: $0.id, baseURL: baseURL), $0.item) }, weight: weight, at: revision)
    }

    /// The bytes in use.
    var weight: Int { store.weight }
}
