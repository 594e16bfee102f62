import Commerce
import Primitives
import SQL
import Web

extension Sessions {
    private enum Rotation: Sendable {
        case done(UserID)
        case refused(AccountsError)
    }

    /// Takes a refresh token for a new pair; the old one is spent.
    ///
    /// A spent one that comes again has been copied: it ends the session, for the thief and the owner alike.
    ///
    /// - Throws: `AccountsError.tokenNotValid` or the reason why the account may not be used, `SQLError`.
    func refresh(_ token: String) async throws -> TokenPair {
        let claims = try await mint.claims(of: token)
        guard claims.kind == .refresh else { throw AccountsError.tokenNotValid }
        let next = mint.refreshID()
        switch try await core.database.write({ tx in try rotate(claims, to: next, tx) }) {
        case .done(let user): return try await mint.pair(user, claims.sessionID, next)
        case .refused(let error): throw error
        }
    }

    private func rotate(_ claims: TokenClaims, to next: TokenMint.RefreshID, _ tx: Transaction) throws -> Rotation {
        let (now, id) = (core.time.now, claims.sessionID)
        guard let session = try SessionQueries.status(id, tx), session.identity.userID == claims.userID else {
            return .refused(.tokenNotValid)
        }
        do {
            try session.status.check()
        } catch {
            return .refused(error)
        }
        let spent = TokenMint.RefreshID(text: claims.id)
        if try SessionQueries.rotate(id, from: spent, to: next, until: mint.refreshEnd, at: now, tx) {
            return .done(claims.userID)
        }
        try SessionQueries.end(id, .refreshReused, at: now, tx)
        return .refused(.tokenNotValid)
    }

    /// Ends the session of a refresh token, or without one the session that `caller` speaks in.
    ///
    /// - Throws: `AuthenticationError.notAuthenticated`, `AccountsError.tokenNotValid`, `SQLError`.
    func logOut(_ caller: Identity?, refresh token: String?) async throws {
        let time = core.time
        guard let token else {
            guard let caller else { throw AuthenticationError.notAuthenticated }
            try await core.database.write { _ = try SessionQueries.end(caller.sessionID, .logout, at: time.now, $0) }
            return
        }
        let claims = try await mint.claims(of: token)
        guard claims.kind == .refresh, caller == nil || caller?.userID == claims.userID else {
            throw AccountsError.tokenNotValid
        }
        let ended = try await core.database.write {
            try SessionQueries.end(claims.sessionID, .logout, at: time.now, $0)
        }
        if !ended { throw AccountsError.tokenNotValid }
    }

    /// Checks whether a token of either kind would be taken now.
    ///
    /// - Throws: `AccountsError.tokenNotValid`, `SQLError`.
    func check(_ token: String) async throws {
        let claims = try await mint.claims(of: token)
        let session = try await core.database.read { try SessionQueries.status(claims.sessionID, $0) }
        guard let session, session.identity.userID == claims.userID, session.isLive(at: core.time.now) else {
            throw AccountsError.tokenNotValid
        }
        if claims.kind == .refresh, session.refreshHash != TokenMint.RefreshID(text: claims.id).hash {
            throw AccountsError.tokenNotValid
        }
        try session.status.check()
    }
}
