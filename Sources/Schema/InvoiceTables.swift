import SQL

/// Invoices and credit notes, numbered without gaps in each year.
enum InvoiceTables {
    static let steps: [Migration.Step] = [
        .addColumn(Column("tax_rate", .integer, .null), table: "order_items"),
        .addColumn(Column("tax_name", .text(100), .defaultText("")), table: "order_items"),
        .addColumn(Column("tax_amount", .money, .defaultInteger(0)), table: "return_items"),
        .addColumn(Column("shipping_amount", .money, .defaultInteger(0)), table: "returns"),
        .create(counters), .create(invoices),
    ]

    /// Papers are kept whole. Those that are there already are filled in by a job, which writes what they are drawn by.
    static let keptSteps: [Migration.Step] = [
        .addColumn(Column("document", .longText, .null), table: "invoices"),
        .addColumn(Column("cancelled_quantity", .integer, .defaultInteger(0)), table: "order_items"),
        .addColumn(Column("kind", .text(12), .defaultText("return")), table: "returns"),
        .run(
            """
            INSERT INTO jobs (kind, payload, lane, priority, run_at, max_attempts, created_at)
            SELECT 'orders.keep_papers', '{"after":0}', 0, 1, 0, 20, 0
            FROM (SELECT MIN(id) AS first_id FROM invoices WHERE document IS NULL) found WHERE first_id IS NOT NULL
            """),
    ]

    /// One row a series and year: whoever draws a number holds it until the transaction ends.
    private static let counters = Table("invoice_counters") {
        Column("series", .text(12))
        Column("year", .integer)
        Column("last_number", .integer)
        Constraint.primaryKey(["series", "year"])
    }

    /// `return_id` is 0 for an invoice, and the return of a credit note.
    private static let invoices = Table("invoices") {
        Column.id
        Column("order_id", .integer, .references("orders", onDelete: .restrict))
        Column("return_id", .integer)
        Column("series", .text(12))
        Column("year", .integer)
        Column("sequence", .integer)
        Column("issued_at", .timestamp)
        Index("order_id", "return_id", "series", unique: true)
        Index("series", "year", "sequence", unique: true)
        Constraint.check("invoices_series", "series IN ('invoice', 'credit_note')")
    }
}
