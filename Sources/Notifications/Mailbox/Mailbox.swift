import Commerce
import Primitives
import SQL

/// The ways in which a message travels.
public enum Channel: String, WireEnum {
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

    init(row: inout RowReader) throws {
        id = try row()
        channel = try row()
        recipient = try row()
        subject = try row()
        text = try row()
        html = try row()
        links = try row()
        isSecret = try row()
        createdAt = try row()
    }
}
