import Commerce
import Primitives
import SQL
import Web

extension Account: RowDecodable {
    /// Columns of `users u` joined with `user_profiles p`.
    static let columns: Query = "\(User.columns), \(Profile.columns)"

    /// Reads a row. One of `users` alone, as another program may have written it, has the default profile.
    init(row: inout RowReader) throws {
        user = try User(row: &row)
        profile = try row.optional(Profile.columnCount) { try Profile(row: &$0) } ?? .defaults
    }
}

extension User: RowDecodable {
    static let columns: Query = """
        u.id, u.email, u.username, u.first_name, u.last_name, u.phone_number, u.date_of_birth, u.gender, u.bio, \
        u.profile_image, u.cover_image, u.role, u.permissions, u.is_email_verified, u.is_phone_verified, u.is_active, \
        u.is_suspended, u.last_login, u.version, u.created_at, u.updated_at
        """

    init(row: inout RowReader) throws {
        id = try row()
        email = try row()
        username = try row()
        firstName = try row()
        lastName = try row()
        phoneNumber = try row()
        dateOfBirth = try row()
        gender = try row()
        bio = try row()
        profileImage = try row()
        coverImage = try row()
        role = try Role(stored: try row())
        permissions = PermissionList.read(try row())
        isEmailVerified = try row()
        isPhoneVerified = try row()
        status = AccountStatus(isActive: try row(), isSuspended: try row())
        lastLogin = try row()
        version = try row()
        createdAt = try row()
        updatedAt = try row()
    }
}

extension Profile: RowDecodable {
    static let columns: Query = """
        p.preferred_language, p.preferred_currency, p.timezone, p.newsletter_subscribed, p.sms_notifications, \
        p.email_notifications, p.profile_visibility, p.show_email, p.show_phone, p.facebook_url, p.twitter_url, \
        p.instagram_url, p.linkedin_url, p.website_url
        """
    static let columnCount = 14

    init(row: inout RowReader) throws {
        preferredLanguage = try row()
        preferredCurrency = try row()
        timezone = try row()
        newsletterSubscribed = try row()
        smsNotifications = try row()
        emailNotifications = try row()
        visibility = try row()
        showEmail = try row()
        showPhone = try row()
        facebookURL = try row()
        twitterURL = try row()
        instagramURL = try row()
        linkedinURL = try row()
        websiteURL = try row()
    }
}
