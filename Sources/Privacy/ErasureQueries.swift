import Commerce
import Primitives
import SQL

/// Takes a person out of the tables of the other rooms. The books keep their amounts; an order with an invoice keeps its
/// names, because the law has invoices kept, and is listed.
enum ErasureQueries {
    /// Orders of a person that no invoice was drawn for.
    private static func orders(_ user: UserID, _ email: String) -> Query {
        """
        (user_id = \(user) OR email = \(email))
        AND id NOT IN (SELECT order_id FROM invoices WHERE series = 'invoice')
        """
    }

    static func erase(_ user: UserID, email: String, _ tx: Transaction) throws {
        let ids = try tx.column("SELECT id FROM orders WHERE \(orders(user, email))", as: OrderID.self)
        let nowhere = #"{"full_name":"","country":""}"#
        for chunk in ids.chunks(of: 500) {
            try tx.execute(
                """
                UPDATE orders SET email = '', access_token_hash = '', notes = '', shipping_address = \(nowhere),
                    billing_address = \(nowhere) WHERE id IN (\(list: chunk))
                """)
            try tx.execute("UPDATE order_events SET note = '' WHERE order_id IN (\(list: chunk))")
            try tx.execute("UPDATE order_notes SET text = '' WHERE order_id IN (\(list: chunk))")
            try tx.execute("UPDATE returns SET note = '', staff_note = '' WHERE order_id IN (\(list: chunk))")
        }
        try tx.execute("UPDATE coupon_usages SET email = '' WHERE user_id = \(user) OR email = \(email)")
        try tx.execute("DELETE FROM carts WHERE user_id = \(user) AND status = 'open'")
        try tx.execute("DELETE FROM mailbox WHERE user_id = \(user) OR recipient = \(email)")
        // Mails and answers that are kept for a while hold the address too.
        try tx.execute("DELETE FROM jobs WHERE INSTR(LOWER(payload), \(email)) > 0")
        let body: Query = tx.dialect == .sqlite ? "CAST(body AS TEXT)" : "CAST(body AS CHAR)"
        try tx.execute("DELETE FROM idempotency_keys WHERE INSTR(LOWER(\(body)), \(email)) > 0")
    }

    /// The numbers of invoices that keep the names of a person.
    static func retained(_ email: String, _ connection: Connection) throws -> [String] {
        try connection.rows(
            """
            SELECT i.year, i.sequence, o.order_number FROM invoices i JOIN orders o ON o.id = i.order_id
            WHERE o.email = \(email) AND i.series = 'invoice' ORDER BY i.year, i.sequence
            """
        ).map { "invoice \(try $0[0] as Int)/\(try $0[1] as Int) of order \(try $0[2] as String)" }
    }

    /// How many rows of a table hold a text because an invoice has them kept.
    static func retainedRows(_ email: String, _ connection: Connection) throws -> Int {
        try connection.value(
            """
            SELECT COUNT(*) FROM orders WHERE email = \(email)
            AND id IN (SELECT order_id FROM invoices WHERE series = 'invoice')
            """) ?? 0
    }
}

extension Array {
    fileprivate func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
