import Commerce
import Messages
import Modules
import Primitives
import SQL

/// The statements of `shop_events`.
enum EventQueries {
    static func insert(_ event: ShopEvent, clearAt: Timestamp?, _ tx: Transaction) throws -> Int64 {
        let values: ColumnValues = [
            "event_id": event.eventID, "topic": event.topic, "user_id": event.subject.user,
            "order_id": event.subject.order, "body": String(decoding: event.body, as: UTF8.self),
            "created_at": event.createdAt, "clear_at": clearAt,
        ]
        return try tx.insert("INSERT INTO shop_events \(insert: values)")
    }

    /// Returns an event's topic and when it was published; nil where there is no such event.
    static func head(of id: Int64, _ connection: Connection) throws -> (topic: EventTopic, createdAt: Timestamp)? {
        try connection.first("SELECT topic, created_at FROM shop_events WHERE id = \(id)") { row in
            (topic: try row(), createdAt: try row())
        }
    }

    /// Whether an event's body is still there.
    static func hasBody(_ id: Int64, _ connection: Connection) throws -> Bool {
        try connection.value("SELECT body <> '' FROM shop_events WHERE id = \(id)", as: Bool.self) ?? false
    }

    /// Clears what tells of a user; returns how many events did.
    static func clear(of user: UserID, limit: Int, _ tx: Transaction) throws -> Int {
        let ids: [Int64] = try tx.column("SELECT id FROM shop_events WHERE user_id = \(user) LIMIT \(limit)")
        guard !ids.isEmpty else { return 0 }
        try clear(ids, tx)
        return ids.count
    }

    /// Clears what tells of these orders.
    static func clear(of orders: [OrderID], _ tx: Transaction) throws {
        guard !orders.isEmpty else { return }
        try clear(try tx.column("SELECT id FROM shop_events WHERE order_id IN (\(list: orders))"), tx)
    }

    /// Clears bodies whose time has come; returns how many.
    static func clear(at now: Timestamp, limit: Int, _ tx: Transaction) throws -> Int {
        let ids: [Int64] = try tx.column(
            "SELECT id FROM shop_events WHERE clear_at <= \(now) ORDER BY clear_at LIMIT \(limit)")
        try clear(ids, tx)
        return ids.count
    }

    private static func clear(_ ids: [Int64], _ tx: Transaction) throws {
        guard !ids.isEmpty else { return }
        try tx.execute(
            "UPDATE shop_events SET body = '', user_id = NULL, clear_at = NULL WHERE id IN (\(list: ids))")
    }

    /// Deletes events from before `moment` that no delivery names; returns how many.
    static func purge(before moment: Timestamp, limit: Int, _ tx: Transaction) throws -> Int {
        let ids: [Int64] = try tx.column(
            """
            SELECT e.id FROM shop_events e WHERE e.created_at < \(moment)
            AND NOT EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.event_id = e.id)
            ORDER BY e.created_at LIMIT \(limit)
            """)
        guard !ids.isEmpty else { return 0 }
        return try tx.execute("DELETE FROM shop_events WHERE id IN (\(list: ids))")
    }

    /// What was published of a user; the data itself is in the parts of the rooms that own it.
    static let archive = ArchivePart("published_events", ["event_id", "topic", "created_at"]) {
        "shop_events \($0.own)"
    }
}
