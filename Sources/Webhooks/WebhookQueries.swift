import Commerce
import Primitives
import SQL
import Web

/// The statements of `shop_webhooks`. A deleted receiver is found by none but the purge.
enum WebhookQueries {
    static func find(_ id: WebhookID, _ connection: Connection) throws -> Webhook? {
        try connection.first(
            "SELECT \(Webhook.columns) FROM shop_webhooks WHERE id = \(id) AND deleted_at IS NULL")
    }

    /// The conditions on the receivers of a list; nil leaves one out.
    struct Filter: Sendable {
        var isActive: Bool?
        /// A part of the address or of the description. Receivers are few: all are looked through.
        var search: String?

        var condition: Query {
            var conditions: [Query] = ["deleted_at IS NULL"]
            if let isActive { conditions.append("is_active = \(isActive)") }
            if let part = search?.lowercased() {
                conditions.append("(INSTR(LOWER(url), \(part)) > 0 OR INSTR(LOWER(description), \(part)) > 0)")
            }
            return conditions.joined(by: " AND ")
        }
    }

    enum SortKey: String, CaseIterable, Sendable {
        case createdAt = "created_at"
        case isActive = "is_active"
    }

    static func count(_ filter: Filter, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM shop_webhooks WHERE \(filter.condition)") ?? 0
    }

    static func list(
        _ filter: Filter, by order: Ordering<SortKey>, limit: Query, _ connection: Connection
    ) throws -> [Webhook] {
        let age: Query = "created_at \(order.direction), id \(order.direction)"
        let sorting: Query = order.key == .isActive ? "is_active \(order.direction), \(age)" : age
        return try connection.all(
            """
            SELECT \(Webhook.columns) FROM shop_webhooks WHERE \(filter.condition) ORDER BY \(sorting) \(limit)
            """)
    }

    /// Returns the lists of topics that receivers are asked for, each once.
    static func wanted(_ connection: Connection) throws -> [String] {
        try connection.column("SELECT DISTINCT topics FROM shop_webhooks WHERE is_active = 1 AND deleted_at IS NULL")
    }

    /// Returns receivers that are on, by ascending id, behind `last`.
    static func active(after last: WebhookID, limit: Int, _ connection: Connection) throws -> [Webhook] {
        try connection.all(
            """
            SELECT \(Webhook.columns) FROM shop_webhooks
            WHERE id > \(last) AND is_active = 1 AND deleted_at IS NULL ORDER BY id LIMIT \(limit)
            """)
    }

    static func insert(_ webhook: Webhook, at now: Timestamp, _ tx: Transaction) throws -> WebhookID {
        WebhookID(
            try tx.insert(
                "INSERT INTO shop_webhooks \(insert: try webhook.values() + ["created_at": now, "updated_at": now])"))
    }

    /// Writes a receiver and raises its version; returns false where the row is at another version.
    static func update(_ webhook: Webhook, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE shop_webhooks SET \(set: try webhook.values()), version = version + 1, updated_at = \(now)
            WHERE id = \(webhook.id) AND version = \(webhook.version) AND deleted_at IS NULL
            """) == 1
    }

    /// Notes that the last attempts failed, unless the row is at another version; the first failure since the last success
    /// is kept.
    static func noteFailure(_ webhook: Webhook, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE shop_webhooks SET failing_since = \(now)
            WHERE id = \(webhook.id) AND version = \(webhook.version) AND failing_since IS NULL
            """)
    }

    /// Notes that an attempt succeeded, unless the row is at another version.
    static func noteSuccess(_ webhook: Webhook, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE shop_webhooks SET failing_since = NULL
            WHERE id = \(webhook.id) AND version = \(webhook.version)
            """)
    }

    /// Switches a receiver off; returns false where the row is at another version, or was off.
    static func disable(_ webhook: Webhook, reason: String, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE shop_webhooks SET is_active = 0, disabled_at = \(now), disabled_reason = \(reason),
            version = version + 1, updated_at = \(now)
            WHERE id = \(webhook.id) AND version = \(webhook.version) AND is_active = 1
            """) == 1
    }

    static func delete(_ id: WebhookID, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE shop_webhooks SET is_active = 0, sealed_secret = '', former_secret = '', deleted_at = \(now),
            version = version + 1 WHERE id = \(id)
            """)
    }

    /// Returns receivers that are on and for whom something was due by `moment`.
    static func overdue(by moment: Timestamp, limit: Int, _ connection: Connection) throws -> [WebhookID] {
        try connection.column(
            """
            SELECT w.id FROM shop_webhooks w WHERE w.is_active = 1 AND w.deleted_at IS NULL AND EXISTS (
            SELECT 1 FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.next_attempt_at <= \(moment))
            ORDER BY w.id LIMIT \(limit)
            """)
    }

    /// Deletes deliveries of receivers that were deleted, and the receivers that have none left.
    static func purge(limit: Int, _ tx: Transaction) throws -> Int {
        let gone: [WebhookID] = try tx.column(
            "SELECT id FROM shop_webhooks WHERE deleted_at IS NOT NULL ORDER BY id LIMIT \(limit)")
        guard let first = gone.first else { return 0 }
        let ids: [WebhookDeliveryID] = try tx.column(
            "SELECT id FROM webhook_deliveries WHERE webhook_id = \(first) LIMIT \(limit)")
        if ids.isEmpty { return try tx.execute("DELETE FROM shop_webhooks WHERE id = \(first)") }
        return try tx.execute("DELETE FROM webhook_deliveries WHERE id IN (\(list: ids))")
    }
}
