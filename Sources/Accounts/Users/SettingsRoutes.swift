import Commerce
import HTTPTypes
import SQL
import Web

/// Parts of the caller's settings on addresses of their own.
struct SettingsRoutes: Sendable {
    let accounts: AccountsService

    var endpoints: [Endpoint] {
        views("preferences", "preferences", PreferencesInput.self, PreferencesBody.init)
            + views("privacy", "privacy settings", PrivacyInput.self, PrivacyBody.init)
    }

    private func views<In: SettingsPartInput, Out: ResponseBody>(
        _ name: String, _ words: String, _ input: In.Type, _ body: @escaping @Sendable (Profile) -> Out
    ) -> [Endpoint] {
        let path = "/api/auth/profile/\(name)/"
        return [
            Endpoint(.get, path, "The caller's \(words).", access: .user) { (call: APIRequest, _: NoInput) -> Out in
                body(try await accounts.account(try call.caller().userID).profile)
            },
            Endpoint(.put, path, "Change the caller's \(words).", access: .user, in: accounts.database) {
                (call: APIRequest, input: In, tx) -> Out in
                let user = try call.caller().userID
                try ProfileQueries.update(user, input.changes, tx)
                guard let account = try UserQueries.account(user, tx) else { throw NotFound() }
                return body(account.profile)
            },
        ]
    }
}

/// A part of the settings as it is sent.
protocol SettingsPartInput: Input {
    var changes: SettingsChanges { get }
}

/// `PUT /api/auth/profile/preferences/`.
struct PreferencesInput: SettingsPartInput {
    let changes: SettingsChanges

    init(_ fields: Fields) {
        var changes = SettingsChanges()
        changes.readPreferences(fields)
        self.changes = changes
    }
}

/// `PUT /api/auth/profile/privacy/`.
struct PrivacyInput: SettingsPartInput {
    let changes: SettingsChanges

    init(_ fields: Fields) {
        var changes = SettingsChanges()
        changes.readPrivacy(fields)
        self.changes = changes
    }
}

/// How the shop speaks to a user.
struct PreferencesBody: ResponseBody {
    let preferredLanguage: String
    let preferredCurrency: String
    let timezone: String
    let newsletterSubscribed: Bool
    let smsNotifications: Bool
    let emailNotifications: Bool

    enum CodingKeys: String, CodingKey {
        case preferredLanguage = "preferred_language"
        case preferredCurrency = "preferred_currency"
        case timezone
        case newsletterSubscribed = "newsletter_subscribed"
        case smsNotifications = "sms_notifications"
        case emailNotifications = "email_notifications"
    }

    init(_ profile: Profile) {
        preferredLanguage = profile.preferredLanguage
        preferredCurrency = profile.preferredCurrency
        timezone = profile.timezone
        newsletterSubscribed = profile.newsletterSubscribed
        smsNotifications = profile.smsNotifications
        emailNotifications = profile.emailNotifications
    }
}

/// What others see of a user.
struct PrivacyBody: ResponseBody {
    let profileVisibility: ProfileVisibility
    let showEmail: Bool
    let showPhone: Bool

    enum CodingKeys: String, CodingKey {
        case profileVisibility = "profile_visibility"
        case showEmail = "show_email"
        case showPhone = "show_phone"
    }

    init(_ profile: Profile) {
        profileVisibility = profile.visibility
        showEmail = profile.showEmail
        showPhone = profile.showPhone
    }
}
