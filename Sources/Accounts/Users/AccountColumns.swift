import Commerce
import Primitives
import SQL
import Web

extension Account: RowDecodable {
    /// Columns of `users u` joined with `user_profiles p`.
    static let columns: Query = "\(User.columns), \(Profile.columns)"

    init(row: Row) throws {
        user = try User(row: row)
        profile = try Profile(row: row, from: User.columnCount)
    }
}

extension User: RowDecodable {
    static let columns: Query = """
        u.id, u.email, u.username, u.first_name, u.last_name, u.phone_number, u.date_of_birth, u.gender, u.bio, \
        u.profile_image, u.cover_image, u.role, u.permissions, u.is_email_verified, u.is_phone_verified, u.is_active, \
        u.is_suspended, u.last_login, u.version, u.created_at, u.updated_at
        """
    static let columnCount = 21

    init(row: Row) throws {
        id = try row[0]
        email = try row[1]
        username = try row[2]
        firstName = try row[3]
        lastName = try row[4]
        phoneNumber = try row[5]
        dateOfBirth = try row[6]
        gender = try row[7]
        bio = try row[8]
        profileImage = try row[9]
        coverImage = try row[10]
        role = try Role(stored: try row[11])
        permissions = PermissionList.read(try row[12])
        isEmailVerified = try row[13]
        isPhoneVerified = try row[14]
        standing = Standing(isActive: try row[15], isSuspended: try row[16])
        lastLogin = try row[17]
        version = try row[18]
        createdAt = try row[19]
        updatedAt = try row[20]
    }
}

extension Profile {
    static let columns: Query = """
        p.preferred_language, p.preferred_currency, p.timezone, p.newsletter_subscribed, p.sms_notifications, \
        p.email_notifications, p.profile_visibility, p.show_email, p.show_phone, p.facebook_url, p.twitter_url, \
        p.instagram_url, p.linkedin_url, p.website_url
        """
    static let columnCount = 14

    /// A row of `users` alone, as another program may have written it, has the usual profile.
    init(row: Row, from start: Int) throws {
        guard let language = try row[start] as String? else {
            self = .usual
            return
        }
        preferredLanguage = language
        preferredCurrency = try row[start + 1]
        timezone = try row[start + 2]
        newsletterSubscribed = try row[start + 3]
        smsNotifications = try row[start + 4]
        emailNotifications = try row[start + 5]
        visibility = try row[start + 6]
        showEmail = try row[start + 7]
        showPhone = try row[start + 8]
        facebookURL = try row[start + 9]
        twitterURL = try row[start + 10]
        instagramURL = try row[start + 11]
        linkedinURL = try row[start + 12]
        websiteURL = try row[start + 13]
    }
}
