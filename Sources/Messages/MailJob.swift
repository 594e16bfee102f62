import Commerce
import Jobs
import Primitives

/// A mail to be sent: enqueued by any app in the transaction that made it necessary, rendered and sent by
/// `Notifications`.
public struct MailJob: ExternalJobPayload {
    /// Stable: jobs in the database carry it.
    public static let kind = "mail.send"

    /// The template's type: `order_confirmation`, `welcome`.
    public let template: String
    /// The address to send to, without a name.
    public let recipient: String
    /// The recipient's account; nil for a guest.
    public let userID: UserID?
    /// The variables of the template, by name. Secrets among them are sealed by the sender.
    public let context: JSONValue
    /// The order that it is about; nil for none.
    public let orderID: OrderID?
    /// The template's text to send, whatever is in use; nil for the recipient's language and what preferences say.
    public let textID: Int64?

    /// The user, or the address of a guest.
    public var person: JobPerson? { userID.map { .user($0.rawValue) } ?? .recipient(recipient) }

    /// Creates a mail to one recipient, about an order or none.
    public init(
        template: String, to recipient: String, userID: UserID?, about order: OrderID? = nil, context: JSONValue
    ) {
        self.template = template
        self.recipient = recipient
        self.userID = userID
        self.context = context
        orderID = order
        textID = nil
    }

    /// Creates a mail of one text, which staff want to see.
    public init(of template: String, textID: Int64, to recipient: String, context: JSONValue) {
        self.template = template
        self.recipient = recipient
        userID = nil
        self.context = context
        orderID = nil
        self.textID = textID
    }
}
