import Commerce
import Primitives
import SQL
import Web

/// The statements of `returns` and their parts.
enum ReturnQueries {
    /// The conditions on the returns of a list; nil leaves one out.
    struct Filter: Sendable {
        var kind = Return.Kind.goods
        var order: OrderID?
        var status: ReturnStatus?

        var condition: Query {
            var conditions: [Query] = ["kind = \(kind)"]
            if let order { conditions.append("order_id = \(order)") }
            if let status { conditions.append("status = \(status)") }
            return conditions.joined(by: " AND ")
        }

        /// Returns the hint of the index that has the list in the order of `key`; nothing where the returns are of one order.
        func walk(by key: SortKey, _ dialect: Dialect) -> Query {
            guard order == nil else { return .empty }
            return switch (key, status != nil) {
            case (.createdAt, false): dialect.through("ix_returns_kind_created_at")
            case (.createdAt, true): dialect.through("ix_returns_kind_status_created_at")
            case (.updatedAt, false): dialect.through("ix_returns_kind_updated_at")
            case (.updatedAt, true): dialect.through("ix_returns_kind_status_updated_at")
            }
        }
    }

    enum SortKey: String, CaseIterable, SQLName {
        case createdAt = "created_at"
        case updatedAt = "updated_at"

        var sqlName: StaticString {
            switch self {
            case .createdAt: "created_at"
            case .updatedAt: "updated_at"
            }
        }
    }

    static func insert(
        _ draft: ReturnDraft, of order: OrderID, by user: UserID?, at now: Timestamp, _ tx: Transaction
    ) throws -> ReturnID {
        let id = ReturnID(
            try tx.insert(
                """
                INSERT INTO returns (order_id, status, note, requested_by, created_at, updated_at)
                VALUES (\(order), \(ReturnStatus.requested), \(draft.note), \(user), \(now), \(now))
                """))
        let rows = draft.parts.map { part -> [SQLValue] in
            .row(id, part.item, part.quantity, part.reason)
        }
        try tx.execute("INSERT INTO return_items (return_id, order_item_id, quantity, reason) VALUES \(rows: rows)")
        return id
    }

    /// Inserts a cancellation of parts of an order, with its value.
    static func insert(_ cancelled: Cancellation, of order: OrderID, _ tx: Transaction) throws -> ReturnID {
        let id = ReturnID(
            try tx.insert(
                """
                INSERT INTO returns (order_id, kind, status, note, refund_amount, owed_amount, requested_by, created_at,
                updated_at)
                VALUES (\(order), \(Return.Kind.cancellation), \(ReturnStatus.received), \(cancelled.note),
                \(cancelled.worth), \(cancelled.owed), \(cancelled.user), \(cancelled.moment), \(cancelled.moment))
                """))
        let rows = cancelled.parts.map { part -> [SQLValue] in
            .row(
                id, part.item, part.quantity, part.quantity, part.worth,
                part.tax
            )
        }
        try tx.execute(
            """
            INSERT INTO return_items (return_id, order_item_id, quantity, received_quantity, refund_amount, tax_amount)
            VALUES \(rows: rows)
            """)
        return id
    }

    /// Returns the cancellations of an order before shipping, oldest first.
    static func cancellations(of order: OrderID, _ connection: Connection) throws -> [Return] {
        try filled(
            connection.all(
                """
                SELECT \(Return.columns) FROM returns
                WHERE order_id = \(order) AND kind = \(Return.Kind.cancellation) ORDER BY id
                """), connection)
    }

    /// Writes the new state of a return, if it is still at `status`: a compare-and-swap.
    static func update(_ change: Return, from status: ReturnStatus, by user: UserID, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE returns SET status = \(change.status), staff_note = \(change.staffNote),
            refund_amount = \(change.refund), owed_amount = \(change.owed),
            refunds_shipping = \(change.refundsShipping), shipping_amount = \(change.shippingRefund),
            decided_by = \(user), updated_at = \(change.updatedAt)
            WHERE id = \(change.id) AND status = \(status)
            """) == 1
    }

    static func update(_ parts: [Return.Part], _ tx: Transaction) throws {
        guard !parts.isEmpty else { return }
        func column(_ value: (Return.Part) -> any SQLEncodable) -> Query {
            "CASE id \(parts.map { "WHEN \($0.id) THEN \(value($0))" as Query }.joined(by: " ")) END"
        }
        try tx.execute(
            """
            UPDATE return_items SET received_quantity = \(column { $0.received }),
            restocked_quantity = \(column { $0.restocked }), refund_amount = \(column { $0.refund }),
            tax_amount = \(column { $0.tax })
            WHERE id IN (\(list: parts.map(\.id)))
            """)
    }

    /// Returns whether the order's shipping is part of an earlier refund.
    static func hasRefundedShipping(_ order: OrderID, _ connection: Connection) throws -> Bool {
        try connection.value(
            "SELECT COUNT(*) FROM returns WHERE order_id = \(order) AND refunds_shipping = 1", as: Int.self) ?? 0 > 0
    }

    /// Returns the received returns of an order that have no credit note yet.
    static func uncredited(_ order: OrderID, _ connection: Connection) throws -> [ReturnID] {
        try connection.column(
            """
            SELECT id FROM returns WHERE order_id = \(order) AND status = \(ReturnStatus.received) AND refund_amount > 0
            AND kind = \(Return.Kind.goods) AND id NOT IN (SELECT return_id FROM invoices WHERE order_id = \(order)
            AND series = \(Invoice.Series.creditNote)) ORDER BY id
            """)
    }

    /// Sums the value of everything that was returned or canceled of an order, in minor units.
    static func credited(_ order: OrderID, _ connection: Connection) throws -> Money {
        try connection.value(
            """
            SELECT CAST(COALESCE(SUM(refund_amount), 0) AS SIGNED) FROM returns
            WHERE order_id = \(order) AND status = \(ReturnStatus.received)
            """) ?? .zero
    }

    /// Marks the value of what was returned or canceled of an order, before it was paid in full after all, as owed to
    /// the customer.
    static func owe(_ order: OrderID, _ tx: Transaction) throws {
        try tx.execute(
            "UPDATE returns SET owed_amount = refund_amount WHERE order_id = \(order) AND owed_amount = 0")
    }

    static func order(of id: ReturnID, _ connection: Connection) throws -> OrderID? {
        try connection.value("SELECT order_id FROM returns WHERE id = \(id) AND kind = \(Return.Kind.goods)")
    }

    static func find(
        _ id: ReturnID, kind: Return.Kind = .goods, _ connection: Connection
    ) throws -> Return? {
        try filled(
            connection.all("SELECT \(Return.columns) FROM returns WHERE id = \(id) AND kind = \(kind)"), connection
        ).first
    }

    static func count(_ filter: Filter, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM returns WHERE \(filter.condition)") ?? 0
    }

    static func list(
        _ filter: Filter, by order: Ordering<SortKey>, _ page: PageRequest, _ connection: Connection
    ) throws -> [Return] {
        try filled(
            connection.all(
                .page(
                    of: Return.columns, from: "returns", through: filter.walk(by: order.key, connection.dialect),
                    where: filter.condition, by: "\(order.key) \(order.direction), id \(order.direction)", page.limit)),
            connection)
    }

    private static func filled(_ returns: [Return], _ connection: Connection) throws -> [Return] {
        guard !returns.isEmpty else { return [] }
        let parts = try connection.all(
            """
            SELECT return_id, \(Return.Part.columns) FROM return_items
            WHERE return_id IN (\(list: returns.map(\.id))) ORDER BY id
            """
        ) { row in (id: try row(ReturnID.self), part: try Return.Part(row: &row)) }
        let partsOf = Dictionary(grouping: parts, by: \.id)
        return returns.map { found in
            var found = found
            found.parts = partsOf[found.id, default: []].map(\.part)
            return found
        }
    }
}

extension Return: RowDecodable {
    static let columns: Query = """
        id, order_id, status, note, staff_note, refund_amount, refunds_shipping, created_at, updated_at, \
        shipping_amount, owed_amount, kind, (SELECT o.order_number FROM orders o WHERE o.id = returns.order_id)
        """

    /// Decodes a return without its parts, which are rows of their own.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        id = try row()
        order = try row()
        status = try row()
        note = try row()
        staffNote = try row()
        refund = try row()
        refundsShipping = try row()
        createdAt = try row()
        updatedAt = try row()
        shippingRefund = try row()
        owed = try row()
        kind = try row()
        orderNumber = try row()
        parts = []
    }
}

extension Return.Part: RowDecodable {
    static let columns: Query = """
        id, order_item_id, quantity, reason, received_quantity, restocked_quantity, refund_amount, tax_amount, \
        (SELECT i.product_name FROM order_items i WHERE i.id = return_items.order_item_id), \
        (SELECT i.sku FROM order_items i WHERE i.id = return_items.order_item_id)
        """

    /// Decodes a row of `columns`.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        id = try row()
        item = try row()
        quantity = try row()
        reason = try row()
        received = try row()
        restocked = try row()
        refund = try row()
        tax = try row()
        name = try row()
        sku = try row()
    }
}
