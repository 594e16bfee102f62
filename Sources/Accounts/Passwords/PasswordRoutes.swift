import Commerce
import HTTPTypes
import Web

/// New passwords.
struct PasswordRoutes: Sendable {
    let core: AccountsCore
    let passwords: PasswordChanges

    var group: EndpointGroup {
        EndpointGroup(
            "Passwords", "Passwords changed, forgotten and set again.",
            [changing, forgetting, validating, resetting, setting])
    }

    private var changing: Endpoint {
        Endpoint(
            .post, "/api/auth/change-password/", "Chooses a new password; other sessions end.", access: .user,
            use: change
        )
        .refusing(.forbidden, .tooManyRequests)
    }

    private var forgetting: Endpoint {
        Endpoint(
            .post, "/api/auth/forgot-password/", "Mails a link to choose a new password.", access: .anyone, use: forgot
        )
        .refusing(.tooManyRequests)
        .limited(core.limits.mailRequestsByAddress, name: "mail")
    }

    private var validating: Endpoint {
        Endpoint(
            .post, "/api/auth/validate-reset-token/", "Tells whether a new password can be chosen with a token.",
            access: .anyone, use: validate
        )
        .limited(core.limits.guessesByAddress, name: "reset")
    }

    private var resetting: Endpoint {
        Endpoint(
            .post, "/api/auth/reset-password/", "Chooses a new password by a mailed token; all sessions end.",
            access: .anyone, use: reset
        )
        .limited(core.limits.guessesByAddress, name: "reset")
    }

    private var setting: Endpoint {
        Endpoint(
            .post, "/api/auth/set-password/", "Chooses a first password, after a social login.", access: .user, use: set
        )
        .refusing(.forbidden, .conflict)
    }

    private func change(_ call: APIRequest, _ input: ChangePasswordInput) async throws -> Detail {
        try await passwords.change(
            call.caller(), from: input.old, to: input.new, code: input.code, client: core.client(call))
        return Detail("Password changed.")
    }

    private func forgot(_ call: APIRequest, _ input: EmailInput) async throws -> Detail {
        try await passwords.forgot(input.email)
        return Detail("If there is an account of that address, a mail is on its way.")
    }

    private func validate(_ call: APIRequest, _ input: TokenInput) async throws -> ValidBody {
        ValidBody(valid: try await passwords.isGoodResetToken(input.token))
    }

    private func reset(_ call: APIRequest, _ input: ResetPasswordInput) async throws -> Detail {
        try await passwords.reset(input.token, to: input.new, from: core.client(call))
        return Detail("Password has been reset.")
    }

    private func set(_ call: APIRequest, _ input: SetPasswordInput) async throws -> Detail {
        try await passwords.set(call.caller(), to: input.new, code: input.code, client: core.client(call))
        return Detail("Password set.")
    }
}

/// `POST /api/auth/change-password/`.
struct ChangePasswordInput: Input {
    let old: String
    let new: String
    let code: String?

    init(_ fields: Fields) {
        old = fields.string("old_password", length: 1...PasswordRules.maxKnown, trims: false)
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
        string("new_password", length: 1...PasswordRules.maxLength, trims: false)
    }

    /// Returns the code of an authenticator, or a backup code, that sensitive changes ask for where two factors are on.
    func secondFactor() -> String? { optionalString("code", length: 0...20) }
}

/// Whether something is good.
struct ValidBody: ResponseBody {
    let valid: Bool
}
