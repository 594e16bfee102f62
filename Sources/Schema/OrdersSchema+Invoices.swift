import SQL

/// Invoices and credit notes, numbered without gaps in each year.
extension OrdersSchema {
    /// One row a series and year: whoever draws a number holds it until the transaction ends, so that there are
    /// no gaps.
    static let invoiceCounters = Table("invoice_counters") {
        Column("series", .text(12))
        Column("year", .integer)
        Column("last_number", .integer)
        Constraint.primaryKey(["series", "year"])
    }

    /// Papers are kept whole in `document`. `return_id` is 0 for an invoice, and the return of a credit note.
    static let invoices = Table("invoices") {
        Column.id
        Column("order_id", .integer, .references("orders", onDelete: .restrict))
        Column("return_id", .integer)
        Column("series", .text(12))
        Column("year", .integer)
        Column("sequence", .integer)
        Column("issued_at", .timestamp)
        Column("document", .longText, .null)
        Index("order_id", "return_id", "series", unique: true)
        Index("series", "year", "sequence", unique: true)
        Constraint.check("invoices_series", "series IN ('invoice', 'credit_note')")
    }
}
