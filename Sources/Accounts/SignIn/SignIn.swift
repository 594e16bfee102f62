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
        guard let account = try UserQueries.account(user, tx) else { throw NotFound() }
        return OpenedSession(account: account, id: id, refresh: refresh)
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
