import Commerce
import Primitives
import Web

/// The body of PUT and PATCH on the profile: names are required by PUT, what is not sent stays.
struct ProfileInput: Input {
    let changes: ProfileChanges

    init(_ fields: Fields) {
        var changes = ProfileChanges()
        changes.firstName = fields.sent("first_name") { $0.string($1, length: 1...150) }
        changes.lastName = fields.sent("last_name") { $0.string($1, length: 1...150) }
        let email = fields.email("email", .optional(""))
        if fields.isPresent("email"), !email.isEmpty { changes.email = email }
        changes.password = fields.optionalString("password", length: 0...PasswordRules.maxKnown, trims: false)
        changes.code = fields.secondFactor()
        changes.username = fields.usernameChange()
        changes.phoneNumber = fields.phoneChange("phone_number")
        let birth = fields.optionalDate("date_of_birth")
        if fields.isPresent("date_of_birth") { changes.dateOfBirth = .some(birth) }
        let gender = fields.choice("gender", .optional(.unsaid), of: Gender.self)
        if fields.isPresent("gender") { changes.gender = gender }
        changes.bio = fields.change("bio", length: 0...2_000)
        if let settings = fields.optionalObject("profile", SettingsInput.self) { changes.settings = settings.changes }
        self.changes = changes
    }
}

extension Fields {
    /// Reads a username that is to change; nil where none is sent.
    func usernameChange() -> String? {
        change("username", length: 0...150, or: "Use letters, digits and . _ - only, and not digits alone.") {
            TextRules.isUsername($0) ? $0 : nil
        }
    }
}

/// The nested `profile` of such a body.
struct SettingsInput: Input {
    let changes: SettingsChanges

    init(_ fields: Fields) {
        var changes = SettingsChanges()
        changes.readPreferences(fields)
        changes.readPrivacy(fields)
        changes.facebookURL = fields.urlChange("facebook_url")
        changes.twitterURL = fields.urlChange("twitter_url")
        changes.instagramURL = fields.urlChange("instagram_url")
        changes.linkedinURL = fields.urlChange("linkedin_url")
        changes.websiteURL = fields.urlChange("website_url")
        self.changes = changes
    }
}

extension SettingsChanges {
    /// Reads how the shop is to speak to a user.
    mutating func readPreferences(_ fields: Fields) {
        preferredLanguage = fields.change("preferred_language", length: 0...35, or: "Enter a language tag.") {
            TextRules.isLanguage($0) ? $0 : nil
        }
        preferredCurrency = fields.change("preferred_currency", length: 0...3, or: "Enter a currency code.") {
            Currency(code: $0.uppercased())?.code
        }
        timezone = fields.change("timezone", length: 0...64, or: "Enter the name of a time zone.") {
            TimeZoneRules.mayExist($0) ? $0 : nil
        }
        newsletterSubscribed = fields.optionalBoolean("newsletter_subscribed")
        smsNotifications = fields.optionalBoolean("sms_notifications")
        emailNotifications = fields.optionalBoolean("email_notifications")
    }

    /// Reads what others see of a user.
    mutating func readPrivacy(_ fields: Fields) {
        let visibility = fields.choice("profile_visibility", .optional(.private), of: ProfileVisibility.self)
        if fields.isPresent("profile_visibility") { self.visibility = visibility }
        showEmail = fields.optionalBoolean("show_email")
        showPhone = fields.optionalBoolean("show_phone")
    }
}
