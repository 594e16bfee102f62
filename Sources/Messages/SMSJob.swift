import Commerce
import Jobs
import Primitives

/// A text message to be sent.
public struct SMSJob: ExternalJobPayload {
    /// Stable: jobs in the database carry it.
    public static let kind = "sms.send"

    /// The number to send to, in the form of E.164: `+4915112345678`.
    public let recipient: String
    /// The recipient's account; nil for a guest.
    public let userID: UserID?
    /// The text in clear; empty where it is sealed.
    public let text: String
    /// The text that ``MailSecrets`` has sealed for the recipient, as one with a code in it; nil where it is in clear.
    public let sealedText: String?

    /// The user, or the number of somebody without an account.
    public var person: JobPerson? { userID.map { .user($0.rawValue) } ?? .recipient(recipient) }

    /// Creates a message in clear.
    public init(to recipient: String, userID: UserID?, text: String) {
        self.recipient = recipient
        self.userID = userID
        self.text = text
        sealedText = nil
    }

    /// Creates a message whose text is not readable in the job's row.
    ///
    /// - Throws: `CryptoKitError`, `EncodingError`.
    public init(to recipient: String, userID: UserID?, secretText: String, sealedBy secrets: MailSecrets) throws {
        self.recipient = recipient
        self.userID = userID
        text = ""
        sealedText = try secrets.seal([Self.key: .string(secretText)], for: recipient)
    }

    static let key = "text"
}
