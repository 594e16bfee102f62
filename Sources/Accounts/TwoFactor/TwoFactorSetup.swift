import Commerce
import Pictures
import Primitives
import SQL
import Web

/// Turning two factors on and off.
struct TwoFactorSetup: Sendable {
    let core: AccountsCore
    let presence: Presence
    let factor: SecondFactor

    /// What an authenticator app is set up with.
    struct FactorSecret: Sendable {
        /// Base32.
        let secret: String
        let url: String
    }

    /// Makes a secret that comes into force with the first code of it; one that waits is dropped.
    ///
    /// - Throws: `AccountsError.needsVerifiedEmail`, `.twoFactorOn`, what `Presence.confirm` throws, `SQLError`.
    func prepare(_ caller: Identity, password: String?, from client: RequestOrigin) async throws -> FactorSecret {
        guard caller.isEmailVerified else { throw AccountsError.needsVerifiedEmail }
        if try await core.database.read({ try TwoFactorQueries.isEnabled(caller.userID, $0) }) {
            throw AccountsError.twoFactorOn
        }
        try await presence.confirm(caller, password: password, code: nil, from: client)
        let totp = TOTP(secret: core.random.bytes(TOTP.secretLength))
        let text = Base32.encode(totp.secret)
        let sealed = try factor.sealed(text, of: caller.userID)
        try await core.write(as: caller) { tx in
            guard try UserQueries.lockCredentials(caller.userID, tx) != nil else { throw NotFound() }
            guard try !TwoFactorQueries.isEnabled(caller.userID, tx) else { throw AccountsError.twoFactorOn }
            try TwoFactorQueries.prepare(caller.userID, secret: sealed, at: core.time.now, tx)
        }
        return FactorSecret(secret: text, url: totp.url(issuer: core.configuration.shopName, account: caller.email))
    }

    /// Turns two factors on by a code of the prepared secret; the backup codes are given this once.
    ///
    /// - Throws: `AccountsError`, `ValidationError` on `code`, `SQLError`.
    func enable(_ caller: Identity, code: String, from client: RequestOrigin) async throws -> [String] {
        let codes = (0..<BackupCode.count).map { _ in BackupCode.make(core.random) }
        let isRight = try await core.write(as: caller) { tx -> Bool in
            guard let known = try UserQueries.lockCredentials(caller.userID, tx) else { throw NotFound() }
            try core.loginLimits.check(known.id, at: core.time.now, tx)
            guard let stored = try TwoFactorQueries.find(known.id, tx) else { throw AccountsError.twoFactorNotPrepared }
            if stored.isEnabled { throw AccountsError.twoFactorOn }
            guard known.isEmailVerified else { throw AccountsError.needsVerifiedEmail }
            let digits = code.filter { !$0.isWhitespace }
            guard let step = try factor.totp(stored, of: known.id).step(of: digits, at: core.time.now, after: 0),
                try TwoFactorQueries.enable(known.id, step: step, at: core.time.now, tx)
            else {
                try LoginQueries.insertFailure(.code, of: known, from: client, at: core.time.now, tx)
                return false
            }
            try store(codes, of: known.id, tx)
            try core.recordEvent(.twoFactorEnabled, of: known.id, from: client, tx)
            try core.sendNotice("two_factor_enabled", to: known, tx)
            return true
        }
        guard isRight else { throw SecondFactor.wrongCode }
        return codes
    }

    /// Turns two factors off, by password and a fresh code.
    ///
    /// - Throws: `AccountsError`, `ValidationError`, `SQLError`.
    func disable(_ caller: Identity, password: String?, code: String?, from client: RequestOrigin) async throws {
        let known = try await core.credentials(of: caller.userID)
        guard try await core.database.read({ try TwoFactorQueries.isEnabled(known.id, $0) }) else {
            throw AccountsError.twoFactorOff
        }
        try await presence.confirmOwn(password, of: known, from: client)
        try await factor.confirm(code, of: known.id, from: client)
        try await core.write(as: caller) { tx in
            try core.lockUnchanged(known, tx)
            try TwoFactorQueries.remove(known.id, tx)
            try core.recordEvent(.twoFactorDisabled, of: known.id, from: client, tx)
            try core.sendNotice("two_factor_disabled", to: known, tx)
        }
    }

    /// Puts new backup codes in the place of all others and returns them this once.
    ///
    /// - Throws: `AccountsError`, `ValidationError` on `code`, `SQLError`.
    func renewBackupCodes(_ caller: Identity, code: String?, from client: RequestOrigin) async throws -> [String] {
        guard try await core.database.read({ try TwoFactorQueries.isEnabled(caller.userID, $0) }) else {
            throw AccountsError.twoFactorOff
        }
        try await factor.confirm(code, of: caller.userID, from: client)
        let codes = (0..<BackupCode.count).map { _ in BackupCode.make(core.random) }
        try await core.write(as: caller) { tx in
            guard try UserQueries.lockCredentials(caller.userID, tx) != nil else { throw NotFound() }
            try store(codes, of: caller.userID, tx)
            try core.recordEvent(.backupCodesRenewed, of: caller.userID, from: client, tx)
        }
        return codes
    }

    /// Counts the backup codes of `user`.
    ///
    /// - Throws: `SQLError`.
    func countCodes(of user: UserID) async throws -> CodeCountBody {
        let count = try await core.database.read { try TwoFactorQueries.codes(of: user, $0) }
        return CodeCountBody(remaining: count.remaining, total: count.total)
    }

    private func store(_ codes: [String], of user: UserID, _ tx: Transaction) throws {
        let hashes = codes.map { factor.hash($0, of: user) }
        try TwoFactorQueries.replaceCodes(of: user, by: hashes, at: core.time.now, tx)
    }
}
