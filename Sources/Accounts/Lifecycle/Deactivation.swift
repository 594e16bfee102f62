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
        try await confirmOwn(password, of: known, from: client)
        try await confirmFactor(code, of: known.id, from: client)
        try await database.write { tx in
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
        let verdict = try await passwords.verify(attempt.password, against: known?.passwordHash)
        let refusal = try await database.write { tx -> AccountsError? in
            let now = time.now
            let current = try known.flatMap { try UserQueries.lockCredentials($0.id, tx) }
            try limits.check(account, attempt.client, at: now, tx)
            guard let current, verdict != .wrong, current.passwordHash == known?.passwordHash else {
                let reason = AccountsError.noActiveAccount
                try LoginQueries.insertFailure(
                    current?.id, account, from: attempt.client, reason: reason.code, at: now, tx)
                return reason
            }
            if current.standing.isSuspended { return .accountSuspended }
            guard !current.standing.isActive else { return nil }
            try UserQueries.setActive(true, current.id, at: now, tx)
            try noteEvent(.reactivated, of: current.id, from: attempt.client, tx)
            return nil
        }
        if let refusal { throw refusal }
    }

    /// Erases who the caller is, here and in the other rooms, in one transaction. What the books need stays without them.
    /// No mail says goodbye: it would be the first thing that is known of them again.
    ///
    /// - Throws: `ValidationError`, `AccountsError`, `SQLError`.
    func delete(_ caller: Identity, password: String?, code: String?, from client: Client) async throws {
        let known = try await credentials(of: caller.userID)
        try await confirmOwn(password, of: known, from: client)
        try await confirmFactor(code, of: known.id, from: client)
        try await database.write { tx in
            guard let current = try UserQueries.lockCredentials(known.id, tx) else { throw NotFound() }
            try end(known.id, .deleted, tx)
            try erasure(known.id, current.email, tx)
            try ErasureQueries.erase(known.id, email: current.email, at: time.now, tx)
        }
    }

    /// Ends everything by which a user could get in.
    func end(_ user: UserID, _ reason: SessionQueries.EndReason, _ tx: Transaction) throws {
        try SessionQueries.endAll(of: user, reason, at: time.now, tx)
        try ChallengeQueries.spendAll(of: user, tx)
        try ResetQueries.spendAll(of: user, tx)
    }
}
