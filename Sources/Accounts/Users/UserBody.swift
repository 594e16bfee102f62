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

    /// Shows the user of `account`; links to pictures start with `baseURL`.
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
        isActive = user.status.isActive
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

    init(_ profile: Profile) {
        facebookURL = profile.facebookURL
        twitterURL = profile.twitterURL
        instagramURL = profile.instagramURL
        linkedinURL = profile.linkedinURL
        websiteURL = profile.websiteURL
    }
}
