import Commerce
import HTTPTypes
import Web

/// A user's own account.
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
            .refusing(.preconditionFailed, .tooManyRequests),
            Endpoint(.patch, "/api/auth/profile/", "Change parts of the caller's account and profile.", access: .user) {
                (call: APIRequest, input: ProfileInput) -> UserBody in
                try await update(call, input)
            }
            .refusing(.preconditionFailed, .tooManyRequests),
        ]
    }

    private func update(_ call: APIRequest, _ input: ProfileInput) async throws -> UserBody {
        let account = try await accounts.update(try call.caller().userID, input.changes, from: accounts.client(call)) {
            try call.checkVersion($0)
        }
        return UserBody(account, baseURL: call.baseURL)
    }
}
