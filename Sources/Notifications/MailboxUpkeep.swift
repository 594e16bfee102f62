import Primitives
import SQL

/// Deletes old messages from the built-in mailbox.
public enum MailboxUpkeep {
    /// Deletes up to `limit` messages from before `moment`.
    ///
    /// - Returns: the number deleted.
    /// - Throws: `SQLError`.
    public static func purge(before moment: Timestamp, limit: Int, in tx: Transaction) throws -> Int {
        try MailboxQueries.purge(before: moment, limit: limit, tx)
    }
}
