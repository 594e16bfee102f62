import Commerce
import Primitives
import SQL

/// How a message travels.
public enum Channel: String, Sendable, Codable, CaseIterable, SQLConvertible {
    case email
    case sms
}

/// A message about to be kept in the mailbox.
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

/// Which messages of the mailbox are asked for.
struct MailboxFilter: Sendable {
    let recipient: String?
    let channel: Channel?
    let search: String?
    /// Whether secret messages are read, and found by what they say.
    let withSecrets: Bool
}

/// A message of the mailbox, as it is kept.
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
