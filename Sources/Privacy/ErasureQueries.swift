import Accounts
import Commerce
import Primitives
import SQL

/// Takes a person out of the tables of the other rooms. The books keep their amounts; an order with an invoice keeps its
/// names, because the law has invoices kept, and is listed.
///
/// What a guest left under an e-mail is erased with the account only where that e-mail was verified, and for the time that
/// it was theirs: anybody can register an address that is another's. Rows of other users are never touched.
enum ErasureQueries {
    /// Which rows with a `user_id`, an e-mail and a time are the person's.
    private static func isTheirs(_ user: ErasedUser, _ email: Query, at time: Query = "created_at") -> Query {
        isTheirs(user, owner: "user_id", email, at: time)
    }

    private static func isTheirs(_ user: ErasedUser, owner: Query, _ email: Query, at time: Query) -> Query {
        let guests = user.addresses.map { address -> Query in
            "OR (\(owner) IS NULL AND \(email) = \(address.email) AND \(time) <= \(address.until))"
        }
        return "(\(owner) = \(user.id) \(guests.joined(by: " ")))"
    }

    /// A message is about what happened up to an hour before.
    private static let sentSince: Query = "created_at - \(TimeSpan.hours(1).microseconds)"

    static func erase(_ user: ErasedUser, _ tx: Transaction) throws {
        let ids = try tx.column("SELECT id FROM orders WHERE \(isTheirs(user, "email"))", as: OrderID.self)
        for chunk in ids.chunked(by: 500) { try erase(orders: "(\(list: chunk))", tx) }
        try tx.execute("UPDATE coupon_usages SET email = '' WHERE \(isTheirs(user, "email", at: "used_at"))")
        try tx.execute("DELETE FROM carts WHERE user_id = \(user.id) AND status = 'open'")
        // The jobs first: a mail that is being sent is waited for, and one that would be sent later has lost its row.
        try eraseJobs(of: user, tx)
        try tx.execute("DELETE FROM mailbox WHERE \(isTheirs(user, "recipient", at: sentSince))")
        // Answers that are kept for a day hold who they are too.
        try tx.execute("DELETE FROM idempotency_keys WHERE user_id = \(user.id)")
        let body: Query = tx.dialect == .sqlite ? "CAST(body AS TEXT)" : "CAST(body AS CHAR)"
        for address in user.addresses {
            try tx.execute(
                """
                DELETE FROM idempotency_keys WHERE user_id IS NULL AND expires_at <= \(address.until + .hours(24))
                AND INSTR(LOWER(\(body)), \(quoted(address.email))) > 0
                """)
        }
    }

    /// Takes names out of orders that no invoice needs them in, and out of all of them what was written beside.
    private static func erase(orders: Query, _ tx: Transaction) throws {
        let nowhere = #"{"full_name":"","country":""}"#
        try tx.execute(
            """
            UPDATE orders SET email = '', shipping_address = \(nowhere), billing_address = \(nowhere)
            WHERE id IN \(orders) AND id NOT IN (SELECT order_id FROM invoices WHERE series = 'invoice')
            """)
        try tx.execute("UPDATE orders SET access_token_hash = '', notes = '' WHERE id IN \(orders)")
        try tx.execute("UPDATE order_events SET note = '' WHERE order_id IN \(orders)")
        try tx.execute("UPDATE order_notes SET text = '' WHERE order_id IN \(orders)")
        try tx.execute("UPDATE shipments SET note = '' WHERE order_id IN \(orders)")
        try tx.execute("UPDATE returns SET note = '', staff_note = '' WHERE order_id IN \(orders)")
        try tx.execute(
            """
            UPDATE return_items SET reason = '' WHERE return_id IN
            (SELECT id FROM returns WHERE order_id IN \(orders))
            """)
    }

    /// Mails and text messages to the person, waiting or given up.
    private static func eraseJobs(of user: ErasedUser, _ tx: Transaction) throws {
        let (owner, recipient): (Query, Query) =
            switch tx.dialect {
            case .sqlite: ("json_extract(payload, '$.userID')", "json_extract(payload, '$.recipient')")
            case .mysql: ("JSON_VALUE(payload, '$.userID')", "JSON_VALUE(payload, '$.recipient')")
            }
        let theirs = isTheirs(user, owner: owner, recipient, at: sentSince)
        let ids = try tx.column("SELECT id FROM jobs WHERE \(theirs)", as: Int64.self)
        for chunk in ids.chunked(by: 500) {
            try tx.execute("DELETE FROM jobs WHERE id IN (\(list: chunk))")
            try tx.execute("DELETE FROM job_unique_keys WHERE job_id IN (\(list: chunk))")
        }
    }

    /// An e-mail as it stands in JSON: so that it is not found at the end of a longer one.
    private static func quoted(_ email: String) -> String { "\"\(email)\"" }

    /// The beginnings of paths under which staff changed the person, or an order of theirs.
    static func auditedPaths(of user: ErasedUser, _ tx: Transaction) throws -> [String] {
        let orders = try tx.rows("SELECT id, order_number FROM orders WHERE \(isTheirs(user, "email"))")
        return ["/api/users/\(user.id)/"]
            + (try orders.flatMap { row -> [String] in
                let keys = ["\(try row[0] as Int64)", try row[1] as String]
                return keys.flatMap { ["/api/admin/orders/\($0)/", "/api/orders/\($0)/"] }
            })
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
