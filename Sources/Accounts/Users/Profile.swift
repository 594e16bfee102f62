import Commerce
import SQL

/// A user's settings and what they show of themselves.
struct Profile: Sendable, Hashable {
    let preferredLanguage: String
    /// A code of ISO 4217, or empty for the shop's.
    let preferredCurrency: String
    let timezone: String
    let newsletterSubscribed: Bool
    let smsNotifications: Bool
    let emailNotifications: Bool
    let visibility: ProfileVisibility
    let showEmail: Bool
    let showPhone: Bool
    let facebookURL: String
    let twitterURL: String
    let instagramURL: String
    let linkedinURL: String
    let websiteURL: String
}

extension Profile {
    /// What a new user's profile says.
    static let defaults = Profile(
        preferredLanguage: "en", preferredCurrency: "", timezone: "UTC", newsletterSubscribed: false,
        smsNotifications: false, emailNotifications: true, visibility: .private, showEmail: false, showPhone: false,
        facebookURL: "", twitterURL: "", instagramURL: "", linkedinURL: "", websiteURL: "")
}

/// Who sees a profile.
enum ProfileVisibility: String, WireEnum {
    case `public`
    case `private`
}

/// A user with their profile: what the profile endpoint shows.
struct Account: Sendable, Hashable {
    let user: User
    let profile: Profile
}
