import Commerce
import Primitives
import SQL

/// The statements of `webhook_events`.
enum WebhookQueries {
    /// Inserts an event, whose payload is due to be cleared at a moment; nil where its gateway has sent it before.
    static func insert(_ event: WebhookEvent, clearAt: Timestamp, _ tx: Transaction) throws -> WebhookEventID? {
        let known: WebhookEventID? = try tx.value(
            "SELECT id FROM webhook_events WHERE gateway = \(event.gateway) AND event_id = \(event.eventID)")
        guard known == nil else { return nil }
        do {
            return WebhookEventID(
                try tx.savepoint {
                    try $0.insert("INSERT INTO webhook_events \(insert: try event.values() + ["clear_at": clearAt])")
                })
        } catch let error as SQLError where error.kind == .unique {
            return nil
        }
    }

    static func find(_ id: WebhookEventID, _ connection: Connection) throws -> WebhookEvent? {
        try connection.first("SELECT \(WebhookEvent.columns) FROM webhook_events WHERE id = \(id)")
    }

    static func end(_ id: WebhookEventID, _ outcome: WebhookEvent.Outcome, at now: Timestamp, _ tx: Transaction) throws
    {
        try tx.execute(
            """
            UPDATE webhook_events SET status = \(outcome.status), error = \(outcome.error), payment_id =
            COALESCE(\(outcome.payment), payment_id), attempts = attempts + 1, processed_at = \(now)
            WHERE id = \(id)
            """)
    }

    static func reopen(_ id: WebhookEventID, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE webhook_events SET status = \(WebhookEvent.Status.pending), error = '', processed_at = NULL
            WHERE id = \(id)
            """)
    }

    /// Clears the payloads of old events: they name payers. Returns how many.
    static func clear(at now: Timestamp, limit: Int, _ tx: Transaction) throws -> Int {
        let ids: [WebhookEventID] = try tx.column(
            "SELECT id FROM webhook_events WHERE clear_at < \(now) ORDER BY clear_at LIMIT \(limit)")
        guard !ids.isEmpty else { return 0 }
        return try tx.execute("UPDATE webhook_events SET payload = '', clear_at = NULL WHERE id IN (\(list: ids))")
    }
}
