import SQL

/// Makes the tables of the sandbox: what a payment provider keeps on its own side. Nothing of the shop reads them or refers to them.
enum SandboxSchema {
    static let migrations = [Migration(18, "sandbox", steps)]

    static let steps: [Migration.Step] = [
        .create(payments), .create(refunds), .create(disputes), .create(customers), .create(setups), .create(methods),
        .create(requests), .create(events), .create(behavior),
    ]

    /// Amounts count minor units of `currency`.
    private static let payments = Table("sandbox_payments") {
        Column.id
        Column("reference", .text(64), .unique)
        Column("transaction_id", .text(100))
        Column("order_number", .text(100))
        Column("amount", .money)
        Column("currency", .text(3))
        Column("return_url", .longText)
        Column("is_manual", .boolean)
        Column("status", .text(30))
        Column("authorized", .money)
        Column("captured", .money)
        Column("fee", .money, .null)
        Column("method", .text(30))
        Column("failure_code", .text(50))
        Column("failure_reason", .text(500))
        Column("customer", .text(64), .null)
        Column("saves_method", .boolean)
        Column("saved_method", .text(64), .null)
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("transaction_id")
        Index("created_at")
        Constraint.check("sandbox_payments_amounts", "captured <= authorized AND authorized <= amount")
    }

    /// `shop_refund` is the shop's own row, as its metadata would have it.
    private static let refunds = Table("sandbox_refunds") {
        Column.id
        Column("reference", .text(64), .unique)
        Column("payment_id", .integer, .references("sandbox_payments", onDelete: .cascade))
        Column("shop_refund", .integer)
        Column("amount", .money)
        Column("status", .text(20))
        Column("failure_reason", .text(500))
        Column("created_at", .timestamp)
        Index("payment_id")
        Index("created_at")
        Constraint.check("sandbox_refunds_amount", "amount > 0")
    }

    private static let disputes = Table("sandbox_disputes") {
        Column.id
        Column("reference", .text(64), .unique)
        Column("payment_id", .integer, .references("sandbox_payments", onDelete: .cascade))
        Column("amount", .money)
        Column("status", .text(20))
        Column("reason", .text(100))
        Column("due_by", .timestamp)
        Column("created_at", .timestamp)
        Index("payment_id")
        Index("created_at")
        Constraint.check("sandbox_disputes_amount", "amount > 0")
    }

    /// A customer is a name for methods; who it is stays with the shop.
    private static let customers = Table("sandbox_customers") {
        Column.id
        Column("reference", .text(64), .unique)
        Column("created_at", .timestamp)
    }

    /// A secret with which one method can be saved for a customer.
    private static let setups = Table("sandbox_setups") {
        Column.id
        Column("secret", .text(100), .unique)
        Column("customer", .text(64))
        Column("method", .text(64), .null)
        Column("created_at", .timestamp)
        Index("customer")
    }

    private static let methods = Table("sandbox_methods") {
        Column.id
        Column("reference", .text(64), .unique)
        Column("customer", .text(64))
        Column("card", .text(30))
        Column("expiry_year", .integer)
        Column("created_at", .timestamp)
        Column("detached_at", .timestamp, .null)
        Index("customer")
    }

    /// The idempotency keys with the answers that they had.
    private static let requests = Table("sandbox_requests") {
        Column("name", .text(255), .primaryKey)
        Column("digest", .text(64))
        Column("answer", .json)
        Column("created_at", .timestamp)
        Index("created_at")
    }

    private static let events = Table("sandbox_events") {
        Column.id
        Column("reference", .text(64), .unique)
        Column("payment_id", .integer, .references("sandbox_payments", onDelete: .cascade))
        Column("type", .text(50))
        Column("payload", .json)
        Column("created_at", .timestamp)
        Index("payment_id")
        Index("created_at")
    }

    /// One row: how the sandbox sends its webhooks and settles refunds.
    private static let behavior = Table("sandbox_behavior") {
        Column("slot", .integer, .primaryKey)
        Column("delay_seconds", .integer)
        Column("duplicates", .integer)
        Column("loss_percent", .integer)
        Column("shuffled", .boolean)
        Column("holds_refunds", .boolean)
        Column("updated_at", .timestamp)
    }
}
