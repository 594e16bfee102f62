import Commerce
import Jobs
import Primitives

/// A mail to send: enqueued by any app in the transaction that made it necessary, rendered and sent by `Notifications`.
public struct MailJob: ExternalJobPayload {
    public static let kind = "mail.send"

    /// The template's type: `order_confirmation`, `welcome`.
    public let template: String
    public let recipient: String
    public let userID: UserID?
    /// What the template shows, by name. Secrets in it are sealed by the sender.
    public let context: JSONValue

    public var person: JobPerson? { userID.map { .user($0.rawValue) } ?? .recipient(recipient) }

    public init(template: String, to recipient: String, userID: UserID?, context: JSONValue) {
        self.template = template
        self.recipient = recipient
        self.userID = userID
        self.context = context
    }
}
