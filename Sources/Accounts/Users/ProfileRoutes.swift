import Commerce
import HTTPTypes
import SQL
import Web

/// A user's own account, and what others see of it.
struct ProfileRoutes: Sendable {
    let accounts: AccountsService

    var endpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/auth/profile/", "The caller's account and profile.", access: .user) {
                (call: APIRequest, _: NoInput) -> UserBody in
                UserBody(try await accounts.account(try call.caller().userID), baseURL: call.baseURL)
            },
            Endpoint(.put, "/api/auth/profile/", "Change the caller's account and profile.", access: .user) {
                (call: APIRequest, input: ProfileInput) -> UserBody in
                try await update(call, input)
            }
            .refusing(.forbidden, .preconditionFailed, .tooManyRequests),
            Endpoint(.patch, "/api/auth/profile/", "Change parts of the caller's account and profile.", access: .user) {
                (call: APIRequest, input: ProfileInput) -> UserBody in
                try await update(call, input)
            }
            .refusing(.forbidden, .preconditionFailed, .tooManyRequests),
            Endpoint(
                .get, "/api/profiles/{user}/", "What a user shows of themselves, by id or username.", access: .anyone
            ) { (call: APIRequest, _: NoInput) -> PublicProfile in
                let reference = Reference(try call.text("user"))
                let account = try await accounts.database.read { try UserQueries.account(reference, $0) }
                // A profile that is private is not told from one that is not there.
                guard let account, let shown = PublicProfile(account, baseURL: call.baseURL) else { throw NotFound() }
                return shown
            }
            .refusing(.notFound),
        ]
    }

    private func update(_ call: APIRequest, _ input: ProfileInput) async throws -> UserBody {
        let account = try await accounts.update(try call.caller(), input.changes, from: accounts.client(call)) {
            try call.checkVersion($0)
        }
        return UserBody(account, baseURL: call.baseURL)
    }
}
