import Commerce
import Modules
import Primitives
import SQL

/// The statements of `wishlists` and `wishlist_items`.
enum WishlistQueries {
    /// Returns a user's wishlist with its items, in one statement; nil where there is none.
    static func read(_ user: UserID, _ connection: Connection) throws -> Wishlist? {
        let rows = try connection.all(
            """
            SELECT \(Wishlist.columns), \(WishlistItem.columns)
            FROM wishlists w LEFT JOIN wishlist_items i ON i.wishlist_id = w.id
            WHERE w.user_id = \(user) ORDER BY i.id
            """
        ) { row in (list: try Wishlist(row: &row), item: try row.optional(8, WishlistItem.init)) }
        var wishlist = rows.first?.list
        wishlist?.items = rows.compactMap(\.item)
        return wishlist
    }

    /// Locks a user's wishlist until the transaction ends; nil where there is none.
    static func lock(_ user: UserID, _ tx: Transaction) throws -> WishlistID? {
        try tx.value("SELECT id FROM wishlists WHERE user_id = \(user) \(tx.dialect.forUpdate)")
    }

    static func items(of wishlist: WishlistID, _ connection: Connection) throws -> [WishlistItem] {
        try connection.all(
            "SELECT \(WishlistItem.columns) FROM wishlist_items i WHERE i.wishlist_id = \(wishlist) ORDER BY i.id")
    }

    /// Inserts a user's wishlist.
    ///
    /// - Throws: `SQLError` of kind `.unique` where there is one.
    static func insert(_ user: UserID, at now: Timestamp, _ tx: Transaction) throws -> WishlistID {
        WishlistID(
            try tx.insert(
                "INSERT INTO wishlists (user_id, created_at, updated_at) VALUES (\(user), \(now), \(now))"))
    }

    static func touch(_ wishlist: WishlistID, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute("UPDATE wishlists SET updated_at = \(now) WHERE id = \(wishlist)")
    }

    /// Puts something on a wishlist; what happened to it so far is not told any more.
    static func insert(
        _ watched: WatchedOffer, at price: Money, _ alerts: AlertFlags, into wishlist: WishlistID, at now: Timestamp,
        _ tx: Transaction
    ) throws {
        _ = try tx.insert(
            """
            INSERT INTO wishlist_items
            \(insert: [
                "wishlist_id": wishlist, "product_id": watched.sellable.product,
                "variant_key": watched.sellable.variantKey, "price_snapshot": price,
                "notify_on_price_drop": alerts.priceDrop, "notify_on_back_in_stock": alerts.backInStock,
                "drop_seen": watched.drops, "restock_seen": watched.restocks, "added_at": now,
            ])
            """)
    }

    /// Sets an item's flags and raises its version; `seen` names those changes that happened before its wisher asked
    /// for them.
    static func setAlerts(
        _ alerts: AlertFlags, of item: WishlistItemID, seen: (drops: Int?, restocks: Int?), _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            UPDATE wishlist_items SET notify_on_price_drop = \(alerts.priceDrop),
            notify_on_back_in_stock = \(alerts.backInStock), drop_seen = COALESCE(\(seen.drops), drop_seen),
            restock_seen = COALESCE(\(seen.restocks), restock_seen), version = version + 1 WHERE id = \(item)
            """)
    }

    static func delete(_ item: WishlistItemID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM wishlist_items WHERE id = \(item)")
    }

    static func deleteItems(of wishlist: WishlistID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM wishlist_items WHERE wishlist_id = \(wishlist)")
    }

    /// Returns the item of a product on a user's list: that of the variant, or the first where none is named.
    static func find(
        _ product: ProductID, _ variant: VariantID?, of user: UserID, _ connection: Connection
    ) throws -> WishlistItemID? {
        let isVariant: Query = variant.map { "AND i.variant_key = \($0)" } ?? .empty
        return try connection.value(
            """
            SELECT i.id FROM wishlists w JOIN wishlist_items i ON i.wishlist_id = w.id
            WHERE w.user_id = \(user) AND i.product_id = \(product) \(isVariant) ORDER BY i.variant_key LIMIT 1
            """)
    }
}

/// What is known of a person.
extension WishlistQueries {
    /// The items of a user's list.
    static let archive = ArchivePart(
        "wishlist",
        ["product_id", "variant_key", "price_snapshot", "notify_on_price_drop", "notify_on_back_in_stock", "added_at"]
    ) { user in
        """
        wishlist_items WHERE wishlist_id IN (SELECT id FROM wishlists WHERE user_id = \(user.id)) ORDER BY id
        """
    }

    /// Deletes at most `limit` items of a user's list, and the list once it has none; returns the number of items.
    static func erase(_ user: UserID, limit: Int, _ tx: Transaction) throws -> Int {
        guard let wishlist = try lock(user, tx) else { return 0 }
        let items = try tx.column(
            "SELECT id FROM wishlist_items WHERE wishlist_id = \(wishlist) ORDER BY id LIMIT \(limit)",
            as: WishlistItemID.self)
        if !items.isEmpty { try tx.execute("DELETE FROM wishlist_items WHERE id IN (\(list: items))") }
        if items.count < limit { try tx.execute("DELETE FROM wishlists WHERE id = \(wishlist)") }
        return items.count
    }
}
