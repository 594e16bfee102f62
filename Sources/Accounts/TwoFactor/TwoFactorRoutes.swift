import Commerce
import HTTPTypes
import Pictures
import SQL
import Web

/// Two factors.
struct TwoFactorRoutes: Sendable {
    let core: AccountsCore
    let twoFactor: TwoFactorSetup
    let signIn: SignIn

    var group: EndpointGroup {
        EndpointGroup(
            "Two-factor", "Authenticator codes and backup codes.",
            [preparing, enabling, disabling, verifying, counting, renewing])
    }

    private var preparing: Endpoint {
        Endpoint(.post, "/api/auth/2fa/setup/", "Begins to set up an authenticator app.", access: .user, use: prepare)
            .refusing(.forbidden, .conflict, .tooManyRequests)
    }

    private var enabling: Endpoint {
        Endpoint(.post, "/api/auth/2fa/enable/", "Turns two factors on by a first code.", access: .user, use: enable)
            .refusing(.forbidden, .conflict, .tooManyRequests)
    }

    private var disabling: Endpoint {
        Endpoint(.post, "/api/auth/2fa/disable/", "Turns two factors off.", access: .user, use: disable)
            .refusing(.forbidden, .conflict, .tooManyRequests)
    }

    private var verifying: Endpoint {
        Endpoint(.post, "/api/auth/2fa/verify/", "Finishes a login by its second factor.", access: .anyone, use: verify)
            .refusing(.unauthorized, .tooManyRequests)
            .limited(core.limits.guessesByAddress, name: "factor")
    }

    private var counting: Endpoint {
        Endpoint(
            .get, "/api/auth/2fa/backup-codes/", "Tells how many backup codes are left.", access: .user, use: countCodes
        )
    }

    private var renewing: Endpoint {
        Endpoint(
            .post, "/api/auth/2fa/regenerate-backup-codes/", "Makes new backup codes in the place of all others.",
            access: .user, use: renewCodes
        )
        .refusing(.forbidden, .conflict, .tooManyRequests)
    }

    private func prepare(_ call: APIRequest, _ input: ConfirmInput) async throws -> Reply<FactorSetupBody> {
        let made = try await twoFactor.prepare(call.caller(), password: input.password, from: core.client(call))
        let code = try QRCode(made.url)
        return .unstored(
            FactorSetupBody(
                secret: made.secret, otpauthURL: made.url, qrCode: try code.pngDataURL(), qrSVG: code.svg()))
    }

    private func enable(_ call: APIRequest, _ input: CodeInput) async throws -> Reply<BackupCodesBody> {
        let codes = try await twoFactor.enable(call.caller(), code: input.code, from: core.client(call))
        return .unstored(
            BackupCodesBody(
                detail: "Two factors are on. Keep these codes: they are shown this once.", backupCodes: codes))
    }

    private func disable(_ call: APIRequest, _ input: ConfirmInput) async throws -> Detail {
        try await twoFactor.disable(
            call.caller(), password: input.password, code: input.code, from: core.client(call))
        return Detail("Two factors are off.")
    }

    private func verify(_ call: APIRequest, _ input: FactorLoginInput) async throws -> Reply<LoginBody> {
        let session = try await signIn.answer(input.token, code: input.code, from: core.client(call))
        return .unstored(LoginBody(session, baseURL: call.baseURL))
    }

    private func countCodes(_ call: APIRequest, _: NoInput) async throws -> CodeCountBody {
        try await twoFactor.countCodes(of: call.caller().userID)
    }

    private func renewCodes(_ call: APIRequest, _ input: FreshCodeInput) async throws -> Reply<BackupCodesBody> {
        let codes = try await twoFactor.renewBackupCodes(call.caller(), code: input.code, from: core.client(call))
        return .unstored(
            BackupCodesBody(detail: "Keep these codes: they are shown this once.", backupCodes: codes))
    }
}

/// What an authenticator app is set up with.
struct FactorSetupBody: ResponseBody {
    let secret: String
    let otpauthURL: String
    /// A PNG as a data URL.
    let qrCode: String
    let qrSVG: String
}

/// Backup codes, shown this once.
struct BackupCodesBody: ResponseBody {
    let detail: String
    let backupCodes: [String]
}

/// How many backup codes are left.
struct CodeCountBody: ResponseBody {
    let remaining: Int
    let total: Int
}

/// A code alone.
struct CodeInput: Input {
    let code: String

    init(_ fields: Fields) {
        code = fields.string("code", length: 1...20)
    }
}

/// A code that may be asked for.
struct FreshCodeInput: Input {
    let code: String?

    init(_ fields: Fields) {
        code = fields.secondFactor()
    }
}

/// The answer to a challenge.
struct FactorLoginInput: Input {
    let token: String
    let code: String

    init(_ fields: Fields) {
        token = fields.string("challenge_token", length: 1...200)
        code = fields.string("code", length: 1...20)
    }
}

/// A password and a second factor, as far as the account has them.
struct ConfirmInput: Input {
    let password: String?
    let code: String?

    init(_ fields: Fields) {
        password = fields.optionalString("password", length: 0...PasswordRules.maxKnown, trims: false)
        code = fields.secondFactor()
    }
}
