import Commerce
import HTTPTypes
import SQL
import Web

/// Parts of the caller's settings on addresses of their own.
struct SettingsRoutes: Sendable {
    let core: AccountsCore
    let profiles: Profiles

    var endpoints: [Endpoint] {
        SettingsPart(self, "preferences", "preferences", PreferencesInput.self, PreferencesBody.init).endpoints
            + SettingsPart(self, "privacy", "privacy settings", PrivacyInput.self, PrivacyBody.init).endpoints
    }
}

/// One part of the settings: what is sent of it, and how it is shown.
private struct SettingsPart<In: SettingsPartInput, Out: ResponseBody>: Sendable {
    private let routes: SettingsRoutes
    private let name: String
    private let words: String
    private let body: @Sendable (Profile) -> Out

    init(
        _ routes: SettingsRoutes, _ name: String, _ words: String, _: In.Type,
        _ body: @escaping @Sendable (Profile) -> Out
    ) {
        self.routes = routes
        self.name = name
        self.words = words
        self.body = body
    }

    var endpoints: [Endpoint] {
        let path = "/api/auth/profile/\(name)/"
        return [
            Endpoint(.get, path, "Shows the caller's \(words).", access: .user, use: show),
            Endpoint(
                .put, path, "Changes the caller's \(words).", access: .user, in: routes.core.database, use: change),
        ]
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> Out {
        body(try await routes.profiles.account(call.caller().userID).profile)
    }

    private func change(_ call: APIRequest, _ input: In, in tx: Transaction) throws -> Out {
        body(try routes.profiles.change(input.changes, of: call.caller().userID, in: tx))
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

    init(_ profile: Profile) {
        profileVisibility = profile.visibility
        showEmail = profile.showEmail
        showPhone = profile.showPhone
    }
}
