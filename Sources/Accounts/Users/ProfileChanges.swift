import Commerce
import Primitives

/// What a user changes of their own account; nil leaves a field as it is.
struct ProfileChanges: Sendable {
    var email: String?
    /// Needed where `email` becomes another one.
    var password: String?
    /// The code of a second factor, needed there too where two factors are on.
    var code: String?
    var username: String?
    var firstName: String?
    var lastName: String?
    var phoneNumber: String?
    /// The outer nil leaves it, the inner one clears it.
    var dateOfBirth: CivilDate??
    var gender: Gender?
    var bio: String?
    var settings = SettingsChanges()
}

/// What a user changes of their settings; nil leaves a field as it is.
struct SettingsChanges: Sendable {
    var preferredLanguage: String?
    var preferredCurrency: String?
    var timezone: String?
    var newsletterSubscribed: Bool?
    var smsNotifications: Bool?
    var emailNotifications: Bool?
    var visibility: ProfileVisibility?
    var showEmail: Bool?
    var showPhone: Bool?
    var facebookURL: String?
    var twitterURL: String?
    var instagramURL: String?
    var linkedinURL: String?
    var websiteURL: String?
}
