import Commerce
import HTTPTypes
import SQL
import Web

/// A user's own account, and what others see of it.
struct ProfileRoutes: Sendable {
    let core: AccountsCore
    let profiles: Profiles

    var group: EndpointGroup {
        EndpointGroup(
            "Profile", "What users say of themselves, their pictures and settings.",
            [showing, updating(.put), updating(.patch), showingToOthers]
                + UserPictureRoutes(profiles: profiles, uploadLimit: core.configuration.uploadLimit).endpoints
                + SettingsRoutes(core: core, profiles: profiles).endpoints)
    }

    private var showing: Endpoint {
        Endpoint(.get, "/api/auth/profile/", "Shows the caller's account and profile.", access: .user, use: show)
    }

    private func updating(_ method: HTTPRequest.Method) -> Endpoint {
        let what = method == .put ? "Changes" : "Changes parts of"
        return Endpoint(
            method, "/api/auth/profile/", "\(what) the caller's account and profile.", access: .user, use: update
        )
        .refusing(.forbidden, .preconditionFailed, .tooManyRequests)
    }

    private var showingToOthers: Endpoint {
        Endpoint(
            .get, "/api/profiles/{user}/", "Shows what a user shows of themselves, by id or username.", access: .anyone,
            use: showToOthers
        )
        .refusing(.notFound)
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> UserBody {
        UserBody(try await profiles.account(call.caller().userID), baseURL: call.baseURL)
    }

    private func update(_ call: APIRequest, _ input: ProfileInput) async throws -> UserBody {
        let account = try await profiles.update(call.caller(), input.changes, from: core.client(call)) {
            try call.checkVersion($0)
        }
        return UserBody(account, baseURL: call.baseURL)
    }

    private func showToOthers(_ call: APIRequest, _: NoInput) async throws -> PublicProfile {
        try await profiles.shown(Reference(call.text("user")), baseURL: call.baseURL)
    }
}
