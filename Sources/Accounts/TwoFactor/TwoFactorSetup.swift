import Commerce
import Pictures
import Primitives
import SQL
import Web

/// Turning two factors on and off.
extension AccountsService {
    /// What an authenticator app is set up with.
    struct FactorSecret: Sendable {
        /// Base32.
        let secret: String
        let url: String
    }

    /// Makes a secret that comes into force with the first code of it; one that waits is dropped.
    ///
    /// - Throws: `AccountsError.twoFactorOn`, what `confirmPresence` throws, `SQLError`.
    func prepareFactor(_ caller: Identity, password: String?, from client: Client) async throws -> FactorSecret {
        if try await database.read({ try TwoFactorQueries.isEnabled(caller.userID, $0) }) {
            throw AccountsError.twoFactorOn
        }
        try await confirmPresence(caller, password: password, code: nil, from: client)
        let totp = TOTP(secret: random.bytes(TOTP.secretLength))
        let text = Base32.encode(totp.secret)
        let sealed = try factorBox.seal(text, context: Self.factorContext(caller.userID))
        try await write(as: caller) { tx in
            guard try UserQueries.lockCredentials(caller.userID, tx) != nil else { throw NotFound() }
            guard try !TwoFactorQueries.isEnabled(caller.userID, tx) else { throw AccountsError.twoFactorOn }
            try TwoFactorQueries.prepare(caller.userID, secret: sealed, at: time.now, tx)
        }
        return FactorSecret(secret: text, url: totp.url(issuer: configuration.shopName, account: caller.email))
    }

    /// Turns two factors on by a code of the prepared secret; the backup codes are given this once.
    ///
    /// - Throws: `AccountsError`, `ValidationError` on `code`, `SQLError`.
    func enableFactor(_ caller: Identity, code: String, from client: Client) async throws -> [String] {
        let codes = (0..<BackupCode.count).map { _ in BackupCode.make(random) }
        let isRight = try await write(as: caller) { tx -> Bool in
            guard let known = try UserQueries.lockCredentials(caller.userID, tx) else { throw NotFound() }
            try loginLimits.check(known.id, at: time.now, tx)
            guard let factor = try TwoFactorQueries.find(known.id, tx) else { throw AccountsError.twoFactorNotPrepared }
            if factor.isEnabled { throw AccountsError.twoFactorOn }
            let digits = code.filter { !$0.isWhitespace }
            guard let step = try totp(factor, of: known.id).step(of: digits, at: time.now, after: 0),
                try TwoFactorQueries.enable(known.id, step: step, at: time.now, tx)
            else {
                try LoginQueries.insertFailure(.code, of: known, from: client, at: time.now, tx)
                return false
            }
            try keep(codes, of: known.id, tx)
            try noteEvent(.twoFactorEnabled, of: known.id, from: client, tx)
            try sendNotice("two_factor_enabled", to: known, tx)
            return true
        }
        guard isRight else { throw Self.wrongCode }
        return codes
    }

    /// Turns two factors off, by password and a fresh code.
    ///
    /// - Throws: `AccountsError`, `ValidationError`, `SQLError`.
    func disableFactor(_ caller: Identity, password: String?, code: String?, from client: Client) async throws {
        let known = try await credentials(of: caller.userID)
        guard try await database.read({ try TwoFactorQueries.isEnabled(known.id, $0) }) else {
            throw AccountsError.twoFactorOff
        }
        try await confirmOwn(password, of: known, from: client)
        try await confirmFactor(code, of: known.id, from: client)
        try await write(as: caller) { tx in
            try lockUnchanged(known, tx)
            try TwoFactorQueries.remove(known.id, tx)
            try noteEvent(.twoFactorDisabled, of: known.id, from: client, tx)
            try sendNotice("two_factor_disabled", to: known, tx)
        }
    }

    /// New backup codes in the place of all others, given this once.
    ///
    /// - Throws: `AccountsError`, `ValidationError` on `code`, `SQLError`.
    func renewBackupCodes(_ caller: Identity, code: String?, from client: Client) async throws -> [String] {
        guard try await database.read({ try TwoFactorQueries.isEnabled(caller.userID, $0) }) else {
            throw AccountsError.twoFactorOff
        }
        try await confirmFactor(code, of: caller.userID, from: client)
        let codes = (0..<BackupCode.count).map { _ in BackupCode.make(random) }
        try await write(as: caller) { tx in
            guard try UserQueries.lockCredentials(caller.userID, tx) != nil else { throw NotFound() }
            try keep(codes, of: caller.userID, tx)
            try noteEvent(.backupCodesRenewed, of: caller.userID, from: client, tx)
        }
        return codes
    }

    private func keep(_ codes: [String], of user: UserID, _ tx: Transaction) throws {
        let hashes = codes.map { BackupCode.hash($0, of: user.rawValue, key: codeKey) }
        try TwoFactorQueries.replaceCodes(of: user, by: hashes, at: time.now, tx)
    }

    /// Checks the password of an account that has one.
    ///
    /// - Throws: `ValidationError` on `password`, `AccountsError`, `SQLError`.
    func confirmOwn(_ password: String?, of user: Credentials, from client: Client) async throws {
        guard !user.passwordHash.isEmpty else { return }
        guard let password, !password.isEmpty else { throw ValidationError("password", "This field is required.") }
        try await confirm(password, of: user, from: client)
    }
}
