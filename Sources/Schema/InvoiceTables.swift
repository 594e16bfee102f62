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
