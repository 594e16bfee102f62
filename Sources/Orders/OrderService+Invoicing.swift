import Commerce
import Documents
import Primitives
import SQL

/// Numbered documents: issued once, stored whole.
extension OrderService {
    /// Issues the documents that a change makes due: returns that were received before their order was paid are
    /// credited right after the invoice. An order whose total is zero has no invoice, and without one nothing is
    /// credited; nor is where all that cost something was credited before.
    func issueDocuments(for moved: Order, from order: Order, _ tx: Transaction) throws {
        guard moved.isPaidAndLive != order.isPaidAndLive else { return }
        guard moved.isPaidAndLive else {
            guard try InvoiceQueries.find(.invoice, of: order.id, tx) != nil, try left(of: moved, tx).total > .zero
            else { return }
            return try issue(.creditNote, of: moved, at: moved.updatedAt, tx)
        }
        guard try left(of: moved, tx).total > .zero else { return }
        try issue(.invoice, of: moved, at: moved.updatedAt, tx)
        for id in try ReturnQueries.uncredited(order.id, tx) {
            try issue(.creditNote, of: moved, return: ReturnQueries.find(id, tx), at: moved.updatedAt, tx)
        }
    }

    /// Draws the next number of a series and stores the document under it as it is now.
    func issue(
        _ series: Invoice.Series, of order: Order, return back: Return? = nil, at now: Timestamp, _ tx: Transaction
    ) throws {
        let invoice = try InvoiceQueries.draw(series, in: zone.day(of: now).year, at: now, tx)
        try InvoiceQueries.insert(
            invoice, of: order.id, return: back?.id, try document(invoice, of: order, return: back, tx), tx)
        try onIssue(try amounts(series, of: order, return: back, tx), tx)
    }

    /// Returns what a document comes to, of an order or of one of its returns.
    private func amounts(
        _ series: Invoice.Series, of order: Order, return back: Return?, _ connection: Connection
    ) throws -> IssuedAmounts {
        guard let back else { return try IssuedAmounts(series, of: left(of: order, connection), in: order) }
        return try IssuedAmounts(series, of: back, in: order)
    }

    /// Returns a numbered document of an order, or of one of its returns, as it was issued, and its number; nil before
    /// it is due.
    ///
    /// - Throws: `SQLError`.
    func numbered(
        _ series: Invoice.Series, of order: Order, return back: Return? = nil, _ connection: Connection
    ) throws -> (document: CommercialDocument, number: String)? {
        guard let issued = try InvoiceQueries.document(series, of: order.id, return: back?.id, connection) else {
            return nil
        }
        return (issued.document, issued.invoice.number)
    }

    /// Composes a document whose number was drawn just now, of an order or of one of its returns.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    private func document(
        _ issued: Invoice, of order: Order, return back: Return?, _ connection: Connection
    ) throws -> CommercialDocument {
        guard issued.series == .creditNote else {
            return try documents(of: left(of: order, connection)).invoice(issued)
        }
        let invoice = try InvoiceQueries.find(.invoice, of: order.id, connection)
        guard let back else {
            return try documents(of: left(of: order, connection)).creditNote(issued, invoice: invoice)
        }
        return try documents(of: order).creditNote(issued, of: back, invoice: invoice)
    }

    /// Returns an order without the parts of it that were canceled before they left.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    func left(of order: Order, _ connection: Connection) throws -> Order {
        guard order.items.contains(where: { $0.cancelled > 0 }) else { return order }
        return try order.less(ReturnQueries.cancellations(of: order.id, connection))
    }

    func documents(of order: Order) -> OrderDocuments {
        OrderDocuments(order: order, currency: Currency(code: order.currency) ?? currency, issuer: issuer, zone: zone)
    }
}

extension Order {
    /// Returns the order without these cancellations: their value is taken off its lines and sums.
    ///
    /// - Throws: `OutOfRange`.
    func less(_ cancelled: [Return]) throws -> Order {
        var left = self
        for line in try cancelled.flatMap(taxLines(of:)) {
            guard let index = left.taxLines.firstIndex(where: { $0.rate == line.rate }) else { continue }
            try left.taxLines[index].taxable -= line.taxable
            try left.taxLines[index].amount -= line.amount
        }
        left.taxLines.removeAll { $0.amount == .zero && $0.taxable == .zero }
        for part in cancelled.flatMap(\.parts) { try left.take(off: part) }
        left.items.removeAll { $0.quantity == 0 }
        return left
    }

    private mutating func take(off part: Return.Part) throws(OutOfRange) {
        guard let index = items.firstIndex(where: { $0.id == part.item }) else { return }
        let gross = try items[index].price * part.quantity
        let net = isTaxInclusive ? part.refund : try part.refund - part.tax
        items[index].quantity -= part.quantity
        try items[index].subtotal -= gross
        try items[index].discount -= gross - net
        try items[index].tax -= part.tax
        try subtotal -= gross
        try discount -= gross - net
        try tax -= part.tax
        try total -= part.refund
    }
}
