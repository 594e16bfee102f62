import SQL

/// Makes the tables of the payments.
enum PaymentsSchema {
    static let migrations = [Migration(17, "payments", steps), Migration(25, "returns of refunds", returnSteps)]

    static let steps: [Migration.Step] = [
        .create(gateways), .create(payments), .create(operations), .create(refunds), .create(disputes),
        .create(customers), .create(methods), .create(webhooks), .create(ledgerTransactions), .create(ledgerEntries),
    ]

    /// What staff set of a gateway; one without a row has its defaults. `configuration` is sealed JSON.
    private static let gateways = Table("payment_gateways") {
        Column("code", .text(20), .primaryKey)
        Column("is_active", .boolean)
        Column("configuration", .longText)
        Column("supported_currencies", .text(2_000), .defaultText(""))
        Column("display_order", .integer, .defaultInteger(0))
        Column("logo", .text(200), .defaultText(""))
        Column("version", .integer, .defaultInteger(1))
        Column("updated_at", .timestamp)
    }

    /// `authorized_amount`, `captured_amount` and `progress` are the union of all reports and only grow; `status` and
    /// `refund_status` follow from them and from the refunds, by one function, so that lists can filter.
    private static let payments = Table("payments") {
        Column.id
        Column("transaction_id", .text(40), .unique)
        Column("order_id", .integer, .references("orders", onDelete: .restrict))
        Column("order_number", .text(16))
        Column("user_id", .integer, .null, .references("users", onDelete: .setNull))
        Column("gateway", .text(20))
        Column("payment_method", .text(40), .defaultText(""))
        Column("gateway_reference", .text(100), .defaultText(""))
        Column("gateway_transaction_id", .text(100), .defaultText(""))
        Column("amount", .money)
        Column("currency", .text(3))
        Column("authorized_amount", .money)
        Column("captured_amount", .money)
        Column("refunded_amount", .money)
        Column("fee_amount", .money)
        Column("progress", .integer)
        Column("status", .text(20))
        Column("refund_status", .text(12))
        Column("is_surplus", .boolean, .defaultInteger(0))
        Column("failure_reason", .text(500), .defaultText(""))
        Column("next_action", .longText, .null)
        Column("return_url", .text(500), .defaultText(""))
        Column("gateway_response", .json)
        Column("asked_at", .timestamp, .null)
        Column("next_check_at", .timestamp, .null)
        Column("checks", .integer, .defaultInteger(0))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("order_id")
        Index("user_id", "created_at")
        Index("created_at")
        Index("status", "created_at")
        Index("gateway", "created_at")
        Index("is_surplus", "created_at")
        Index("gateway_reference", "gateway")
        Index("gateway_transaction_id", "gateway")
        Index("next_check_at")
        Constraint.check(
            "payments_amounts",
            """
            amount > 0 AND authorized_amount >= captured_amount AND captured_amount >= 0 AND refunded_amount >= 0
            """)
    }

    /// What a gateway is asked, written before it is asked: a row that stays pending is ended by reconciliation.
    private static let operations = Table("payment_operations") {
        Column.id
        Column("payment_id", .integer, .references("payments", onDelete: .restrict))
        Column("refund_id", .integer, .null)
        Column("kind", .text(12))
        Column("idempotency_key", .text(64), .unique)
        Column("amount", .money)
        Column("request", .json)
        Column("status", .text(12))
        Column("attempts", .integer, .defaultInteger(0))
        Column("error", .text(500), .defaultText(""))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("payment_id")
    }

    private static let refunds = Table("refunds") {
        Column.id
        Column("payment_id", .integer, .references("payments", onDelete: .restrict))
        Column("order_id", .integer, .references("orders", onDelete: .restrict))
        Column("gateway", .text(20))
        Column("amount", .money)
        Column("currency", .text(3))
        Column("reason", .text(500), .defaultText(""))
        Column("status", .text(12))
        Column("gateway_refund_id", .text(100), .defaultText(""))
        Column("items", .json)
        Column("restock", .boolean, .defaultInteger(0))
        Column("requested_by", .text(10))
        Column("requested_by_id", .integer, .null, .references("users", onDelete: .setNull))
        Column("decided_by_id", .integer, .null, .references("users", onDelete: .setNull))
        Column("decision_note", .text(500), .defaultText(""))
        Column("failure_reason", .text(500), .defaultText(""))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Column("completed_at", .timestamp, .null)
        Column("request_key", .text(64), .null, .unique)
        Index("payment_id")
        Index("order_id")
        Index("requested_by_id")
        Index("status", "created_at")
        Index("created_at")
        Constraint.check("refunds_amount", "amount > 0")
    }

    /// The return or cancellation that a refund pays for.
    static let returnSteps: [Migration.Step] = [.addColumn(Column("return_id", .integer, .null), table: "refunds")]

    private static let disputes = Table("disputes") {
        Column.id
        Column("payment_id", .integer, .references("payments", onDelete: .restrict))
        Column("order_id", .integer, .references("orders", onDelete: .restrict))
        Column("gateway", .text(20))
        Column("gateway_dispute_id", .text(100))
        Column("status", .text(20))
        Column("amount", .money)
        Column("currency", .text(3))
        Column("reason", .text(200), .defaultText(""))
        Column("due_by", .timestamp, .null)
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("payment_id")
        Index("order_id")
        Index("status", "created_at")
        Index("created_at")
        Index("gateway", "gateway_dispute_id", unique: true)
    }

    /// A user at a gateway that keeps payment methods.
    private static let customers = Table("gateway_customers") {
        Column("user_id", .integer, .references("users", onDelete: .cascade))
        Column("gateway", .text(20))
        Column("customer_id", .text(100))
        Constraint.primaryKey(["user_id", "gateway"])
    }

    /// What may be shown of the methods that gateways keep for users; numbers of cards never reach the shop.
    private static let methods = Table("payment_methods") {
        Column.id
        Column("user_id", .integer, .references("users", onDelete: .cascade))
        Column("gateway", .text(20))
        Column("method_type", .text(20))
        Column("last4", .text(4), .defaultText(""))
        Column("card_brand", .text(30), .defaultText(""))
        Column("expiry_month", .integer, .null)
        Column("expiry_year", .integer, .null)
        Column("is_default", .boolean)
        Column("gateway_customer_id", .text(100))
        Column("gateway_payment_method_id", .text(100))
        Column("created_at", .timestamp)
        Index("user_id")
        Index("gateway", "gateway_payment_method_id", unique: true)
    }

    /// Each event once, by the gateway's own id of it. The payload goes after a while.
    private static let webhooks = Table("webhook_events") {
        Column.id
        Column("gateway", .text(20))
        Column("event_id", .text(200))
        Column("event_type", .text(100))
        Column("payment_id", .integer, .null)
        Column("payload", .longText)
        Column("status", .text(10))
        Column("attempts", .integer, .defaultInteger(0))
        Column("error", .text(500), .defaultText(""))
        Column("received_at", .timestamp)
        Column("processed_at", .timestamp, .null)
        Column("clear_at", .timestamp, .null)
        Index("gateway", "event_id", unique: true)
        Index("gateway", "received_at")
        Index("status", "received_at")
        Index("received_at")
        Index("clear_at")
        Index("payment_id")
    }

    /// Groups of entries, each of which sums to zero; nothing here is ever changed or deleted.
    private static let ledgerTransactions = Table("ledger_transactions") {
        Column.id
        Column("kind", .text(20))
        Column("order_id", .integer, .null)
        Column("payment_id", .integer, .null)
        Column("refund_id", .integer, .null)
        Column("created_at", .timestamp)
    }

    private static let ledgerEntries = Table("ledger_entries") {
        Column.id
        Column("transaction_id", .integer, .references("ledger_transactions", onDelete: .restrict))
        Column("account", .text(40))
        Column("debit", .money)
        Column("credit", .money)
        Column("currency", .text(3))
        Column("order_id", .integer, .null)
        Column("payment_id", .integer, .null)
        Column("created_at", .timestamp)
        Index("transaction_id")
        Index("order_id")
        Index("account", "created_at")
        Index("created_at")
        Constraint.check(
            "ledger_entries_sides", "(debit > 0 AND credit = 0) OR (debit = 0 AND credit > 0)")
    }
}
