import Commerce
import Primitives
import SQL

/// The statements of `mailbox`, which stores the messages that would have been sent if a mail server were set.
enum MailboxQueries {
    static func insert(_ message: MailboxDraft, _ tx: Transaction) throws {
        try tx.insert(
            """
            INSERT INTO mailbox
            (channel, recipient, user_id, subject, text_content, html_content, links, is_secret, created_at)
            VALUES (\(message.channel), \(message.recipient), \(message.userID), \(message.subject), \(message.text),
            \(message.html), \(message.links), \(message.isSecret), \(message.createdAt))
            """)
    }

    static func count(_ filter: MailboxFilter, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM mailbox" + condition(filter)) ?? 0
    }

    static func page(_ filter: MailboxFilter, limit: Query, _ connection: Connection) throws -> [MailboxMessage] {
        try connection.all(
            "SELECT \(MailboxMessage.columns) FROM mailbox" + condition(filter) + " ORDER BY id DESC " + limit)
    }

    static func find(_ id: Int64, _ connection: Connection) throws -> MailboxMessage? {
        try connection.first("SELECT \(MailboxMessage.columns) FROM mailbox WHERE id = \(id)")
    }

    static func purge(before moment: Timestamp, limit: Int, _ tx: Transaction) throws -> Int {
        let ids = try tx.column(
            "SELECT id FROM mailbox WHERE created_at < \(moment) ORDER BY created_at LIMIT \(limit)", as: Int64.self)
        guard !ids.isEmpty else { return 0 }
        return try tx.execute("DELETE FROM mailbox WHERE id IN (\(list: ids))")
    }

    static func deleteAll(_ tx: Transaction) throws {
        try tx.execute("DELETE FROM mailbox")
    }

    private static func condition(_ filter: MailboxFilter) -> Query {
        var parts: [Query] = []
        if let recipient = filter.recipient { parts.append("recipient = \(recipient)") }
        if let channel = filter.channel { parts.append("channel = \(channel)") }
        if let text = filter.search {
            let readable: Query = filter.withSecrets ? .empty : "is_secret = 0 AND"
            parts.append("(INSTR(subject, \(text)) > 0 OR (\(readable) INSTR(text_content, \(text)) > 0))")
        }
        return parts.isEmpty ? .empty : " WHERE " + parts.joined(by: " AND ")
    }
}
