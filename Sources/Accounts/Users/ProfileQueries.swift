import Commerce
import Primitives
import SQL

/// Statements that change a user's own fields and settings.
enum ProfileQueries {
    /// Locks a user's row and returns its version; nil for one that was erased.
    static func lockVersion(_ id: UserID, _ tx: Transaction) throws -> Int? {
        try tx.value("SELECT version FROM users WHERE id = \(id) AND deleted_at IS NULL \(tx.dialect.forUpdate)")
    }

    /// Writes the changed fields. A new phone number or e-mail is not verified.
    static func update(_ id: UserID, _ changes: ProfileChanges, at now: Timestamp, _ tx: Transaction) throws {
        var assignments: [Query] = ["version = version + 1", "updated_at = \(now)"]
        // MySQL evaluates assignments from left to right: what looks at the old value stands first.
        if let phone = changes.phoneNumber {
            assignments.append(
                "is_phone_verified = CASE WHEN phone_number = \(phone) THEN is_phone_verified ELSE 0 END")
            assignments.append("phone_number = \(phone)")
        }
        if let email = changes.email {
            assignments.append("is_email_verified = CASE WHEN email = \(email) THEN is_email_verified ELSE 0 END")
            assignments.append("email = \(email)")
        }
        assignments += [
            changes.firstName.map { "first_name = \($0)" }, changes.lastName.map { "last_name = \($0)" },
            changes.dateOfBirth.map { "date_of_birth = \($0)" }, changes.gender.map { "gender = \($0)" },
            changes.bio.map { "bio = \($0)" },
        ].compactMap { $0 }
        try tx.execute("UPDATE users SET \(assignments.joined(by: ", ")) WHERE id = \(id)")
    }

    static func setPicture(
        _ picture: UserPicture, to key: String, of user: UserID, at now: Timestamp, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            UPDATE users SET \(column(picture)) = \(key), version = version + 1, updated_at = \(now) WHERE id = \(user)
            """)
    }

    /// Returns those of these keys that users show.
    static func referenced(_ picture: UserPicture, _ keys: [String], _ connection: Connection) throws -> [String] {
        try connection.column(
            "SELECT \(column(picture)) FROM users WHERE \(column(picture)) IN (\(list: keys))")
    }

    private static func column(_ picture: UserPicture) -> Query {
        picture == .avatar ? "profile_image" : "cover_image"
    }

    static func update(_ id: UserID, _ changes: SettingsChanges, _ tx: Transaction) throws {
        let assignments: [Query] = [
            changes.preferredLanguage.map { "preferred_language = \($0)" },
            changes.preferredCurrency.map { "preferred_currency = \($0)" },
            changes.timezone.map { "timezone = \($0)" },
            changes.newsletterSubscribed.map { "newsletter_subscribed = \($0)" },
            changes.smsNotifications.map { "sms_notifications = \($0)" },
            changes.emailNotifications.map { "email_notifications = \($0)" },
            changes.visibility.map { "profile_visibility = \($0)" },
            changes.showEmail.map { "show_email = \($0)" }, changes.showPhone.map { "show_phone = \($0)" },
            changes.facebookURL.map { "facebook_url = \($0)" }, changes.twitterURL.map { "twitter_url = \($0)" },
            changes.instagramURL.map { "instagram_url = \($0)" },
            changes.linkedinURL.map { "linkedin_url = \($0)" }, changes.websiteURL.map { "website_url = \($0)" },
        ].compactMap { $0 }
        guard !assignments.isEmpty else { return }
        try tx.execute("\(tx.dialect.insertOrIgnore) user_profiles (user_id) VALUES (\(id))")
        try tx.execute("UPDATE user_profiles SET \(assignments.joined(by: ", ")) WHERE user_id = \(id)")
    }
}
