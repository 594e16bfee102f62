import Commerce
import Primitives
import SQL

extension AccountsCore {
    /// Records an event of an account, in the transaction in which it happened.
    func recordEvent(
        _ kind: AccountEventKind, of user: UserID, from client: RequestOrigin?, detail: String = "", _ tx: Transaction
    ) throws {
        try AccountEventQueries.insert(kind, of: user, from: client, detail: detail, at: time.now, tx)
    }

    /// Records a failed login.
    ///
    /// Where many transactions write at once, those of one network and one account come one after the other from here
    /// on, and look at the limits again: what others have committed meanwhile counts.
    ///
    /// - Throws: `AccountsError.throttled`, `SQLError`.
    func noteFailure(
        _ user: UserID?, _ account: AccountKey, from client: RequestOrigin, reason: String, _ tx: Transaction
    ) throws {
        let now = time.now
        let network = limits.loginFailuresByAddress == nil ? [] : ["login network " + client.network]
        if try KeyLockQueries.lock(network + ["login account " + account.text], at: now, tx) {
            try loginLimits.check(account, client, at: now, tx)
        }
        try LoginQueries.insertFailure(user, account, from: client, reason: reason, at: now, tx)
    }

    /// Returns the account and network that a comparison of a password is counted by.
    func asker(_ account: AccountKey, _ client: RequestOrigin) -> HashAsker {
        HashAsker(account: account, network: limits.loginFailuresByAddress == nil ? nil : client.network)
    }
}
