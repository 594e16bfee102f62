import Commerce
import Modules
import Primitives
import SQL

/// Statements that take a person out of `mailbox`.
enum MailboxErasureQueries {
    /// What goes into a user's archive.
    static let archive = ArchivePart(
        "messages", ["channel", "recipient", "subject", "text_content", "created_at"]
    ) {
        "mailbox WHERE user_id = \($0.id) OR (user_id IS NULL AND recipient = \($0.email)) ORDER BY id"
    }

    /// Deletes at most `limit` messages that a user was sent; how many there were.
    static func erase(of user: UserID, limit: Int, _ tx: Transaction) throws -> Int {
        try delete("user_id = \(user)", limit: limit, tx)
    }

    /// Deletes at most `limit` messages that were sent to somebody without an account while an address was theirs: a
    /// message is about what happened up to an hour before.
    static func erase(to address: ErasedUser.Address, limit: Int, _ tx: Transaction) throws -> Int {
        try delete(
            "user_id IS NULL AND recipient = \(address.email) AND created_at <= \(address.until + .hours(1))",
            limit: limit, tx)
    }

    /// Deletes at most `limit` messages to somebody without an account about an order.
    static func erase(to email: String, about order: String, limit: Int, _ tx: Transaction) throws {
        _ = try delete(
            """
            user_id IS NULL AND recipient = \(email)
            AND (INSTR(subject, \(order)) > 0 OR INSTR(text_content, \(order)) > 0)
            """, limit: limit, tx)
    }

    private static func delete(_ condition: Query, limit: Int, _ tx: Transaction) throws -> Int {
        let ids = try tx.column("SELECT id FROM mailbox WHERE \(condition) LIMIT \(limit)", as: Int64.self)
        guard !ids.isEmpty else { return 0 }
        return try tx.execute("DELETE FROM mailbox WHERE id IN (\(list: ids))")
    }
}
