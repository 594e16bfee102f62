import Commerce
import HTTPTypes
import Pictures
import SQL
import Web

/// Two factors.
struct TwoFactorRoutes: Sendable {
    let accounts: AccountsService

    var endpoints: [Endpoint] { [setup, enable, disable, verify, codes, regenerate] }

    private var setup: Endpoint {
        Endpoint(.post, "/api/auth/2fa/setup/", "Begin to set up an authenticator app.", access: .user) {
            (call: APIRequest, input: ConfirmInput) -> Reply<FactorSetupBody> in
            let made = try await accounts.prepareFactor(
                try call.caller(), password: input.password, from: accounts.client(call))
            let code = try QRCode(made.url)
            return .unstored(
                FactorSetupBody(
                    secret: made.secret, otpauthURL: made.url, qrCode: try code.pngDataURL(), qrSVG: code.svg()))
        }
        .refusing(.forbidden, .conflict, .tooManyRequests)
    }

    private var enable: Endpoint {
        Endpoint(.post, "/api/auth/2fa/enable/", "Turn two factors on by a first code.", access: .user) {
            (call: APIRequest, input: CodeInput) -> Reply<BackupCodesBody> in
            .unstored(
                BackupCodesBody(
                    detail: "Two factors are on. Keep these codes: they are shown this once.",
                    backupCodes: try await accounts.enableFactor(
                        try call.caller(), code: input.code, from: accounts.client(call))))
        }
        .refusing(.conflict, .tooManyRequests)
    }

    private var disable: Endpoint {
        Endpoint(.post, "/api/auth/2fa/disable/", "Turn two factors off.", access: .user) {
            (call: APIRequest, input: ConfirmInput) -> Detail in
            try await accounts.disableFactor(
                try call.caller(), password: input.password, code: input.code, from: accounts.client(call))
            return Detail("Two factors are off.")
        }
        .refusing(.forbidden, .conflict, .tooManyRequests)
    }

    private var verify: Endpoint {
        Endpoint(.post, "/api/auth/2fa/verify/", "Finish a login by its second factor.", access: .anyone) {
            (call: APIRequest, input: FactorLoginInput) -> Reply<LoginBody> in
            let session = try await accounts.answer(input.token, code: input.code, from: accounts.client(call))
            return .unstored(LoginBody(session, baseURL: call.baseURL))
        }
        .refusing(.unauthorized, .tooManyRequests)
        .limited(accounts.configuration.limits.guessesByAddress, name: "factor")
    }

    private var codes: Endpoint {
        Endpoint(.get, "/api/auth/2fa/backup-codes/", "How many backup codes are left.", access: .user) {
            (call: APIRequest, _: NoInput) -> CodeCountBody in
            let user = try call.caller().userID
            let count = try await accounts.database.read { try TwoFactorQueries.codes(of: user, $0) }
            return CodeCountBody(remaining: count.remaining, total: count.total)
        }
    }

    private var regenerate: Endpoint {
        Endpoint(
            .post, "/api/auth/2fa/regenerate-backup-codes/", "New backup codes in the place of all others.",
            access: .user
        ) { (call: APIRequest, input: FreshCodeInput) -> Reply<BackupCodesBody> in
            .unstored(
                BackupCodesBody(
                    detail: "Keep these codes: they are shown this once.",
                    backupCodes: try await accounts.renewBackupCodes(
                        try call.caller(), code: input.code, from: accounts.client(call))))
        }
        .refusing(.forbidden, .conflict, .tooManyRequests)
    }
}

/// What an authenticator app is set up with.
struct FactorSetupBody: ResponseBody {
    let secret: String
    let otpauthURL: String
    /// A PNG as a data URL.
    let qrCode: String
    let qrSVG: String

    enum CodingKeys: String, CodingKey {
        case secret
        case otpauthURL = "otpauth_url"
        case qrCode = "qr_code"
        case qrSVG = "qr_svg"
    }
}

/// Backup codes, shown this once.
struct BackupCodesBody: ResponseBody {
    let detail: String
    let backupCodes: [String]

    enum CodingKeys: String, CodingKey {
        case detail
        case backupCodes = "backup_codes"
    }
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
        password = fields.optionalString("password", length: 0...PasswordRules.longestKnown, trims: false)
        code = fields.secondFactor()
    }
}
