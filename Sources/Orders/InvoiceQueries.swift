import Commerce
import Primitives
import SQL

/// The statements of `invoices` and their counters.
enum InvoiceQueries {
    /// Draws the next number of a series, in the transaction that made it due: a number that is rolled back is drawn again.
    @discardableResult
    static func issue(
        _ series: Invoice.Series, for order: OrderID, return id: ReturnID? = nil, in year: Int, at now: Timestamp,
        _ tx: Transaction
    ) throws -> Invoice {
        try tx.execute(
            """
            INSERT INTO invoice_counters (series, year, last_number) VALUES (\(series), \(year), 1)
            \(tx.dialect.onConflict("series, year")) last_number = invoice_counters.last_number + 1
            """)
        let drawn: Int? = try tx.value(
            "SELECT last_number FROM invoice_counters WHERE series = \(series) AND year = \(year)")
        guard let drawn else { throw SQLError(.conflict, message: "the counter of invoices was taken away") }
        let invoice = Invoice(series: series, year: year, sequence: drawn, issuedAt: now)
        _ = try tx.insert(
            """
            INSERT INTO invoices (order_id, return_id, series, year, sequence, issued_at)
            VALUES (\(order), \(id?.rawValue ?? 0), \(series), \(year), \(drawn), \(now))
            """)
        return invoice
    }

    /// The credit note of an order, or of one of its returns, and the invoice that it is against.
    static func creditNote(
        of order: OrderID, return id: ReturnID? = nil, _ connection: Connection
    ) throws -> (note: Invoice, invoice: Invoice?)? {
        let papers: [Invoice] = try connection.all(
            """
            SELECT \(Invoice.columns) FROM invoices WHERE order_id = \(order)
            AND (series = \(Invoice.Series.invoice) OR return_id = \(id?.rawValue ?? 0))
            """)
        guard let note = papers.first(where: { $0.series == .creditNote }) else { return nil }
        return (note, papers.first { $0.series == .invoice })
    }

    /// The paper of an order, or of one of its returns; nil before it is due.
    static func find(
        _ series: Invoice.Series, of order: OrderID, return id: ReturnID? = nil, _ connection: Connection
    ) throws -> Invoice? {
        try connection.first(
            """
            SELECT \(Invoice.columns) FROM invoices
            WHERE order_id = \(order) AND return_id = \(id?.rawValue ?? 0) AND series = \(series)
            """)
    }
}
