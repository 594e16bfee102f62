import Commerce
import Primitives
import SQL

/// Writes stock and its totals. The rows of the totals are changed before those of the stock: they are what concurrent
/// orders of the same goods wait for.
enum StockQueries {
    private static let rowsPerInsert = 500

    /// Changes totals by key and returns the number of rows that allowed it.
    static func shiftTotals(_ shifts: [StockShift<SellableID>], _ tx: Transaction) throws -> Int {
        let sets = amounts(shifts, matching: isKey).joined(by: ", ")
        let conditions = shifts.map { "(\(isKey($0.key)) AND \(isAllowed($0)))" as Query }.joined(by: " OR ")
        return try tx.execute("UPDATE stock_totals SET \(sets) WHERE \(conditions)")
    }

    /// Locks a sellable's total, so that every other change of it waits until the transaction ends.
    static func lockTotals(of sellable: SellableID, _ tx: Transaction) throws {
        _ = try tx.rows("SELECT on_hand FROM stock_totals WHERE \(isKey(sellable)) \(tx.dialect.forUpdate)")
    }

    /// Changes stock rows by id and returns the number of rows that allowed it.
    static func shiftStock(_ shifts: [StockShift<StockID>], at now: Timestamp, _ tx: Transaction) throws -> Int {
        let sets = amounts(shifts, matching: { "id = \($0)" }).joined(by: ", ")
        let conditions = shifts.map { "(id = \($0.key) AND \(isAllowed($0)))" as Query }.joined(by: " OR ")
        return try tx.execute("UPDATE stock SET \(sets), updated_at = \(now) WHERE \(conditions)")
    }

    /// Units that arrive in a warehouse; they can be bought where the warehouse is active.
    struct Arrival: Sendable {
        let sellable: SellableID
        let warehouse: WarehouseID
        let quantity: Int
        let isForSale: Bool
    }

    /// Adds to the units on hand, in rows that are created where they are missing. `rows` are sorted by key.
    static func receive(_ rows: [Arrival], at now: Timestamp, _ tx: Transaction) throws {
        for chunk in rows.chunked(by: rowsPerInsert) {
            let totals = chunk.map { row -> [SQLValue] in
                .row(
                    row.sellable.product, row.sellable.variantKey,
                    row.isForSale ? row.quantity : 0, 0
                )
            }
            try tx.execute(
                """
                INSERT INTO stock_totals (product_id, variant_key, on_hand, reserved) VALUES \(rows: totals)
                \(tx.dialect.onConflict("product_id, variant_key"))
                on_hand = stock_totals.on_hand + \(tx.dialect.excluded("on_hand"))
                """)
        }
        for chunk in rows.chunked(by: rowsPerInsert) {
            let stock = chunk.map { row -> [SQLValue] in
                .row(
                    row.sellable.product, row.sellable.variantKey, row.warehouse,
                    row.quantity, now
                )
            }
            try tx.execute(
                """
                INSERT INTO stock (product_id, variant_key, warehouse_id, on_hand, updated_at) VALUES \(rows: stock)
                \(tx.dialect.onConflict("product_id, variant_key, warehouse_id"))
                on_hand = stock.on_hand + \(tx.dialect.excluded("on_hand")),
                updated_at = \(tx.dialect.excluded("updated_at"))
                """)
        }
    }

    /// Returns the available units of these sellables by warehouse, in the order in which parcels leave the warehouses.
    static func shelves(_ sellables: [SellableID], _ connection: Connection) throws -> [ParcelPlan.Shelf] {
        let wanted = sellables.map { "(s.product_id = \($0.product) AND s.variant_key = \($0.variantKey))" as Query }
        return try connection.all(
            """
            SELECT s.id, s.product_id, s.variant_key, s.warehouse_id, s.on_hand - s.reserved
            FROM stock s JOIN warehouses w ON w.id = s.warehouse_id
            WHERE w.is_active = 1 AND s.on_hand > s.reserved AND (\(wanted.joined(by: " OR ")))
            ORDER BY w.priority, w.is_default DESC, w.id, s.id
            """
        ) { row in
            ParcelPlan.Shelf(
                id: try row(), sellable: SellableID(product: try row(), variantKey: try row()),
                warehouse: try row(), available: try row())
        }
    }

    private static func isKey(_ sellable: SellableID) -> Query {
        "product_id = \(sellable.product) AND variant_key = \(sellable.variantKey)"
    }

    private static func isAllowed<Key>(_ shift: StockShift<Key>) -> Query {
        let rest = shift.reserved - shift.onHand
        return rest > 0
            ? "on_hand - reserved >= \(rest) AND reserved >= \(-shift.reserved)" : "reserved >= \(-shift.reserved)"
    }

    /// Returns the assignments of a joint update, in which each row gets its own change.
    private static func amounts<Key>(_ shifts: [StockShift<Key>], matching key: (Key) -> Query) -> [Query] {
        let onHand = shifts.filter { $0.onHand != 0 }.map { "WHEN \(key($0.key)) THEN \($0.onHand)" as Query }
        let reserved = shifts.filter { $0.reserved != 0 }.map { "WHEN \(key($0.key)) THEN \($0.reserved)" as Query }
        return [
            onHand.isEmpty ? .empty : "on_hand = on_hand + CASE \(onHand.joined(by: " ")) ELSE 0 END",
            reserved.isEmpty ? .empty : "reserved = reserved + CASE \(reserved.joined(by: " ")) ELSE 0 END",
        ]
    }
}
