import Commerce
import Primitives
import SQL
import Web

/// Verifying that an e-mail is its account's.
struct EmailVerification: Sendable {
    static let badToken = ValidationError("token", "This token is invalid or has expired.")

    let core: AccountsCore
    let mail: AccountMail

    /// Takes a token of a verification mail; it works once, and only while the account still has that e-mail.
    ///
    /// - Throws: `ValidationError` on `token`, `SQLError`.
    func verify(_ token: String) async throws {
        let (now, hash) = (core.time.now, Digest.hex(token))
        try await core.database.write { tx in
            guard try VerificationQueries.spend(hash, at: now, tx),
                let found = try VerificationQueries.owner(hash, tx),
                try UserQueries.verifyEmail(found.email, of: found.user, at: now, tx)
            else { throw Self.badToken }
        }
    }

    /// Mails a new verification token where `email` is an account's that has not been verified.
    ///
    /// Nothing tells whether it is: the limit counts e-mails without an account as well.
    ///
    /// - Throws: `AccountsError.throttled`, `SQLError`.
    func resend(_ email: String) async throws { try await mail.request(.verification, to: email) }
}
