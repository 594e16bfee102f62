import Commerce
import Orders
import Payments
import Primitives
import SQL

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The statements that read an order as far as vendors' shares follow from it.
enum SoldOrderQueries {
    /// Reads an order with all that has happened to its money; nil where there is none.
    static func read(_ id: OrderID, _ connection: Connection) throws -> SoldOrder? {
        let lines = try lines(of: id, connection)
        guard var order = try order(id, lines, connection) else { return nil }
        try readReturns(into: &order, connection)
        try readPayments(into: &order, connection)
        return order
    }

    /// Whether anything of an order was frozen as a vendor's.
    static func isSold(_ id: OrderID, _ connection: Connection) throws -> Bool {
        try connection.value("SELECT 1 FROM line_commissions WHERE order_id = \(id) LIMIT 1", as: Int.self) != nil
    }

    private static func order(
        _ id: OrderID, _ lines: [SoldLine], _ connection: Connection
    ) throws -> SoldOrder? {
        let worth = try lines.map(\.worth).total()
        let found: SoldOrder? = try connection.first(
            """
            SELECT o.currency, o.tax_inclusive, o.total, CAST(COALESCE((SELECT COUNT(*) FROM invoices i WHERE i.order_id = o.id
            AND i.return_id = 0 AND i.series = 'invoice'), 0) AS SIGNED), CAST(COALESCE((SELECT COUNT(*) FROM invoices n
            WHERE n.order_id = o.id AND n.return_id = 0 AND n.series = 'credit_note'), 0) AS SIGNED)
            FROM orders o WHERE o.id = \(id)
            """
        ) { row in
            let (currency, isInclusive, total): (String, Bool, Money) = (try row(), try row(), try row())
            var order = SoldOrder(
                id: id, currency: currency, isInclusive: isInclusive, shipping: try total - worth, lines: lines)
            order.isInvoiced = try row(Int.self) > 0
            order.isCredited = try row(Int.self) > 0
            return order
        }
        return found
    }

    private static func lines(of id: OrderID, _ connection: Connection) throws -> [SoldLine] {
        try connection.all(
            """
            SELECT i.id, i.product_id, i.vendor_id, i.quantity, i.price,
            i.subtotal - i.discount + CASE WHEN o.tax_inclusive = 1 THEN 0 ELSE i.tax END, i.tax, i.status,
            CASE WHEN i.status = 'delivered' THEN (SELECT MAX(s.delivered_at) FROM shipment_items x
            JOIN shipments s ON s.id = x.shipment_id WHERE x.order_item_id = i.id) ELSE NULL END, o.updated_at,
            c.base, c.rate, c.commission
            FROM order_items i JOIN orders o ON o.id = i.order_id
            LEFT JOIN line_commissions c ON c.order_item_id = i.id WHERE i.order_id = \(id) ORDER BY i.id
            """
        ) { row in
            var line = SoldLine(
                id: try row(), product: try row(), vendor: try row(), quantity: try row(), price: try row(),
                worth: try row(), tax: try row())
            let (status, delivered, updated): (OrderStatus, Timestamp?, Timestamp) = (try row(), try row(), try row())
            line.arrival =
                status == .delivered ? .delivered(delivered ?? updated) : status == .cancelled ? .cancelled : .underWay
            let (base, rate, commission): (Money?, Int64?, Money?) = (try row(), try row(), try row())
            if let base, let rate, let commission {
                line.sale = LineCommission(base: base, rate: rate, commission: commission)
            }
            return line
        }
    }

    /// Adds what was canceled before the invoice, and what was credited after it.
    private static func readReturns(into order: inout SoldOrder, _ connection: Connection) throws {
        typealias Row = (OrderItemID?, Int, String, Bool, Money, Money, Money)
        let rows: [Row] = try connection.tuples(
            """
            SELECT x.order_item_id, COALESCE(x.received_quantity, 0), r.kind, CASE WHEN n.id IS NULL THEN 0 ELSE 1 END,
            COALESCE(x.refund_amount, 0), COALESCE(x.tax_amount, 0), r.shipping_amount FROM returns r
            LEFT JOIN return_items x ON x.return_id = r.id
            LEFT JOIN invoices n ON n.order_id = r.order_id AND n.return_id = r.id AND n.series = 'credit_note'
            WHERE r.order_id = \(order.id) AND r.status = 'received' ORDER BY r.id, x.id
            """)
        for (item, units, kind, isNoted, worth, tax, shipping) in rows {
            if isNoted { order.creditedShipping = max(order.creditedShipping, shipping) }
            guard let index = order.lines.firstIndex(where: { $0.id == item }) else { continue }
            if isNoted {
                try order.lines[index].credited += worth
                try order.lines[index].creditedTax += tax
            } else if kind == "cancellation" {
                order.lines[index].goneUnits += units
                try order.lines[index].gone += worth
                try order.lines[index].goneTax += tax
            }
        }
    }

    /// Adds the money that came and went back.
    private static func readPayments(into order: inout SoldOrder, _ connection: Connection) throws {
        order.captured =
            try connection.value(
                """
                SELECT CAST(COALESCE(SUM(captured_amount), 0) AS SIGNED) FROM payments
                WHERE order_id = \(order.id) AND is_surplus = 0
                """) ?? .zero
        order.refunds = try connection.all(
            """
            SELECT r.amount, r.items, r.restock FROM refunds r JOIN payments p ON p.id = r.payment_id
            WHERE r.order_id = \(order.id) AND r.status = 'completed' AND p.is_surplus = 0 ORDER BY r.id
            """
        ) { row in
            let (amount, text): (Money, String) = (try row(), try row())
            let items = text == "[]" ? [] : try JSONDecoder().decode([Refund.Item].self, from: Data(text.utf8))
            let units = Dictionary(items.map { ($0.orderItemID, $0.quantity) }, uniquingKeysWith: +)
            return SoldOrder.Refund(amount: amount, units: units, isRestocked: try row())
        }
        order.lost =
            try connection.value(
                """
                SELECT CAST(COALESCE(SUM(d.amount), 0) AS SIGNED) FROM disputes d JOIN payments p ON p.id = d.payment_id
                WHERE d.order_id = \(order.id) AND d.status = 'lost' AND p.is_surplus = 0
                """) ?? .zero
    }

    /// Writes vendors' lines as they were sold.
    static func freeze(
        _ order: SoldOrder, _ commissions: [OrderItemID: LineCommission], category: (ProductID) -> Int64?,
        at now: Timestamp, _ tx: Transaction
    ) throws {
        let rows = try order.lines.compactMap { line -> ColumnValues? in
            guard let vendor = line.vendor, let sale = commissions[line.id] else { return nil }
            let units = line.quantity - line.goneUnits
            let gross = try line.price * units
            return [
                "order_item_id": line.id, "order_id": order.id, "vendor_id": vendor, "product_id": line.product,
                "category_id": category(line.product), "quantity": units, "gross": gross,
                "discount": try line.discount(of: gross, order), "base": sale.base, "rate": sale.rate,
                "commission": sale.commission, "sold_at": now,
            ]
        }
        if !rows.isEmpty { try tx.execute("INSERT INTO line_commissions \(insert: rows)") }
    }
}

extension SoldLine {
    /// Returns the discount on the units that were sold.
    fileprivate func discount(of gross: Money, _ order: SoldOrder) throws -> Money {
        try max(.zero, gross - (order.isInclusive ? invoiced : base))
    }
}
