import Commerce
import Primitives
import SQL

/// The statements of `carts` and `cart_items`.
enum CartQueries {
    /// Returns the owner's open cart with its lines, in one statement.
    static func open(_ owner: CartOwner, _ connection: Connection) throws -> Cart? {
        try carts([owner], lock: .empty, connection).first
    }

    /// Locks the open carts of these owners until the transaction ends.
    static func lock(_ owners: [CartOwner], _ tx: Transaction) throws -> [Cart] {
        try carts(owners, lock: tx.dialect.forUpdate, tx)
    }

    private static func carts(_ owners: [CartOwner], lock: Query, _ connection: Connection) throws -> [Cart] {
        let rows = try connection.all(
            """
            SELECT c.owner_key, c.id, c.coupon_id, c.notices, i.id, i.product_id, i.variant_key, i.quantity, i.price_snapshot
            FROM carts c LEFT JOIN cart_items i ON i.cart_id = c.id
            WHERE c.owner_key IN (\(list: owners.map(\.key))) ORDER BY c.id, i.id \(lock)
            """
        ) { row in
            (
                key: try row(String.self), id: try row(CartID.self), coupon: try row(CouponID?.self),
                notices: try row(String.self), line: try row.optional(5, line)
            )
        }
        var carts: [Cart] = []
        for row in rows {
            guard let owner = owners.first(where: { $0.key == row.key }) else { continue }
            if carts.last?.id != row.id {
                carts.append(
                    Cart(id: row.id, owner: owner, lines: [], coupon: row.coupon, notices: try notices(row.notices)))
            }
            if let line = row.line { carts[carts.count - 1].lines.append(line) }
        }
        return carts
    }

    private static func line(_ row: inout RowReader) throws -> CartLine {
        CartLine(
            id: try row(), sellable: SellableID(product: try row(), variantKey: try row()), quantity: try row(),
            snapshot: try row())
    }

    /// Inserts an open cart.
    ///
    /// - Throws: `SQLError` of kind `.unique` where the owner has one already.
    static func insert(_ owner: CartOwner, at now: Timestamp, _ tx: Transaction) throws -> CartID {
        CartID(
            try tx.insert(
                """
                INSERT INTO carts (owner_key, user_id, session_key, notices, created_at, updated_at)
                VALUES (\(owner.key), \(owner.user), \(owner.sessionKey ?? ""), '[]', \(now), \(now))
                """))
    }

    static func insert(
        _ sellable: SellableID, quantity: Int, price: Money, into cart: CartID, at now: Timestamp, _ tx: Transaction
    ) throws -> CartItemID {
        CartItemID(
            try tx.insert(
                """
                INSERT INTO cart_items (cart_id, product_id, variant_key, quantity, price_snapshot, created_at)
                VALUES (\(cart), \(sellable.product), \(sellable.variantKey), \(quantity), \(price), \(now))
                """))
    }

    static func update(_ line: CartLine, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE cart_items SET quantity = \(line.quantity), price_snapshot = \(line.snapshot) WHERE id = \(line.id)
            """)
    }

    /// Sets the quantities of lines, which are inserted where they are missing; an existing line keeps its price.
    static func put(
        _ lines: [(sellable: SellableID, quantity: Int, price: Money)], into cart: CartID, at now: Timestamp,
        _ tx: Transaction
    ) throws {
        guard !lines.isEmpty else { return }
        let rows = lines.map { line -> [SQLValue] in
            .row(
                cart, line.sellable.product, line.sellable.variantKey,
                line.quantity, line.price, now
            )
        }
        try tx.execute(
            """
            INSERT INTO cart_items (cart_id, product_id, variant_key, quantity, price_snapshot, created_at)
            VALUES \(rows: rows) \(tx.dialect.onConflict("cart_id, product_id, variant_key"))
            quantity = \(tx.dialect.excluded("quantity"))
            """)
    }

    static func delete(_ lines: [CartItemID], _ tx: Transaction) throws {
        guard !lines.isEmpty else { return }
        try tx.execute("DELETE FROM cart_items WHERE id IN (\(list: lines))")
    }

    static func deleteLines(of cart: CartID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM cart_items WHERE cart_id = \(cart)")
    }

    /// Deletes the cart with its lines.
    static func delete(_ cart: CartID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM carts WHERE id = \(cart)")
    }

    static func touch(_ cart: CartID, notices: [String], at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            "UPDATE carts SET updated_at = \(now), notices = \(try text(notices)) WHERE id = \(cart)")
    }

    static func setCoupon(_ coupon: CouponID?, of cart: CartID, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute("UPDATE carts SET coupon_id = \(coupon), updated_at = \(now) WHERE id = \(cart)")
    }

    /// Deletes guests' open carts that have not changed since `cutoff`, at most `limit` of them.
    ///
    /// - Returns: the number deleted.
    static func deleteGuests(untouchedSince cutoff: Timestamp, limit: Int, _ tx: Transaction) throws -> Int {
        let ids = try tx.column(
            """
            SELECT id FROM carts WHERE status = 'open' AND updated_at < \(cutoff) AND user_id IS NULL
            ORDER BY updated_at LIMIT \(limit) \(tx.dialect.forUpdate)
            """, as: CartID.self)
        guard !ids.isEmpty else { return 0 }
        try tx.execute("DELETE FROM carts WHERE id IN (\(list: ids))")
        return ids.count
    }

    /// Deletes a user's open cart.
    static func deleteOpen(of user: UserID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM carts WHERE user_id = \(user) AND status = 'open'")
    }

    /// Deletes up to `limit` carts that became orders before `moment`; the orders know them by their key alone.
    static func deleteOrdered(before moment: Timestamp, limit: Int, _ tx: Transaction) throws -> Int {
        let ids = try tx.column(
            """
            SELECT id FROM carts WHERE status = 'ordered' AND updated_at < \(moment) ORDER BY updated_at LIMIT \(limit)
            """, as: CartID.self)
        guard !ids.isEmpty else { return 0 }
        try tx.execute("DELETE FROM carts WHERE id IN (\(list: ids))")
        return ids.count
    }

    /// Makes a guest's cart the user's.
    ///
    /// - Throws: `SQLError` of kind `.unique` where the user has an open cart.
    static func give(
        _ cart: CartID, to user: UserID, notices: [String], at now: Timestamp, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            UPDATE carts SET owner_key = \(CartOwner.user(user).key), user_id = \(user), session_key = '',
            notices = \(try text(notices)), updated_at = \(now) WHERE id = \(cart)
            """)
    }

    /// Closes an open cart; returns false where it is no longer open.
    static func close(_ cart: CartID, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE carts SET status = 'ordered', owner_key = \("o:\(cart)"), updated_at = \(now)
            WHERE id = \(cart) AND status = 'open'
            """) == 1
    }

    static func lastOrdered(_ owner: CartOwner, _ connection: Connection) throws -> CartID? {
        let isOwners: Query =
            switch owner {
            case .user(let id): "user_id = \(id)"
            case .guest(let key): "session_key = \(key.text)"
            }
        return try connection.value(
            "SELECT id FROM carts WHERE \(isOwners) AND status = 'ordered' ORDER BY id DESC LIMIT 1")
    }

    private static func text(_ notices: [String]) throws -> String {
        String(decoding: try JSONBytes.encode(notices), as: UTF8.self)
    }

    private static func notices(_ text: String) throws -> [String] {
        guard text != "[]", case .array(let values) = try JSONValue(parsing: Array(text.utf8)) else { return [] }
        return values.compactMap { if case .string(let notice) = $0 { notice } else { nil } }
    }
}
