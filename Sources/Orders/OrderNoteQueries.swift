import Commerce
import Primitives
import SQL
import Web

/// The statements of `order_notes`.
enum OrderNoteQueries {
    static func insert(
        _ text: String, isVisible: Bool, on order: OrderID, by user: UserID, at now: Timestamp, _ tx: Transaction
    ) throws -> OrderNote? {
        let id = try tx.insert(
            """
            INSERT INTO order_notes (order_id, author_id, text, is_visible, created_at)
            VALUES (\(order), \(user), \(text), \(isVisible), \(now))
            """)
        return try tx.first("SELECT \(OrderNote.columns) FROM order_notes WHERE id = \(id)")
    }

    static func count(on order: OrderID, onlyVisible: Bool, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM order_notes WHERE \(condition(order, onlyVisible))") ?? 0
    }

    static func list(
        on order: OrderID, onlyVisible: Bool, _ page: PageRequest, _ connection: Connection
    ) throws -> [OrderNote] {
        try connection.all(
            """
            SELECT \(OrderNote.columns) FROM order_notes WHERE \(condition(order, onlyVisible))
            ORDER BY id DESC \(page.limit)
            """)
    }

    private static func condition(_ order: OrderID, _ onlyVisible: Bool) -> Query {
        "order_id = \(order)" + (onlyVisible ? " AND is_visible = 1" : .empty)
    }
}
