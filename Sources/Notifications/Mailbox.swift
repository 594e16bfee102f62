import Commerce
import Primitives
import SQL

/// The ways in which a message travels.
public enum Channel: String, Sendable, Codable, CaseIterable, SQLConvertible {
    case email
    case sms
}

/// A message to store in the mailbox.
struct MailboxDraft: Sendable {
    let channel: Channel
    let recipient: String
    let userID: UserID?
    let subject: String
    let text: String
    let html: String
    /// A JSON array of texts.
    let links: String
    /// Whether it holds a code or a token.
    let isSecret: Bool
    let createdAt: Timestamp
}

/// The conditions on the messages of the mailbox; nil leaves one out.
struct MailboxFilter: Sendable {
    let recipient: String?
    let channel: Channel?
    let search: String?
    /// Whether the text of secret messages is shown and searched.
    let withSecrets: Bool
}

/// A message as the mailbox stores it.
struct MailboxMessage: RowDecodable {
    static let columns: Query =
        "id, channel, recipient, subject, text_content, html_content, links, is_secret, created_at"

    let id: Int64
    let channel: Channel
    let recipient: String
    let subject: String
    let text: String
    let html: String
    let links: String
    let isSecret: Bool
    let createdAt: Timestamp

    /// Decodes the columns of `columns`, in their order.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    init(row: Row) throws {
        id = try row[0]
        channel = try row[1]
        recipient = try row[2]
        subject = try row[3]
        text = try row[4]
        html = try row[5]
        links = try row[6]
        isSecret = try row[7]
        createdAt = try row[8]
    }
}
