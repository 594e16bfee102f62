import Commerce
import HTTPTypes
import Web

/// New passwords.
struct PasswordRoutes: Sendable {
    let accounts: AccountsService

    var endpoints: [Endpoint] { [change, forgot, validate, reset, set] }

    private var change: Endpoint {
        Endpoint(.post, "/api/auth/change-password/", "Choose a new password; other sessions end.", access: .user) {
            (call: APIRequest, input: ChangePasswordInput) -> Detail in
            try await accounts.changePassword(
                try call.caller(), from: input.old, to: input.new, code: input.code, client: accounts.client(call))
            return Detail("Password changed.")
        }
        .refusing(.forbidden, .tooManyRequests)
    }

    private var forgot: Endpoint {
        Endpoint(.post, "/api/auth/forgot-password/", "Mail a link to choose a new password.", access: .anyone) {
            (_: APIRequest, input: EmailInput) -> Detail in
            try await accounts.forgotPassword(input.email)
            return Detail("If there is an account of that address, a mail is on its way.")
        }
        .refusing(.tooManyRequests)
        .limited(accounts.configuration.limits.mailRequestsByAddress, name: "mail")
    }

    private var validate: Endpoint {
        Endpoint(
            .post, "/api/auth/validate-reset-token/", "Whether a new password can be chosen with a token.",
            access: .anyone
        ) { (_: APIRequest, input: TokenInput) -> ValidBody in
            ValidBody(valid: try await accounts.isGoodResetToken(input.token))
        }
        .limited(accounts.configuration.limits.guessesByAddress, name: "reset")
    }

    private var reset: Endpoint {
        Endpoint(
            .post, "/api/auth/reset-password/", "Choose a new password by a mailed token; all sessions end.",
            access: .anyone
        ) { (call: APIRequest, input: ResetPasswordInput) -> Detail in
            try await accounts.resetPassword(input.token, to: input.new, from: accounts.client(call))
            return Detail("Password has been reset.")
        }
        .limited(accounts.configuration.limits.guessesByAddress, name: "reset")
    }

    private var set: Endpoint {
        Endpoint(
            .post, "/api/auth/set-password/", "Choose a first password, after a social login.", access: .user
        ) { (call: APIRequest, input: SetPasswordInput) -> Detail in
            try await accounts.setPassword(
                try call.caller(), to: input.new, code: input.code, client: accounts.client(call))
            return Detail("Password set.")
        }
        .refusing(.forbidden, .conflict)
    }
}

/// `POST /api/auth/change-password/`.
struct ChangePasswordInput: Input {
    let old: String
    let new: String
    let code: String?

    init(_ fields: Fields) {
        old = fields.string("old_password", length: 1...PasswordRules.longestKnown, trims: false)
        new = fields.newPassword()
        code = fields.secondFactor()
    }
}

/// `POST /api/auth/reset-password/`.
struct ResetPasswordInput: Input {
    let token: String
    let new: String

    init(_ fields: Fields) {
        token = fields.string("token", length: 1...4_096)
        new = fields.newPassword()
    }
}

/// `POST /api/auth/set-password/`.
struct SetPasswordInput: Input {
    let new: String
    let code: String?

    init(_ fields: Fields) {
        new = fields.newPassword()
        code = fields.secondFactor()
    }
}

/// An e-mail address alone.
struct EmailInput: Input {
    let email: String

    init(_ fields: Fields) {
        email = fields.email("email")
    }
}

extension Fields {
    fileprivate func newPassword() -> String {
        string("new_password", length: 1...PasswordRules.longest, trims: false)
    }

    /// The code of an authenticator, or a backup code, that sensitive changes ask for where two factors are on.
    func secondFactor() -> String? { optionalString("code", length: 0...20) }
}

/// Whether something is good.
struct ValidBody: ResponseBody {
    let valid: Bool
}
