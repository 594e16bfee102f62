import Commerce
import Primitives
import SQL
import Web

/// Tells who an access token belongs to, by its signature and by the session behind it.
///
/// A session that was ended or an account that was suspended stops the token at the next request: the row is read each
/// time, by one statement. The signature is checked once a token.
public struct Authenticator: Sendable {
    /// Last activity is written at most this often.
    private static let activityInterval = TimeSpan.minutes(1)

    private let database: any Database
    private let mint: TokenMint
    private let time: TimeSource

    init(_ database: any Database, _ mint: TokenMint, time: TimeSource) {
        self.database = database
        self.mint = mint
        self.time = time
    }

    /// Returns the caller that `token`, an access token without its scheme, speaks for.
    ///
    /// - Throws: `AuthenticationError.tokenNotValid`, `AccountsError.accountSuspended`,
    ///   `AccountsError.accountDeactivated`, `SQLError`.
    public func authenticate(_ token: String) async throws -> Identity {
        guard let claims = try? await mint.claims(of: token), claims.kind == .access else {
            throw AuthenticationError.tokenNotValid
        }
        let identity = try await authenticate(claims.sessionID)
        guard identity.userID == claims.userID else { throw AuthenticationError.tokenNotValid }
        return identity
    }

    /// Returns the caller of a session that is live, and in which something was done within the last `idle`.
    ///
    /// - Throws: as `authenticate(_:)` does.
    func authenticate(_ session: SessionID, idle: TimeSpan? = nil) async throws -> Identity {
        let now = time.now
        let found = try await database.read { try SessionQueries.status(session, $0) }
        guard let found, found.isLive(at: now), idle.map({ now - found.lastActivityAt < $0 }) ?? true else {
            throw AuthenticationError.tokenNotValid
        }
        try found.status.check()
        let limit = now - Self.activityInterval
        if found.lastActivityAt <= limit {
            // A request that only reads must not fail because this cannot be written (a full disk).
            try? await database.write {
                try SessionQueries.touch(session, at: now, unlessAfter: limit, $0)
            }
        }
        return found.identity
    }

    /// Locks the session of `identity` until `tx` ends, where it has not ended since it was looked at: whatever ends a
    /// session waits for what is written in its name.
    ///
    /// - Throws: `AuthenticationError.tokenNotValid`, `SQLError`.
    public func confirm(_ identity: Identity, _ tx: Transaction) throws {
        guard try SessionQueries.lockShared(identity.sessionID, at: time.now, tx) else {
            throw AuthenticationError.tokenNotValid
        }
    }
}
