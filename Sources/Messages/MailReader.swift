import Commerce
import SQL

/// What an account says about mail to its owner.
public struct MailReader: Sendable, Hashable {
    /// The account's address at present.
    public let email: String
    /// A language tag, or empty for the shop's.
    public let language: String
    /// Whether mails are welcome that need not be sent.
    public let takesMail: Bool
    /// Whether the newsletter was asked for.
    public let takesNewsletter: Bool

    /// What an account says.
    public init(email: String, language: String, takesMail: Bool, takesNewsletter: Bool) {
        self.email = email
        self.language = language
        self.takesMail = takesMail
        self.takesNewsletter = takesNewsletter
    }
}

/// How the room that sends mails asks the one that has the accounts.
public struct MailReaders: Sendable {
    /// Returns what an account says; nil where there is none.
    public let find: @Sendable (UserID, Connection) throws -> MailReader?
    /// Subscribes a user to the newsletter, or ends that.
    public let setNewsletter: @Sendable (UserID, Bool, Transaction) throws -> Void

    /// The two questions of the room that has the accounts.
    public init(
        find: @escaping @Sendable (UserID, Connection) throws -> MailReader?,
        setNewsletter: @escaping @Sendable (UserID, Bool, Transaction) throws -> Void
    ) {
        self.find = find
        self.setNewsletter = setNewsletter
    }

    /// A shop without accounts.
    public static let none = MailReaders(find: { _, _ in nil }, setNewsletter: { _, _, _ in })
}
