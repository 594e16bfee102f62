import Commerce
import Primitives
import SQL

/// How many failed logins an account, an address and both together may have.
///
/// The failures counted are the rows of the login history: exact over several instances and after a restart, one index
/// range of at most `limit` entries each. An account starts anew at its next success; an address does not.
///
/// At a login an account is counted together with the address first: a stranger who guesses shuts the owner out only
/// from where the stranger is. Within a session only what sessions of the account got wrong counts.
struct LoginLimits: Sendable {
    let limits: AccountsConfiguration.Limits

    /// Checks whether a login of `account` from where `client` is has to wait.
    ///
    /// - Throws: `AccountsError.throttled`, `SQLError`.
    func check(_ account: AccountKey, _ client: RequestOrigin, at now: Timestamp, _ connection: Connection) throws {
        let blocking = try LoginQueries.blocking(
            account, from: client.network, after: now - limits.loginWindow, limits, connection)
        try refuse(until: blocking, now)
    }

    /// Checks whether a check within a session of `user` has to wait.
    ///
    /// - Throws: `AccountsError.throttled`, `SQLError`.
    func check(_ user: UserID, at now: Timestamp, _ connection: Connection) throws {
        let blocking = try LoginQueries.sessionFailure(
            limits.loginFailuresByAccount, of: user, after: now - limits.loginWindow, connection)
        try refuse(until: blocking, now)
    }

    private func refuse(until blocking: Timestamp?, _ now: Timestamp) throws {
        if let blocking { throw AccountsError.throttled(retryAfter: blocking + limits.loginWindow - now) }
    }
}
