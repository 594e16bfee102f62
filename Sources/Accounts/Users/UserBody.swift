import Commerce
import Primitives
import Web

/// A user as they see themselves.
struct UserBody: ResponseBody {
    let id: UserID
    let email: String
    let username: String?
    let firstName: String
    let lastName: String
    let phoneNumber: String
    let dateOfBirth: CivilDate?
    let gender: Gender
    let bio: String
    let profileImage: String?
    let coverImage: String?
    let role: Role
    let permissions: [String]
    let isEmailVerified: Bool
    let isPhoneVerified: Bool
    let isActive: Bool
    let isStaff: Bool
    let isSuperuser: Bool
    let lastLogin: Timestamp?
    let createdAt: Timestamp
    let updatedAt: Timestamp
    let version: Int
    let profile: ProfileBody

    enum CodingKeys: String, CodingKey {
        case id, email, username
        case firstName = "first_name"
        case lastName = "last_name"
        case phoneNumber = "phone_number"
        case dateOfBirth = "date_of_birth"
        case gender, bio
        case profileImage = "profile_image"
        case coverImage = "cover_image"
        case role, permissions
        case isEmailVerified = "is_email_verified"
        case isPhoneVerified = "is_phone_verified"
        case isActive = "is_active"
        case isStaff = "is_staff"
        case isSuperuser = "is_superuser"
        case lastLogin = "last_login"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case version, profile
    }

    /// The user of `account`; links to pictures start with `baseURL`.
    init(_ account: Account, baseURL: String) {
        let user = account.user
        id = user.id
        email = user.email
        username = user.username.isEmpty ? nil : user.username
        firstName = user.firstName
        lastName = user.lastName
        phoneNumber = user.phoneNumber
        dateOfBirth = user.dateOfBirth
        gender = user.gender
        bio = user.bio
        profileImage = user.link(to: \.profileImage, baseURL)
        coverImage = user.link(to: \.coverImage, baseURL)
        role = user.role
        permissions = user.permissions.sorted()
        isEmailVerified = user.isEmailVerified
        isPhoneVerified = user.isPhoneVerified
        isActive = user.standing.isActive
        isStaff = user.role.isStaff
        isSuperuser = user.role == .admin
        lastLogin = user.lastLogin
        createdAt = user.createdAt
        updatedAt = user.updatedAt
        version = user.version
        profile = ProfileBody(account.profile)
    }
}

/// The settings of a user as they see them, in one object.
struct ProfileBody: ResponseBody {
    let preferences: PreferencesBody
    let privacy: PrivacyBody
    let links: LinksBody

    init(_ profile: Profile) {
        preferences = PreferencesBody(profile)
        privacy = PrivacyBody(profile)
        links = LinksBody(profile)
    }

    init(from decoder: any Decoder) throws {
        preferences = try PreferencesBody(from: decoder)
        privacy = try PrivacyBody(from: decoder)
        links = try LinksBody(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
        try preferences.encode(to: encoder)
        try privacy.encode(to: encoder)
        try links.encode(to: encoder)
    }
}

/// Where else a user is on the web.
struct LinksBody: ResponseBody {
    let facebookURL: String
    let twitterURL: String
    let instagramURL: String
    let linkedinURL: String
    let websiteURL: String

    enum CodingKeys: String, CodingKey {
        case facebookURL = "facebook_url"
        case twitterURL = "twitter_url"
        case instagramURL = "instagram_url"
        case linkedinURL = "linkedin_url"
        case websiteURL = "website_url"
    }

    init(_ profile: Profile) {
        facebookURL = profile.facebookURL
        twitterURL = profile.twitterURL
        instagramURL = profile.instagramURL
        linkedinURL = profile.linkedinURL
        websiteURL = profile.websiteURL
    }
}
