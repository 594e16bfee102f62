import Commerce
import Primitives
import SQL
import Web

/// A row of the log of mails.
public struct EmailLogID: Identifier {
    /// The primary key of the row.
    public let rawValue: Int64
    /// Wraps a row's primary key, without a look at the database.
    public init(_ value: Int64) { self.rawValue = value }
}

/// What became of a mail.
enum EmailStatus: String, WireEnum {
    /// Not sent yet: it is tried again.
    case pending
    /// The mail server has taken it, or the built-in mailbox.
    case sent
    /// The mail itself was refused; staff may send another.
    case failed
    /// The recipient's address was refused, or the mail came back.
    case bounced
    /// Not sent: the recipient does not want it or cannot get it.
    case suppressed
}

/// A mail as the log has it.
struct EmailLog: Sendable {
    var id = EmailLogID(0)
    var jobKey = ""
    var userID: UserID?
    var order: OrderID?
    var email = ""
    var type = ""
    var language = ""
    var subject = ""
    var status = EmailStatus.pending
    var error = ""
    var attempts = 0
    var context = "{}"
    var isSecret = false
    /// Whether staff have tried a text out by it.
    var isTest = false
    var createdAt = Timestamp(seconds: 0)
    var sentAt: Timestamp?
    var openedAt: Timestamp?
    var clickedAt: Timestamp?
}

extension EmailLog: Record {
    static let columns = Columns<EmailLog>(
        .key("id", \.id),
        .column("job_key", \.jobKey),
        .column("user_id", \.userID),
        .column("order_id", \.order),
        .column("email", \.email),
        .column("template_type", \.type),
        .column("language", \.language),
        .column("subject", \.subject),
        .column("status", \.status),
        .column("error_message", \.error),
        .column("attempts", \.attempts),
        .column("context", \.context),
        .column("is_secret", \.isSecret),
        .column("is_test", \.isTest),
        .column("created_at", \.createdAt),
        .column("sent_at", \.sentAt),
        .key("opened_at", \.openedAt),
        .key("clicked_at", \.clickedAt))
}

extension EmailLog {
    /// The number of the order that it is about, by its variables; nil for none.
    var orderNumber: String? {
        guard order != nil, let variables = try? JSONValue(parsing: context.utf8),
            case .string(let number)? = variables["order_number"]
        else { return nil }
        return number
    }
}
