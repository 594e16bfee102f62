import Commerce
import Logging
import Primitives
import SQL

/// Called in the transaction of a login or registration that names a guest's cart. What it throws undoes its own
/// writes alone and is logged: it never makes a login fail.
public typealias SignInHook = @Sendable (UserID, SessionKey, Transaction) throws -> Void

/// A user with tokens of a new session.
struct SignedIn: Sendable {
    let account: Account
    let tokens: TokenPair
}

/// A session opened in a transaction whose tokens are not signed yet.
struct OpenedSession: Sendable {
    let account: Account
    let id: SessionID
    let refresh: TokenMint.RefreshID
}

/// Sessions: how they are opened, carried on by tokens, looked at and ended.
struct Sessions: Sendable {
    let core: AccountsCore
    let mint: TokenMint
    let onSignIn: SignInHook
    let logger: Logger

    /// Draws the refresh token of a session to open: outside of the transaction, which may run more than once.
    func refreshID() -> TokenMint.RefreshID { mint.refreshID() }

    /// Opens a session for `user` and hands the guest's cart over.
    ///
    /// - Throws: `SQLError`.
    func open(
        _ user: UserID, _ refresh: TokenMint.RefreshID, cart: SessionKey?, from client: RequestOrigin,
        in tx: Transaction
    ) throws -> OpenedSession {
        let now = core.time.now
        try UserQueries.noteLogin(user, at: now, tx)
        let id = try SessionQueries.insert(user, refresh: refresh, from: client, until: mint.refreshEnd, at: now, tx)
        if let cart { try handOver(cart, to: user, in: tx) }
        guard var account = try UserQueries.account(user, tx) else { throw NotFound() }
        if try respell(account.user, in: tx), let anew = try UserQueries.account(user, tx) { account = anew }
        return OpenedSession(account: account, id: id, refresh: refresh)
    }

    /// Signs the tokens of a session that is committed.
    func sign(_ session: OpenedSession) async throws -> SignedIn {
        SignedIn(
            account: session.account,
            tokens: try await mint.pair(session.account.user.id, session.id, session.refresh))
    }

    /// Stores the address of a user from another shop as addresses are compared, so that all rooms know them by one
    /// spelling; false where it is so already, or that spelling is another account's.
    private func respell(_ user: User, in tx: Transaction) throws -> Bool {
        guard let address = EmailAddress(user.email)?.text, address != user.email,
            try !UserQueries.hasEmail(address, besides: user.id, tx),
            let former = try UserQueries.credentials(user.id, tx)
        else { return false }
        try AccountErasureQueries.remember(former, at: core.time.now, tx)
        try UserQueries.respell(address, of: user.id, tx)
        return true
    }

    /// Hands a guest's cart over; what fails in it is logged and undone alone.
    ///
    /// - Throws: `SQLError` where the whole transaction has to run again.
    private func handOver(_ cart: SessionKey, to user: UserID, in tx: Transaction) throws {
        do {
            try tx.savepoint { try onSignIn(user, cart, $0) }
        } catch let error as SQLError where error.kind == .conflict {
            throw error
        } catch {
            // The savepoint undid the merge; the guest's cart is still there, and the login goes on.
            logger.error(
                "a guest's cart was not merged",
                metadata: ["user": .stringConvertible(user.rawValue), "error": "\(error)"])
        }
    }
}
