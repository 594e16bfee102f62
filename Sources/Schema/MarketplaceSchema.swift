import SQL

/// Makes the tables of the marketplace's money.
enum MarketplaceSchema {
    static let migrations = [Migration(22, "marketplace", steps)]

    static let steps: [Migration.Step] = [
        .create(rules), .create(lines), .create(accounts), .create(payouts), .create(entries),
    ]

    /// What the shop keeps: of one vendor's sales, of a category's, or of all where both are null. `rate` is in millionths.
    private static let rules = Table("commission_rules") {
        Column.id
        Column("vendor_id", .integer, .null, .references("vendors", onDelete: .cascade))
        Column("category_id", .integer, .null, .references("categories", onDelete: .cascade))
        Column("rate", .integer)
        Column("valid_from", .timestamp)
        Column("version", .integer, .defaultInteger(1))
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("vendor_id", "valid_from")
        Index("category_id", "valid_from")
        Index("valid_from")
        Constraint.check("commission_rules_rate", "rate >= 0 AND rate <= 1000000")
    }

    /// A vendor's line as it was sold: written when its invoice is issued, and never changed.
    private static let lines = Table("line_commissions") {
        Column("order_item_id", .integer, .primaryKey, .references("order_items", onDelete: .restrict))
        Column("order_id", .integer)
        Column("vendor_id", .integer, .references("vendors", onDelete: .restrict))
        Column("product_id", .integer)
        Column("category_id", .integer, .null)
        Column("quantity", .integer)
        Column("gross", .money)
        Column("discount", .money)
        Column("base", .money)
        Column("rate", .integer)
        Column("commission", .money)
        Column("sold_at", .timestamp)
        Index("order_id", "vendor_id")
        Index(
            "vendor_id", "sold_at", "order_id", "product_id", "category_id", "quantity", "gross", "discount", "base",
            "commission", name: "ix_line_commissions_sales")
        Constraint.check("line_commissions_base", "base >= 0 AND commission >= 0 AND commission <= base")
    }

    /// One row a vendor that has ever had an entry: the sum of its entries, and the lock on them.
    private static let accounts = Table("vendor_accounts") {
        Column("vendor_id", .integer, .primaryKey, .references("vendors", onDelete: .restrict))
        Column("balance", .money)
    }

    /// One row a vendor and period at most. Days are those of the shop, both included. `bank_message_id` names the message to the
    /// bank that has it, of which there is one at most.
    private static let payouts = Table("vendor_payouts") {
        Column.id
        Column("vendor_id", .integer, .references("vendors", onDelete: .restrict))
        Column("vendor_name", .text(200))
        Column("amount", .money)
        Column("currency", .text(3))
        Column("period_start", .date)
        Column("period_end", .date)
        Column("status", .text(12))
        Column("payout_method", .text(20))
        Column("transaction_reference", .text(100), .defaultText(""))
        Column("failure_reason", .text(500), .defaultText(""))
        Column("created_by", .integer, .null, .references("users", onDelete: .setNull))
        Column("created_at", .timestamp)
        Column("processed_at", .timestamp, .null)
        Column("exported_at", .timestamp, .null)
        Column("bank_message_id", .text(35), .null)
        Index("vendor_id", "period_start", "period_end", unique: true)
        Index("vendor_id", "created_at")
        Index("status", "created_at")
        Index("created_at")
        Index("bank_message_id")
        Constraint.check(
            "vendor_payouts_status", "status IN ('pending', 'processing', 'completed', 'failed')")
        Constraint.check("vendor_payouts_amount", "amount > 0")
    }

    /// Only ever added to, but for `available_at`, which is null until the line has arrived. Amounts above zero are the
    /// vendor's.
    private static let entries = Table("vendor_ledger_entries") {
        Column.id
        Column("vendor_id", .integer, .references("vendors", onDelete: .restrict))
        Column("entry_type", .text(12))
        Column("amount", .money)
        Column("currency", .text(3))
        Column("order_id", .integer, .null)
        Column("order_item_id", .integer, .null)
        Column("payout_id", .integer, .null, .references("vendor_payouts", onDelete: .restrict))
        Column("reason", .text(500), .defaultText(""))
        Column("created_by", .integer, .null, .references("users", onDelete: .setNull))
        Column("available_at", .timestamp, .null)
        Column("created_at", .timestamp)
        Column("request_key", .text(64), .null, .unique)
        Index("vendor_id", "created_at")
        Index("vendor_id", "available_at", "entry_type", "amount", name: "ix_vendor_entries_available")
        Index("order_id")
        Index("payout_id")
        Constraint.check(
            "vendor_entries_type",
            "entry_type IN ('sale', 'commission', 'refund', 'dispute', 'adjustment', 'payout')")
    }
}
