import Commerce
import Primitives
import SQL

extension AccountsCore {
    /// Ends everything that is under way by which somebody could get in, but for one session.
    func end(
        _ user: UserID, _ reason: SessionQueries.EndReason, keeping session: SessionID? = nil, _ tx: Transaction
    ) throws {
        try endSessions(of: user, reason, keeping: session, tx)
        try ResetQueries.spendAll(of: user, tx)
    }

    /// Ends the sessions of a user but for one, and the logins that wait for a second factor; returns the number of
    /// sessions. Mailed tokens stay good: with them the owner comes back, whoever has a session.
    @discardableResult
    func endSessions(
        of user: UserID, _ reason: SessionQueries.EndReason, keeping session: SessionID? = nil, _ tx: Transaction
    ) throws -> Int {
        try ChallengeQueries.spendAll(of: user, tx)
        return try SessionQueries.endAll(of: user, reason, keeping: session, at: time.now, tx)
    }

    /// Removes what would let another than the owner of the e-mail in, or shut the owner out: social accounts and a
    /// second factor. For operators, who act on the machine itself.
    func dropForeignKeys(of user: UserID, _ tx: Transaction) throws {
        try TwoFactorQueries.remove(user, tx)
        try SocialQueries.deleteAll(of: user, tx)
    }
}
