import SQL

/// Makes the tables of outgoing webhooks.
enum WebhooksSchema {
    static let migrations = [Migration(21, "webhooks", steps)]

    static let steps: [Migration.Step] = [.create(webhooks), .create(events), .create(deliveries)]

    /// Receivers. `topics` are separated by blanks; a deleted one is kept until its deliveries are gone.
    private static let webhooks = Table("shop_webhooks") {
        Column.id
        Column("url", .text(2_000))
        Column("topics", .text(1_000))
        Column("description", .text(500), .defaultText(""))
        Column("is_active", .boolean)
        Column("sealed_secret", .text(500))
        Column("former_secret", .text(500), .defaultText(""))
        Column("former_until", .timestamp, .null)
        Column("failing_since", .timestamp, .null)
        Column("disabled_at", .timestamp, .null)
        Column("disabled_reason", .text(200), .defaultText(""))
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Column("deleted_at", .timestamp, .null)
        Index("created_at")
        Index("deleted_at")
    }

    /// What was published while somebody listened. The body is what is sent and signed; it goes with whom it tells of, or
    /// at `clear_at`.
    private static let events = Table("shop_events") {
        Column.id
        Column("event_id", .text(40), .unique)
        Column("topic", .text(40))
        Column("user_id", .integer, .null)
        Column("order_id", .integer, .null)
        Column("body", .longText)
        Column("created_at", .timestamp)
        Column("clear_at", .timestamp, .null)
        Index("user_id")
        Index("order_id")
        Index("clear_at")
        Index("created_at")
    }

    /// One event on its way to one receiver. `next_attempt_at` is NULL where nothing more will be tried; `tries` and
    /// `give_up_at` begin anew with a replay, `attempts` counts on.
    private static let deliveries = Table("webhook_deliveries") {
        Column.id
        Column("webhook_id", .integer, .references("shop_webhooks", onDelete: .restrict))
        Column("event_id", .integer, .references("shop_events", onDelete: .restrict))
        Column("topic", .text(40))
        Column("status", .text(10))
        Column("attempts", .integer, .defaultInteger(0))
        Column("tries", .integer, .defaultInteger(0))
        Column("response_status", .integer, .null)
        Column("response_time_ms", .integer, .null)
        Column("error", .text(200), .defaultText(""))
        Column("next_attempt_at", .timestamp, .null)
        Column("give_up_at", .timestamp)
        Column("attempted_at", .timestamp, .null)
        Column("created_at", .timestamp)
        Index("webhook_id", "event_id", unique: true)
        Index("webhook_id", "next_attempt_at")
        Index("webhook_id", "created_at")
        Index("webhook_id", "status", "created_at")
        Index("event_id")
        Index("created_at")
        Constraint.check("webhook_deliveries_status", "status IN ('pending', 'delivered', 'failed', 'dead')")
    }
}
