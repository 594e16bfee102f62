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
        try connection.value("SELECT COUNT(*) FROM mailbox WHERE \(condition(filter))") ?? 0
    }

    /// Returns a page of messages, the newest first. What lies before the page is skipped by the index alone: rows hold whole
    /// messages. A search looks through all that the filters leave.
    static func page(_ filter: MailboxFilter, limit: Query, _ connection: Connection) throws -> [MailboxMessage] {
        try connection.all(
            .page(
                of: MailboxMessage.columns, from: "mailbox", through: walk(filter, connection.dialect),
                where: condition(filter), by: "id DESC", limit))
    }

    private static func walk(_ filter: MailboxFilter, _ dialect: Dialect) -> Query {
        if filter.recipient != nil { return dialect.through("ix_mailbox_recipient") }
        return filter.channel == nil ? .empty : dialect.through("ix_mailbox_channel")
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
        var parts: [Query] = ["1 = 1"]
        if let recipient = filter.recipient { parts.append("recipient = \(recipient)") }
        if let channel = filter.channel { parts.append("channel = \(channel)") }
        if let text = filter.search {
            let readable: Query = filter.withSecrets ? .empty : "is_secret = 0 AND"
            parts.append("(INSTR(subject, \(text)) > 0 OR (\(readable) INSTR(text_content, \(text)) > 0))")
        }
        return parts.joined(by: " AND ")
    }
}
