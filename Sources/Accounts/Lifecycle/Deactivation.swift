import Commerce
import Primitives
import SQL
import Web

/// Accounts that rest, and accounts that end.
extension AccountsService {
    /// Puts the caller's account to rest until they come back.
    ///
    /// - Throws: `ValidationError`, `AccountsError`, `SQLError`.
    func deactivate(_ caller: Identity, password: String?, code: String?, from client: Client) async throws {
        let known = try await credentials(of: caller.userID)
        if known.passwordHash.isEmpty {
            throw ValidationError("password", "Set a password first: the account is woken up with it.")
        }
        try await confirmOwn(password, of: known, from: client)
        try await confirmFactor(code, of: known.id, from: client)
        try await write(as: caller) { tx in
            try lockUnchanged(known, tx)
            try UserQueries.setActive(false, known.id, at: time.now, tx)
            try end(known.id, .deactivated, tx)
            try noteEvent(.deactivated, of: known.id, from: client, tx)
            try sendNotice("account_deactivated", to: known, tx)
        }
    }

    /// Wakes an account up for who knows its password; one that is awake is left as it is. A suspended one stays so.
    ///
    /// - Throws: `AccountsError`, `SQLError`.
    func reactivate(_ attempt: LoginAttempt) async throws {
        let (account, limits, time) = (AccountKey(email: attempt.email), loginLimits, time)
        let known = try await database.read { connection in
            try limits.check(account, attempt.client, at: time.now, connection)
            return try UserQueries.credentials(attempt.email, connection)
        }
        let verdict = try await passwords.verify(
            attempt.password, against: known?.passwordHash, for: asker(account, attempt.client))
        let refusal = try await database.write { tx -> AccountsError? in
            let now = time.now
            let current = try known.flatMap { try UserQueries.lockCredentials($0.id, tx) }
            try limits.check(account, attempt.client, at: now, tx)
            guard let current, verdict != .wrong, current.passwordHash == known?.passwordHash else {
                let reason = AccountsError.noActiveAccount
                try noteFailure(current?.id, account, from: attempt.client, reason: reason.code, tx)
                return reason
            }
            if current.standing.isSuspended { return .accountSuspended }
            guard !current.standing.isActive else { return nil }
            if current.isDeactivatedByStaff { return .accountDeactivated }
            try UserQueries.setActive(true, current.id, at: now, tx)
            try noteEvent(.reactivated, of: current.id, from: attempt.client, tx)
            return nil
        }
        if let refusal { throw refusal }
    }

    /// Ends the caller's account at once and leaves nothing of them in it; what other rooms know, and its history, a job erases.
    /// What the books need stays without them. No mail says goodbye: it would be the first thing that is known of them again.
    ///
    /// - Throws: `ValidationError`, `AccountsError`, `SQLError`.
    func delete(_ caller: Identity, password: String?, code: String?, from client: Client) async throws {
        let known = try await credentials(of: caller.userID)
        try await confirmEnd(caller, password: password, code: code, known, client)
        let token = random.token()
        try await write(as: caller) { tx in
            let current = try lockUnchanged(known, tx)
            try end(known.id, .deleted, tx)
            let now = time.now
            let own = current.isEmailVerified ? [ErasedUser.Address(email: current.email, until: now)] : []
            let proven = own + (try ErasureQueries.formerAddresses(of: known.id, tx))
            try erasure(ErasedUser(id: known.id, addresses: proven), tx)
            try ErasureQueries.erase(known.id, token: token, at: now, tx)
        }
    }

    /// Deletes at most `limit` rows of the history of an account that was erased.
    ///
    /// - Returns: how many there were.
    /// - Throws: `SQLError`.
    public static func eraseHistory(of user: ErasedUser, limit: Int, in tx: Transaction) throws -> Int {
        try ErasureQueries.eraseHistory(of: user, limit: limit, tx)
    }

    /// For good: by the password and a factor, or by a login of a moment ago where there is no password.
    private func confirmEnd(
        _ caller: Identity, password: String?, code: String?, _ known: Credentials, _ client: Client
    ) async throws {
        if known.passwordHash.isEmpty {
            return try await confirmPresence(caller, password: nil, code: code, from: client)
        }
        try await confirmOwn(password, of: known, from: client)
        try await confirmFactor(code, of: known.id, from: client)
    }

    /// Locks a user whose password was compared outside of the transaction.
    ///
    /// - Throws: `NotFound`, `SQLError` of kind `.conflict` where password or e-mail have become others since.
    @discardableResult
    func lockUnchanged(_ known: Credentials, _ tx: Transaction) throws -> Credentials {
        guard let current = try UserQueries.lockCredentials(known.id, tx) else { throw NotFound() }
        guard current.passwordHash == known.passwordHash, current.email == known.email else {
            throw SQLError(.conflict, message: "the account was changed by another transaction")
        }
        return current
    }

    /// Ends everything that is under way by which somebody could get in, but for one session.
    func end(
        _ user: UserID, _ reason: SessionQueries.EndReason, keeping session: SessionID? = nil, _ tx: Transaction
    ) throws {
        try endSessions(of: user, reason, keeping: session, tx)
        try ResetQueries.spendAll(of: user, tx)
    }

    /// Ends the sessions of a user but for one, and the logins that wait for a second factor; how many sessions ended. Mailed
    /// tokens stay good: with them the owner comes back, whoever has a session.
    @discardableResult
    func endSessions(
        of user: UserID, _ reason: SessionQueries.EndReason, keeping session: SessionID? = nil, _ tx: Transaction
    ) throws -> Int {
        try ChallengeQueries.spendAll(of: user, tx)
        return try SessionQueries.endAll(of: user, reason, keeping: session, at: time.now, tx)
    }
}

/// Who is erased, as other rooms have to know it.
public struct ErasedUser: Sendable {
    /// An e-mail that was theirs until a moment. What is left under it later is somebody else's.
    public struct Address: Sendable {
        public let email: String
        public let until: Timestamp

        public init(email: String, until: Timestamp) {
            self.email = email
            self.until = until
        }
    }

    public let id: UserID
    /// The addresses that were shown to be theirs: the present one, and former ones that nobody else has an account by. What
    /// others left under an address that is not among them is not theirs to erase.
    public let addresses: [Address]

    public init(id: UserID, addresses: [Address]) {
        self.id = id
        self.addresses = addresses
    }
}
