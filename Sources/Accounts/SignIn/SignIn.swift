import Commerce
import Logging
import Primitives
import SQL

/// A user with tokens of a new session.
struct SignedIn: Sendable {
    let account: Account
    let tokens: TokenPair
}

/// What a right password leads to.
enum LoginResult: Sendable {
    case session(SignedIn)
    /// Two factors are on: the token that a code goes with.
    case challenge(String)
}

extension AccountsService {
    /// A session opened in a transaction whose tokens are not signed yet.
    struct OpenedSession: Sendable {
        let account: Account
        let id: SessionID
        let refresh: TokenMint.RefreshID
    }

    /// Opens a session for `user` and hands the guest's cart over.
    ///
    /// - Throws: `SQLError`.
    func openSession(
        _ user: UserID, _ refresh: TokenMint.RefreshID, cart: SessionKey?, from client: Client, in tx: Transaction
    ) throws -> OpenedSession {
        let now = time.now
        try UserQueries.noteLogin(user, at: now, tx)
        let id = try SessionQueries.insert(user, refresh: refresh, from: client, until: mint.refreshEnd, at: now, tx)
        if let cart { try handOver(cart, to: user, in: tx) }
        guard var account = try UserQueries.account(user, tx) else { throw NotFound() }
        if try respell(account.user, in: tx), let anew = try UserQueries.account(user, tx) { account = anew }
        return OpenedSession(account: account, id: id, refresh: refresh)
    }

    /// Keeps the address of somebody who moved over as addresses are compared, so that all rooms know them by one; false where
    /// it is so already, or that spelling is another account's.
    private func respell(_ user: User, in tx: Transaction) throws -> Bool {
        guard let address = EmailAddress(user.email)?.text, address != user.email,
            try !UserQueries.hasEmail(address, besides: user.id, tx),
            let former = try UserQueries.credentials(user.id, tx)
        else { return false }
        try ErasureQueries.remember(former, at: time.now, tx)
        try UserQueries.respell(address, of: user.id, tx)
        return true
    }

    /// - Throws: `SQLError` where the whole transaction has to run again.
    private func handOver(_ cart: SessionKey, to user: UserID, in tx: Transaction) throws {
        do {
            try tx.savepoint { try onSignIn(user, cart, $0) }
        } catch let error as SQLError where error.kind == .conflict {
            throw error
        } catch {
            // The savepoint undid the merge; the guest's cart is still there, and the login goes on.
            logger.error("a guest's cart was not merged", metadata: ["user": "\(user)", "error": "\(error)"])
        }
    }

    /// Signs the tokens of a session that is committed.
    func sign(_ session: OpenedSession) async throws -> SignedIn {
        SignedIn(
            account: session.account,
            tokens: try await mint.pair(session.account.user.id, session.id, session.refresh))
    }
}
