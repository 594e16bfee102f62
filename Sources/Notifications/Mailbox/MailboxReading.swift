import SQL
import Web

/// What staff read of the built-in mailbox, and empty.
enum MailboxReading {
    /// Returns the messages of a list, the newest first.
    ///
    /// - Throws: `NotFound` where there is no such page, `SQLError`.
    static func page(
        _ filter: MailboxFilter, _ page: PageRequest, _ connection: Connection
    ) throws -> PageRows<MailboxMessage> {
        try PageRows(count: MailboxQueries.count(filter, connection), page) {
            try MailboxQueries.page(filter, limit: page.limit, connection)
        }
    }

    /// Empties the mailbox and says how many messages it held.
    ///
    /// - Throws: `SQLError`.
    static func clear(in tx: Transaction) throws -> Int {
        let everything = MailboxFilter(recipient: nil, channel: nil, search: nil, withSecrets: true)
        let count = try MailboxQueries.count(everything, tx)
        try MailboxQueries.deleteAll(tx)
        return count
    }
}
