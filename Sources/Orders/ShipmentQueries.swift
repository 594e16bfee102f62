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
        let rows = parts.map { [SQLValue].row(id, $0.item, $0.quantity) }
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
        let parts = try connection.all(
            """
            SELECT s.order_id, s.id, s.carrier, s.tracking_number, s.note, s.created_at, s.delivered_at, i.order_item_id,
            i.quantity FROM shipments s JOIN shipment_items i ON i.shipment_id = s.id
            WHERE s.order_id IN (\(list: orders)) ORDER BY s.id, i.order_item_id
            """
        ) { row in
            (
                order: try row(OrderID.self),
                shipment: Shipment(
                    id: try row(), carrier: try row(), trackingNumber: try row(), note: try row(),
                    createdAt: try row(), deliveredAt: try row(), parts: []),
                part: Shipment.Part(try row(), quantity: try row())
            )
        }
        var found: [OrderID: [Shipment]] = [:]
        for (order, shipment, part) in parts {
            if found[order]?.last?.id != shipment.id { found[order, default: []].append(shipment) }
            let last = found[order, default: []].count - 1
            found[order]?[last].parts.append(part)
        }
        return found
    }
}
