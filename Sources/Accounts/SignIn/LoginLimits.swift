import Primitives
import SQL

/// How many failed logins an account and an address may have.
///
/// The failures counted are the rows of the login history: exact over several instances and after a restart, one index
/// range of at most `limit` entries each. An account starts anew at its next success; an address does not.
struct LoginLimits: Sendable {
    let limits: AccountsConfiguration.Limits

    /// How long `account` and `client` have to wait, nil where they need not.
    func wait(_ account: AccountKey, _ client: Client, at now: Timestamp, _ connection: Connection) throws -> TimeSpan?
    {
        let start = now - limits.loginWindow
        let blocking = try [
            LoginQueries.failure(limits.loginFailuresByAccount, of: account, after: start, connection),
            limits.loginFailuresByAddress.flatMap {
                try LoginQueries.failure($0, from: client.network, after: start, connection)
            },
        ]
        return blocking.compactMap { $0 }.max().map { $0 + limits.loginWindow - now }
    }

    /// - Throws: `AccountsError.throttled`.
    func check(_ account: AccountKey, _ client: Client, at now: Timestamp, _ connection: Connection) throws {
        if let wait = try wait(account, client, at: now, connection) { throw AccountsError.throttled(retryAfter: wait) }
    }
}
