import Primitives
import SQL

/// Clearing away messages of long ago from the built-in mailbox.
public enum MailboxUpkeep {
    /// Deletes up to `limit` messages of before `moment`.
    ///
    /// - Returns: how many.
    /// - Throws: `SQLError`.
    public static func purge(before moment: Timestamp, limit: Int, in tx: Transaction) throws -> Int {
        try MailboxQueries.purge(before: moment, limit: limit, tx)
    }
}
