import Commerce
import Jobs

/// A text message to send.
public struct SMSJob: ExternalJobPayload {
    public static let kind = "sms.send"

    /// E.164: `+4915112345678`.
    public let recipient: String
    public let userID: UserID?
    public let text: String

    public init(to recipient: String, userID: UserID?, text: String) {
        self.recipient = recipient
        self.userID = userID
        self.text = text
    }
}
