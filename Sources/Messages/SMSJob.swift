import Commerce
import Jobs
import Primitives

/// A text message to send.
public struct SMSJob: ExternalJobPayload {
    public static let kind = "sms.send"

    /// E.164: `+4915112345678`.
    public let recipient: String
    public let userID: UserID?
    /// Empty where the text is sealed.
    public let text: String
    /// What ``MailSecrets`` has sealed for the recipient: a text with a code in it.
    public let sealedText: String?

    public var person: JobPerson? { userID.map { .user($0.rawValue) } ?? .recipient(recipient) }

    public init(to recipient: String, userID: UserID?, text: String) {
        self.recipient = recipient
        self.userID = userID
        self.text = text
        sealedText = nil
    }

    /// A message whose text does not stand readable in the job's row.
    ///
    /// - Throws: an error of the cipher or of the encoder.
    public init(to recipient: String, userID: UserID?, secretText: String, sealedBy secrets: MailSecrets) throws {
        self.recipient = recipient
        self.userID = userID
        text = ""
        sealedText = try secrets.seal([Self.key: .string(secretText)], for: recipient)
    }

    static let key = "text"
}
