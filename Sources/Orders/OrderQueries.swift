import Commerce
import Primitives
import SQL

/// The statements of `orders`, their items and their history.
enum OrderQueries {
    /// Inserts an order without its items.
    ///
    /// - Throws: `SQLError` of kind `.unique` where the number is taken or the order's origin has made an order.
    static func insert(
        _ draft: OrderDraft, number: String, _ status: OrderStatus, _ payment: PaymentStatus, at now: Timestamp,
        _ tx: Transaction
    ) throws -> OrderID {
        let values = try draft.values() + ["order_number": number, "status": status, "payment_status": payment]
        return OrderID(
            try tx.insert("INSERT INTO orders \(insert: values + ["created_at": now, "updated_at": now])"))
    }

    /// Inserts the lines and returns their ids in the same order.
    static func insertItems(
        of draft: OrderDraft, for order: OrderID, _ status: OrderStatus, _ tx: Transaction
    ) throws -> [OrderItemID] {
        let rows = try zip(draft.lines, draft.totals.charges).map { line, charge in
            try line.values(charge) + ["order_id": order, "status": status]
        }
        let last = try tx.insert("INSERT INTO order_items \(insert: rows)")
        switch tx.dialect {
        // The one writer draws the ids of one statement in a row and tells the last of them.
        case .sqlite: return (0..<Int64(rows.count)).map { OrderItemID(last - Int64(rows.count) + 1 + $0) }
        case .mysql: return try tx.column("SELECT id FROM order_items WHERE order_id = \(order) ORDER BY id")
        }
    }

    static func insert(_ event: OrderEvent, for order: OrderID, _ tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO order_events (order_id, status, payment_status, actor, actor_id, note, created_at)
            VALUES (\(order), \(event.status), \(event.paymentStatus), \(event.actor.kind), \(event.actor.user),
            \(event.note), \(event.createdAt))
            """)
    }

    static func find(_ reference: OrderReference, _ connection: Connection) throws -> Order? {
        try filled(connection.first("SELECT \(Order.columns) FROM orders WHERE \(reference.condition)"), connection)
    }

    /// Returns these orders with their items and parcels, without their history, in no particular order; those that are
    /// not there are left out.
    static func all(_ references: [OrderReference], _ connection: Connection) throws -> [Order] {
        var (ids, numbers): ([OrderID], [String]) = ([], [])
        for reference in references {
            switch reference {
            case .id(let id): ids.append(id)
            case .number(let number): numbers.append(number)
            }
        }
        let byID: [Order] =
            ids.isEmpty ? [] : try connection.all("SELECT \(Order.columns) FROM orders WHERE id IN (\(list: ids))")
        let byNumber: [Order] =
            numbers.isEmpty
            ? []
            : try connection.all("SELECT \(Order.columns) FROM orders WHERE order_number IN (\(list: numbers))")
        var found = try withItems(byID + byNumber, connection)
        guard !found.isEmpty else { return [] }
        let shipments = try ShipmentQueries.shipments(of: found.map(\.id), connection)
        for index in found.indices { found[index].shipments = shipments[found[index].id] ?? [] }
        return found
    }

    static func accessRow(_ reference: OrderReference, _ connection: Connection) throws -> OrderAccessRow? {
        try connection.first("SELECT \(OrderAccessRow.columns) FROM orders WHERE \(reference.condition)")
    }

    /// Locks the order until the transaction ends.
    static func lock(_ reference: OrderReference, _ tx: Transaction) throws -> Order? {
        let query: Query = "SELECT \(Order.columns) FROM orders WHERE \(reference.condition) \(tx.dialect.forUpdate)"
        return try filled(tx.first(query), tx)
    }

    static func number(of origin: String, _ connection: Connection) throws -> String? {
        try connection.value("SELECT order_number FROM orders WHERE cart_key = \(origin)")
    }

    /// Returns these orders with their items, in one statement.
    static func withItems(_ orders: [Order], _ connection: Connection) throws -> [Order] {
        guard !orders.isEmpty else { return [] }
        let items = try connection.all(
            """
            SELECT order_id, \(OrderItem.columns) FROM order_items WHERE order_id IN (\(list: orders.map(\.id)))
            ORDER BY order_id, id
            """
        ) { row in (order: try row(OrderID.self), item: try OrderItem(row: &row)) }
        let itemsOf = Dictionary(grouping: items, by: \.order)
        return orders.map { order in
            var order = order
            order.items = itemsOf[order.id, default: []].map(\.item)
            return order
        }
    }

    /// Returns the order with its items, history and parcels, in three statements.
    private static func filled(_ found: Order?, _ connection: Connection) throws -> Order? {
        guard let found, var order = try withItems([found], connection).first else { return nil }
        order.events = try connection.all(
            "SELECT \(OrderEvent.columns) FROM order_events WHERE order_id = \(order.id) ORDER BY id")
        order.shipments = try ShipmentQueries.shipments(of: [order.id], connection)[order.id] ?? []
        return order
    }

    /// Writes the new state of an order, if it is still as it was: a compare-and-swap.
    static func update(_ order: Order, from old: Order, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE orders SET status = \(order.status), payment_status = \(order.paymentStatus),
            tracking_number = \(order.trackingNumber), expires_at = \(order.expiresAt), updated_at = \(order.updatedAt)
            WHERE id = \(order.id) AND status = \(old.status) AND payment_status = \(old.paymentStatus)
            """) == 1
    }

    /// Writes the new state of lines of a locked order.
    static func update(_ items: [OrderItem], _ tx: Transaction) throws {
        guard !items.isEmpty else { return }
        func column(_ value: (OrderItem) -> any SQLEncodable) -> Query {
            let cases = items.map { "WHEN \($0.id) THEN \(value($0))" as Query }
            return "CASE id \(cases.joined(by: " ")) END"
        }
        try tx.execute(
            """
            UPDATE order_items SET status = \(column { $0.status }), tracking_number = \(column { $0.trackingNumber }),
            shipped_quantity = \(column { $0.shipped }), delivered_quantity = \(column { $0.delivered }),
            returned_quantity = \(column { $0.returned }), refunded_quantity = \(column { $0.refunded }),
            cancelled_quantity = \(column { $0.cancelled })
            WHERE id IN (\(list: items.map(\.id)))
            """)
    }
}
