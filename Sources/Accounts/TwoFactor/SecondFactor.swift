import Commerce
import Primitives
import SQL
import Web

/// Checks of the second factor. Wrong codes count as failed logins of the account, so that guessing ends as it does
/// there; what strangers get wrong at a login does not count here.
struct SecondFactor: Sendable {
    let core: AccountsCore
    let box: SecretBox

    /// What a code came to.
    enum Verdict: Sendable {
        /// Two factors are not on.
        case notNeeded
        case accepted
        case missing
        case wrong
    }

    /// Asks for a fresh second factor where two factors are on: for what a stolen session must not be enough.
    ///
    /// - Throws: `AccountsError.freshFactorRequired` without a code, `ValidationError` on `code` for a wrong one,
    ///   `AccountsError.throttled`, `SQLError`.
    func confirm(_ code: String?, of user: UserID, from client: RequestOrigin) async throws {
        let verdict = try await core.database.write { tx in try judge(code, of: user, from: client, tx) }
        switch verdict {
        case .notNeeded, .accepted: return
        case .missing: throw AccountsError.freshFactorRequired
        case .wrong: throw Self.wrongCode
        }
    }

    static let wrongCode = ValidationError("code", "The code is not correct, or has been used.")

    /// Looks at a code; a wrong one is on record when the transaction commits.
    func judge(_ code: String?, of user: UserID, from client: RequestOrigin, _ tx: Transaction) throws -> Verdict {
        guard let known = try UserQueries.lockCredentials(user, tx),
            let factor = try TwoFactorQueries.find(user, tx), factor.isEnabled
        else { return .notNeeded }
        try core.loginLimits.check(user, at: core.time.now, tx)
        guard let code, !code.isEmpty else { return .missing }
        if try accept(code, factor, of: user, tx) { return .accepted }
        try LoginQueries.insertFailure(.code, of: known, from: client, at: core.time.now, tx)
        return .wrong
    }

    /// Takes a code of the authenticator or a backup code, if it is good and was not taken.
    func accept(_ code: String, _ factor: TwoFactor, of user: UserID, _ tx: Transaction) throws -> Bool {
        let now = core.time.now
        let digits = code.filter { !$0.isWhitespace && $0 != "-" }
        if digits.utf8.count == TOTP.digits, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            guard let step = try totp(factor, of: user).step(of: digits, at: now, after: factor.lastStep) else {
                return false
            }
            return try TwoFactorQueries.take(step, of: user, at: now, tx)
        }
        let hash = hash(code, of: user)
        guard try TwoFactorQueries.takeCode(hash, of: user, at: now, tx) else { return false }
        if let known = try UserQueries.credentials(user, tx) {
            let left = try TwoFactorQueries.codes(of: user, tx).remaining
            try core.sendNotice("backup_code_used", to: known, with: ["remaining": .number(String(left))], tx)
        }
        return true
    }

    /// Opens the secret of a stored factor, which makes its codes.
    ///
    /// - Throws: `SealedTextError`: a secret that does not open is the shop's fault and no wrong code of the user's.
    func totp(_ factor: TwoFactor, of user: UserID) throws(SealedTextError) -> TOTP {
        let text = try box.open(factor.secret, context: Self.context(user))
        guard let secret = Base32.decode(text) else { throw SealedTextError() }
        return TOTP(secret: secret)
    }

    /// Seals the secret of a factor for its user.
    func sealed(_ secret: String, of user: UserID) throws -> String {
        try box.seal(secret, context: Self.context(user))
    }

    /// Hashes a backup code as it is stored.
    func hash(_ code: String, of user: UserID) -> String {
        BackupCode.hash(code, of: user.rawValue, key: core.codeKey)
    }

    /// What the key of second factors is derived for.
    static let purpose = "two-factor"

    /// Returns the context that a second factor is sealed under, so that one user's opens for nobody else.
    static func context(_ user: UserID) -> String { "user:\(user)" }
}
