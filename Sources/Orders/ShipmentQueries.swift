import Commerce
import Primitives
import SQL

/// The statements of `shipments` and what went into them.
enum ShipmentQueries {
    static func insert(
        _ draft: ShipmentDraft, _ parts: [Shipment.Part], of order: OrderID, by user: UserID?, at now: Timestamp,
        _ tx: Transaction
    ) throws -> Shipment {
        let id = ShipmentID(
            try tx.insert(
                """
                INSERT INTO shipments (order_id, carrier, tracking_number, note, created_by, created_at)
                VALUES (\(order), \(draft.carrier), \(draft.trackingNumber ?? ""), \(draft.note), \(user), \(now))
                """))
        let rows = parts.map { [id.sqlValue, $0.item.sqlValue, $0.quantity.sqlValue] }
        try tx.execute("INSERT INTO shipment_items (shipment_id, order_item_id, quantity) VALUES \(rows: rows)")
        return Shipment(
            id: id, carrier: draft.carrier, trackingNumber: draft.trackingNumber ?? "", note: draft.note,
            createdAt: now, deliveredAt: nil, parts: parts)
    }

    static func deliver(_ ids: [ShipmentID], at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute("UPDATE shipments SET delivered_at = \(now) WHERE id IN (\(list: ids))")
    }

    /// Returns the parcels of these orders with their contents, in one statement.
    static func shipments(of orders: [OrderID], _ connection: Connection) throws -> [OrderID: [Shipment]] {
        let rows = try connection.rows(
            """
            SELECT s.order_id, s.id, s.carrier, s.tracking_number, s.note, s.created_at, s.delivered_at, i.order_item_id,
            i.quantity FROM shipments s JOIN shipment_items i ON i.shipment_id = s.id
            WHERE s.order_id IN (\(list: orders)) ORDER BY s.id, i.order_item_id
            """)
        var found: [OrderID: [Shipment]] = [:]
        for row in rows {
            let (order, id): (OrderID, ShipmentID) = try (row[0], row[1])
            if found[order]?.last?.id != id {
                found[order, default: []].append(
                    Shipment(
                        id: id, carrier: try row[2], trackingNumber: try row[3], note: try row[4],
                        createdAt: try row[5], deliveredAt: try row[6], parts: []))
            }
            let last = found[order, default: []].count - 1
            found[order]?[last].parts.append(Shipment.Part(try row[7], quantity: try row[8]))
        }
        return found
    }
}
