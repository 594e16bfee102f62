import Commerce
import Primitives
import SQL
import Web

/// Whether it is the owner who speaks in a session, for what would outlive a stolen token: another way in, a second factor.
extension AccountsService {
    /// How long after a login nothing more is asked.
    private static let freshness = TimeSpan.minutes(15)

    /// Asks for a code where two factors are on, otherwise for a session that was opened a short while ago or the password.
    ///
    /// - Throws: `AccountsError.freshFactorRequired`, `AccountsError.freshLoginRequired` where there is no password either,
    ///   `AccountsError.throttled`, `ValidationError` on `code` or `password`, `NotFound`, `SQLError`.
    func confirmPresence(
        _ caller: Identity, password: String?, code: String?, from client: Client
    ) async throws {
        let known = try await credentials(of: caller.userID)
        let (hasFactor, openedAt) = try await database.read { connection in
            (
                try TwoFactorQueries.isEnabled(known.id, connection),
                try SessionQueries.find(caller.sessionID, of: known.id, connection)?.createdAt
            )
        }
        if hasFactor { return try await confirmFactor(code, of: known.id, from: client) }
        if let openedAt, time.now - openedAt < Self.freshness { return }
        if known.passwordHash.isEmpty { throw AccountsError.freshLoginRequired }
        try await confirmOwn(password, of: known, from: client)
    }

    /// A transaction in the name of a caller whose session still is, and is held until the end: nothing is written after it
    /// was ended, by a reset or by a report.
    ///
    /// - Throws: `AuthenticationError.tokenNotValid`, what `body` throws, `SQLError`.
    func write<Value: Sendable>(
        as caller: Identity, _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await database.write { [authenticator] tx in
            try authenticator.confirm(caller, tx)
            return try body(tx)
        }
    }
}
