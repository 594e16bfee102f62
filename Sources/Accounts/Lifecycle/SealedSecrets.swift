import Commerce
import Primitives
import SQL

/// The counts of what is sealed under the installation's secret, and lost with it.
public struct SealedSecrets: Sendable, Hashable {
    /// Users whose two factors are on.
    public let twoFactors: Int
    /// Social accounts whose tokens are kept.
    public let socialTokens: Int
    /// Mails and text messages that wait with a link or a code in them.
    public let messages: Int

    /// Counts what there is.
    ///
    /// - Throws: `SQLError`.
    public init(_ connection: Connection) throws {
        twoFactors = try SealedSecretQueries.twoFactors(connection)
        socialTokens = try SealedSecretQueries.socialTokens(connection)
        messages = try SealedSecretQueries.messages(connection)
    }

    /// Returns whether the newest second factor opens under `secret`; nil where there is none to try.
    ///
    /// - Throws: `SQLError`.
    public static func opens(under secret: SecretKey, _ connection: Connection) throws -> Bool? {
        guard let (user, sealed) = try SealedSecretQueries.newestFactor(connection) else { return nil }
        let box = SecretBox(secret, purpose: SecondFactor.purpose)
        return (try? box.open(sealed, context: SecondFactor.context(user))) != nil
    }

    /// Removes all second factors and the tokens of social accounts, which nobody can open any more. Each user's
    /// history says so.
    ///
    /// - Throws: `SQLError`.
    public static func forget(at now: Timestamp, in tx: Transaction) throws {
        try SealedSecretQueries.noteLoss(at: now, tx)
        try SealedSecretQueries.forget(tx)
    }
}
