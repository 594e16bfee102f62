import Commerce
import SQL

/// The statements of `wishlist_offers`. Rows are locked by ascending key, after stock and products.
enum WatchQueries {
    /// Locks what is watched under a key until the transaction ends; nil where nobody wishes for it.
    static func lock(_ sellable: SellableID, _ tx: Transaction) throws -> WatchedOffer? {
        try tx.first(
            """
            SELECT \(WatchedOffer.columns) FROM wishlist_offers
            WHERE product_id = \(sellable.product) AND variant_key = \(sellable.variantKey) \(tx.dialect.forUpdate)
            """)
    }

    /// Locks all that is watched of these products.
    static func lock(_ products: [ProductID], _ tx: Transaction) throws -> [WatchedOffer] {
        try tx.all(
            """
            SELECT \(WatchedOffer.columns) FROM wishlist_offers WHERE product_id IN (\(list: products))
            ORDER BY product_id, variant_key \(tx.dialect.forUpdate)
            """)
    }

    /// Locks the next rows after a key.
    static func lock(after last: SellableID, limit: Int, _ tx: Transaction) throws -> [WatchedOffer] {
        try tx.all(
            """
            SELECT \(WatchedOffer.columns) FROM wishlist_offers WHERE product_id >= \(last.product)
            AND (product_id > \(last.product) OR variant_key > \(last.variantKey))
            ORDER BY product_id, variant_key LIMIT \(limit) \(tx.dialect.forUpdate)
            """)
    }

    /// Inserts what is watched from now on.
    ///
    /// - Throws: `SQLError` of kind `.unique` where it is watched already.
    static func insert(_ watched: WatchedOffer, _ tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO wishlist_offers (\(WatchedOffer.columns)) VALUES (\(watched.sellable.product),
            \(watched.sellable.variantKey), \(watched.price), \(watched.isAvailable), \(watched.drops),
            \(watched.dropFrom), \(watched.restocks))
            """)
    }

    static func update(_ watched: WatchedOffer, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE wishlist_offers SET price = \(watched.price), is_available = \(watched.isAvailable),
            drops = \(watched.drops), drop_from = \(watched.dropFrom), restocks = \(watched.restocks)
            WHERE product_id = \(watched.sellable.product) AND variant_key = \(watched.sellable.variantKey)
            """)
    }

    /// Returns what is watched of these products although nobody wishes for it any more.
    static func unwished(of products: [ProductID], _ connection: Connection) throws -> [SellableID] {
        guard !products.isEmpty else { return [] }
        return try connection.all(
            """
            SELECT o.product_id, o.variant_key FROM wishlist_offers o WHERE o.product_id IN (\(list: products))
            AND NOT EXISTS (SELECT 1 FROM wishlist_items i
            WHERE i.product_id = o.product_id AND i.variant_key = o.variant_key)
            """
        ) { SellableID(product: try $0(), variantKey: try $0()) }
    }

    static func delete(_ sellables: [SellableID], _ tx: Transaction) throws {
        guard !sellables.isEmpty else { return }
        let keys = sellables.map { "(product_id = \($0.product) AND variant_key = \($0.variantKey))" as Query }
        try tx.execute("DELETE FROM wishlist_offers WHERE \(keys.joined(by: " OR "))")
    }
}
