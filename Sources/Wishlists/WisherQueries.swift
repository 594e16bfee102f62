import Commerce
import SQL

/// The statements by which alerts find who is to be told.
enum WisherQueries {
    /// An item whose wisher may have to be told.
    struct Wisher: RowDecodable {
        let item: WishlistItemID
        let user: UserID

        init(row: inout RowReader) throws {
            item = try row()
            user = try row()
        }
    }

    /// An item whose wisher is to be told, and of what.
    struct Alert: RowDecodable {
        let item: WishlistItemID
        let snapshot: Money
        let isDrop: Bool
        let isRestock: Bool

        init(row: inout RowReader) throws {
            item = try row()
            snapshot = try row()
            isDrop = try row()
            isRestock = try row()
        }
    }

    /// Returns the next items of a thing that were not told of its last changes, by ascending id.
    static func wishers(
        of watched: WatchedOffer, after last: WishlistItemID, limit: Int, _ connection: Connection
    ) throws -> [Wisher] {
        try connection.all(
            """
            SELECT i.id, w.user_id FROM wishlist_items i JOIN wishlists w ON w.id = i.wishlist_id
            WHERE i.product_id = \(watched.sellable.product) AND i.variant_key = \(watched.sellable.variantKey)
            AND i.id > \(last) AND (\(hasDropped(watched)) OR \(isBack(watched))) ORDER BY i.id LIMIT \(limit)
            """)
    }

    /// Locks those of `items` that are to be told now, as their flags are under the lock.
    static func lock(_ items: [WishlistItemID], of watched: WatchedOffer, _ tx: Transaction) throws -> [Alert] {
        guard !items.isEmpty else { return [] }
        let (dropped, back) = (hasDropped(watched), isBack(watched))
        return try tx.all(
            """
            SELECT i.id, i.price_snapshot, CASE WHEN \(dropped) THEN 1 ELSE 0 END, CASE WHEN \(back) THEN 1 ELSE 0 END
            FROM wishlist_items i WHERE i.id IN (\(list: items)) AND (\(dropped) OR \(back)) ORDER BY i.id
            \(tx.dialect.forUpdate)
            """)
    }

    /// Remembers which change the wishers of these items were told.
    static func markTold(
        drops: [WishlistItemID], restocks: [WishlistItemID], of watched: WatchedOffer, _ tx: Transaction
    ) throws {
        if !drops.isEmpty {
            try tx.execute(
                "UPDATE wishlist_items SET drop_seen = \(watched.drops) WHERE id IN (\(list: drops))")
        }
        if !restocks.isEmpty {
            try tx.execute(
                "UPDATE wishlist_items SET restock_seen = \(watched.restocks) WHERE id IN (\(list: restocks))")
        }
    }

    private static func hasDropped(_ watched: WatchedOffer) -> Query {
        guard watched.isReduced else { return "1 = 0" }
        return """
            (i.notify_on_price_drop = 1 AND i.drop_seen < \(watched.drops) AND i.price_snapshot > \(watched.price))
            """
    }

    private static func isBack(_ watched: WatchedOffer) -> Query {
        guard watched.isAvailable else { return "1 = 0" }
        return "(i.notify_on_back_in_stock = 1 AND i.restock_seen < \(watched.restocks))"
    }
}
