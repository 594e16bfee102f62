import Commerce
import SQL

/// The index of the search as a whole.
public enum SearchIndex {
    /// The rules by which ``SearchIndexWords`` cuts and folds: moved whenever they change.
    static let version = 1
    private static let productsAtOnce = 100

    /// Indexes every product where the index was emptied or filled by other rules, some products a transaction. After
    /// an interruption it resumes where it stopped; several processes share the work.
    ///
    /// - Returns: the number of products indexed.
    /// - Throws: `SQLError`.
    @discardableResult
    public static func rebuild(_ database: any Database) async throws -> Int {
        guard try await database.read({ try SearchIndexQueries.isBehind(version, $0) }) else { return 0 }
        var count = 0
        while let done = try await database.write({ try indexSome($0) }) { count += done }
        return count
    }

    /// Indexes the next products; nil when none are left.
    private static func indexSome(_ tx: Transaction) throws -> Int? {
        guard let last = try SearchIndexQueries.progress(toward: version, tx) else { return nil }
        let products = try SearchIndexQueries.products(after: last, limit: productsAtOnce, tx)
        let variants = try CatalogRecordQueries.variants(of: products.map(\.id), tx)
        for product in products {
            let drafts = (variants[product.id] ?? []).map(\.draft)
            try SearchQueries.replace(product.id, product.draft.searchable(with: drafts), tx)
            try SearchIndexQueries.setNameKey(product, tx)
        }
        if !products.isEmpty { tx.catalogChanged() }
        try SearchIndexQueries.advance(to: products.count < productsAtOnce ? nil : products.last?.id, version, tx)
        return products.count
    }
}
