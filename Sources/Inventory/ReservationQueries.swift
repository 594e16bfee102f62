import Commerce
import Primitives
import SQL

/// The statements of `reservations`.
enum ReservationQueries {
    /// The units that a reservation holds, and the stock row that holds them.
    struct Held: RowDecodable {
        let id: ReservationID
        let stock: StockID
        let sellable: SellableID
        let warehouse: WarehouseID
        var quantity: Int

        init(row: inout RowReader) throws {
            stock = try row()
            sellable = SellableID(product: try row(), variantKey: try row())
            warehouse = try row()
            quantity = try row()
            id = try row()
        }
    }

    static func insert(
        _ picks: [ParcelPlan.Pick], for order: OrderID, until deadline: Timestamp?, at now: Timestamp, _ tx: Transaction
    ) throws {
        let rows = picks.map { pick -> [SQLValue] in
            .row(
                order, pick.shelf.sellable.product, pick.shelf.sellable.variantKey,
                pick.shelf.warehouse, pick.quantity, "held", deadline, now
            )
        }
        try tx.execute(
            """
            INSERT INTO reservations
            (order_id, product_id, variant_key, warehouse_id, quantity, state, expires_at, created_at)
            VALUES \(rows: rows)
            """)
    }

    static func held(for order: OrderID, _ connection: Connection) throws -> [Held] {
        try connection.all(
            """
            SELECT s.id, r.product_id, r.variant_key, r.warehouse_id, r.quantity, r.id
            FROM reservations r JOIN stock s ON s.product_id = r.product_id AND s.variant_key = r.variant_key
            AND s.warehouse_id = r.warehouse_id
            WHERE r.order_id = \(order) AND r.state = 'held' ORDER BY s.id, r.id
            """)
    }

    /// Ends whole reservations and returns how many of them were still held.
    static func end(_ ids: [ReservationID], as state: EndState, _ tx: Transaction) throws -> Int {
        guard !ids.isEmpty else { return 0 }
        return try tx.execute(
            "UPDATE reservations SET state = \(state) WHERE id IN (\(list: ids)) AND state = 'held'")
    }

    /// Takes `parts`, which are less than their reservations hold, out of them, and inserts each as a row of its own;
    /// returns the number of reservations changed.
    static func split(
        _ parts: [Held], of order: OrderID, as state: EndState, at now: Timestamp, _ tx: Transaction
    ) throws -> Int {
        guard !parts.isEmpty else { return 0 }
        let cases = parts.map { "WHEN \($0.id) THEN \($0.quantity)" as Query }.joined(by: " ")
        let changed = try tx.execute(
            """
            UPDATE reservations SET quantity = quantity - CASE id \(cases) ELSE 0 END
            WHERE id IN (\(list: parts.map(\.id))) AND state = 'held'
            """)
        let rows = parts.map { part -> [SQLValue] in
            .row(
                order, part.sellable.product, part.sellable.variantKey,
                part.warehouse, part.quantity, state, Timestamp?.none, now
            )
        }
        try tx.execute(
            """
            INSERT INTO reservations
            (order_id, product_id, variant_key, warehouse_id, quantity, state, expires_at, created_at)
            VALUES \(rows: rows)
            """)
        return changed
    }

    static func clearDeadline(_ order: OrderID, _ tx: Transaction) throws {
        try tx.execute("UPDATE reservations SET expires_at = NULL WHERE order_id = \(order) AND state = 'held'")
    }

    enum EndState: String, SQLEncodable {
        case released
        case fulfilled
    }
}
