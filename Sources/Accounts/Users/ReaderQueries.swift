import Commerce
import Messages
import SQL

/// What the profile says of mail to its owner, for the room that sends mails.
enum ReaderQueries {
    static func find(_ user: UserID, _ connection: Connection) throws -> MailReader? {
        try connection.first(
            """
            SELECT u.email, p.preferred_language, p.email_notifications, p.newsletter_subscribed
            FROM users u LEFT JOIN user_profiles p ON p.user_id = u.id WHERE u.id = \(user) AND u.deleted_at IS NULL
            """
        ) { row in
            let email = try row(String.self)
            let (language, takesMail, newsletter) = (try row(String?.self), try row(Bool?.self), try row(Bool?.self))
            return MailReader(
                email: email, language: language ?? "", takesMail: takesMail ?? true,
                takesNewsletter: newsletter ?? false)
        }
    }

    static func setNewsletter(_ user: UserID, _ isSubscribed: Bool, _ tx: Transaction) throws {
        try tx.execute("\(tx.dialect.insertOrIgnore) user_profiles (user_id) VALUES (\(user))")
        try tx.execute("UPDATE user_profiles SET newsletter_subscribed = \(isSubscribed) WHERE user_id = \(user)")
    }
}
