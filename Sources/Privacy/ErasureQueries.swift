import Accounts
import Commerce
import Primitives
import SQL

/// What is still to be erased of people, and what was erased of them in other rooms' tables but their orders.
///
/// What a guest left under an e-mail is erased with the account only where that e-mail was verified, and for the time that
/// it was theirs: anybody can register an address that is another's. Rows of other users are never touched.
enum ErasureQueries {
    /// Keeps the addresses of an erased user until what was left under them is found.
    static func begin(_ user: ErasedUser, _ tx: Transaction) throws {
        let latest = Dictionary(user.addresses.map { ($0.email, $0.until) }, uniquingKeysWith: max)
        guard !latest.isEmpty else { return }
        let rows = latest.sorted { $0.key < $1.key }.map { [SQLValue].row(user.id, $0.key, $0.value) }
        try tx.execute("INSERT INTO erasure_addresses (user_id, email, until_at) VALUES \(rows: rows)")
    }

    /// An erased user with the addresses that are still looked for.
    static func user(_ id: UserID, _ connection: Connection) throws -> ErasedUser {
        let addresses = try connection.all(
            "SELECT email, until_at FROM erasure_addresses WHERE user_id = \(id) ORDER BY email"
        ) { ErasedUser.Address(email: try $0(), until: try $0()) }
        return ErasedUser(id: id, addresses: addresses)
    }

    static func finish(_ id: UserID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM erasure_addresses WHERE user_id = \(id)")
    }

    static func deleteOpenCart(of user: UserID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM carts WHERE user_id = \(user) AND status = 'open'")
    }

    /// Deletes at most `limit` messages of the mailbox that a user was sent; how many there were.
    static func deleteMessages(of user: UserID, limit: Int, _ tx: Transaction) throws -> Int {
        try deleteMessages("user_id = \(user)", limit: limit, tx)
    }

    /// Deletes at most `limit` messages of the mailbox that were sent to somebody without an account while an address was
    /// theirs: a message is about what happened up to an hour before.
    static func deleteMessages(to address: ErasedUser.Address, limit: Int, _ tx: Transaction) throws -> Int {
        try deleteMessages(
            "user_id IS NULL AND recipient = \(address.email) AND created_at <= \(address.until + .hours(1))",
            limit: limit, tx)
    }

    /// Deletes at most `limit` messages to somebody without an account about an order.
    static func deleteMessages(to email: String, about order: String, limit: Int, _ tx: Transaction) throws {
        _ = try deleteMessages(
            """
            user_id IS NULL AND recipient = \(email)
            AND (INSTR(subject, \(order)) > 0 OR INSTR(text_content, \(order)) > 0)
            """, limit: limit, tx)
    }

    private static func deleteMessages(_ condition: Query, limit: Int, _ tx: Transaction) throws -> Int {
        let ids = try tx.column("SELECT id FROM mailbox WHERE \(condition) LIMIT \(limit)", as: Int64.self)
        guard !ids.isEmpty else { return 0 }
        return try tx.execute("DELETE FROM mailbox WHERE id IN (\(list: ids))")
    }
}
