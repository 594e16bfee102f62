import Commerce
import Modules
import Primitives
import SQL
import Web

/// Deactivating accounts, taking them up again, and ending them.
struct AccountLifecycle: Sendable {
    let core: AccountsCore
    let presence: Presence
    let factor: SecondFactor
    let erasure: ErasureHook

    /// Deactivates the caller's account until they come back.
    ///
    /// - Throws: `ValidationError`, `AccountsError`, `SQLError`.
    func deactivate(_ caller: Identity, password: String?, code: String?, from client: RequestOrigin) async throws {
        let known = try await core.credentials(of: caller.userID)
        if known.passwordHash.isEmpty {
            throw ValidationError("password", "Set a password first: the account is woken up with it.")
        }
        try await presence.confirmOwn(password, of: known, from: client)
        try await factor.confirm(code, of: known.id, from: client)
        try await core.write(as: caller) { tx in
            try core.lockUnchanged(known, tx)
            try UserQueries.setActive(false, known.id, at: core.time.now, tx)
            try core.end(known.id, .deactivated, tx)
            try core.recordEvent(.deactivated, of: known.id, from: client, tx)
            try core.sendNotice("account_deactivated", to: known, tx)
        }
    }

    /// Reactivates an account for who knows its password; an active one is left as it is, a suspended one stays so.
    ///
    /// - Throws: `AccountsError`, `SQLError`.
    func reactivate(_ attempt: LoginAttempt) async throws {
        let (account, limits, time) = (AccountKey(email: attempt.email), core.loginLimits, core.time)
        let known = try await core.database.read { connection in
            try limits.check(account, attempt.client, at: time.now, connection)
            return try UserQueries.credentials(attempt.email, connection)
        }
        let verdict = try await core.hasher.verify(
            attempt.password, against: known?.passwordHash, for: core.asker(account, attempt.client))
        let refusal = try await core.database.write { tx -> AccountsError? in
            let now = core.time.now
            let current = try known.flatMap { try UserQueries.lockCredentials($0.id, tx) }
            try limits.check(account, attempt.client, at: now, tx)
            guard let current, verdict != .wrong, current.passwordHash == known?.passwordHash else {
                let reason = AccountsError.noActiveAccount
                try core.noteFailure(current?.id, account, from: attempt.client, reason: reason.code, tx)
                return reason
            }
            if current.status.isSuspended { return .accountSuspended }
            guard !current.status.isActive else { return nil }
            if current.isDeactivatedByStaff { return .accountDeactivated }
            try UserQueries.setActive(true, current.id, at: now, tx)
            try core.recordEvent(.reactivated, of: current.id, from: attempt.client, tx)
            return nil
        }
        if let refusal { throw refusal }
    }

    /// Ends the caller's account at once and leaves nothing of them in it; what other rooms know, and its history, a
    /// job erases. What the books need stays without them. No mail says goodbye: it would be the first thing that is
    /// known of them again.
    ///
    /// - Throws: `ValidationError`, `AccountsError`, `SQLError`.
    func delete(_ caller: Identity, password: String?, code: String?, from client: RequestOrigin) async throws {
        let known = try await core.credentials(of: caller.userID)
        try await confirmEnd(caller, password: password, code: code, known, client)
        let token = core.random.token()
        try await core.write(as: caller) { tx in
            let current = try core.lockUnchanged(known, tx)
            try core.end(known.id, .deleted, tx)
            let now = core.time.now
            let own = current.isEmailVerified ? [ErasedUser.Address(email: current.email, until: now)] : []
            let proven = own + (try AccountErasureQueries.formerAddresses(of: known.id, tx))
            try erasure(ErasedUser(id: known.id, addresses: proven), tx)
            try AccountErasureQueries.erase(known.id, token: token, at: now, tx)
        }
    }

    /// Confirms an end for good: by the password and a second factor, or by a recent login where there is no password.
    private func confirmEnd(
        _ caller: Identity, password: String?, code: String?, _ known: Credentials, _ client: RequestOrigin
    ) async throws {
        if known.passwordHash.isEmpty {
            return try await presence.confirm(caller, password: nil, code: code, from: client)
        }
        try await presence.confirmOwn(password, of: known, from: client)
        try await factor.confirm(code, of: known.id, from: client)
    }
}
