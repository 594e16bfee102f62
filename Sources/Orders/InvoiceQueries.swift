import Commerce
import Documents
import Primitives
import SQL

/// The statements of `invoices` and their counters.
enum InvoiceQueries {
    /// Draws the next number of a series, in the transaction that made it due: a number that is rolled back is drawn
    /// again.
    static func draw(
        _ series: Invoice.Series, in year: Int, at now: Timestamp, _ tx: Transaction
    ) throws -> Invoice {
        try tx.execute(
            """
            INSERT INTO invoice_counters (series, year, last_number) VALUES (\(series), \(year), 1)
            \(tx.dialect.onConflict("series, year")) last_number = invoice_counters.last_number + 1
            """)
        let drawn: Int? = try tx.value(
            "SELECT last_number FROM invoice_counters WHERE series = \(series) AND year = \(year)")
        guard let drawn else { throw SQLError(.conflict, message: "the counter of invoices was taken away") }
        return Invoice(series: series, year: year, sequence: drawn, issuedAt: now)
    }

    /// Stores a document under the number that was drawn for it.
    static func insert(
        _ invoice: Invoice, of order: OrderID, return id: ReturnID?, _ document: CommercialDocument, _ tx: Transaction
    ) throws {
        _ = try tx.insert(
            """
            INSERT INTO invoices (order_id, return_id, series, year, sequence, issued_at, document)
            VALUES (\(order), \(id?.rawValue ?? 0), \(invoice.series), \(invoice.year), \(invoice.sequence),
            \(invoice.issuedAt), \(try IssuedDocument.text(document)))
            """)
    }

    /// Returns the document of an order, or of one of its returns, with its content; nil before it is due.
    static func document(
        _ series: Invoice.Series, of order: OrderID, return id: ReturnID? = nil, _ connection: Connection
    ) throws -> IssuedDocument? {
        try connection.first(
            """
            SELECT \(IssuedDocument.columns) FROM invoices
            WHERE order_id = \(order) AND return_id = \(id?.rawValue ?? 0) AND series = \(series)
            """)
    }

    /// Returns the documents of these orders themselves, by their order; those that are not due are left out.
    static func documents(
        _ series: Invoice.Series, of orders: [OrderID], _ connection: Connection
    ) throws -> [OrderID: CommercialDocument] {
        guard !orders.isEmpty else { return [:] }
        let found = try connection.all(
            """
            SELECT order_id, \(IssuedDocument.columns) FROM invoices
            WHERE order_id IN (\(list: orders)) AND return_id = 0 AND series = \(series)
            """
        ) { row in (order: try row(OrderID.self), issued: try IssuedDocument(row: &row)) }
        return Dictionary(found.map { ($0.order, $0.issued.document) }) { first, _ in first }
    }

    /// Returns what an order has of numbered documents, its returns' and cancellations' too, the first first.
    static func papers(of order: OrderID, _ connection: Connection) throws -> [OrderPaper] {
        try connection.all("SELECT \(OrderPaper.columns) FROM invoices WHERE order_id = \(order) ORDER BY id")
    }

    /// Returns the number of an order's document, or of one of its returns; nil before it is due.
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
