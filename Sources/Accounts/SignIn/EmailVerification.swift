import Commerce
import Jobs
import Messages
import Primitives
import SQL
import Web

extension AccountsService {
    static let badVerificationToken = ValidationError("token", "This token is invalid or has expired.")

    func sendWelcome(to user: UserID, _ email: String, firstName: String, _ tx: Transaction) throws {
        let context: [String: JSONValue] = ["first_name": .string(firstName), "email": .string(email)]
        try jobs.enqueue(
            MailJob(template: "welcome", to: email, userID: user, context: .object(context)), in: tx)
    }

    /// Keeps a verification token, hashed, and mails it with its link.
    func sendVerification(
        _ token: String, to user: UserID, _ email: String, firstName: String, _ tx: Transaction
    ) throws {
        let now = time.now
        try VerificationQueries.insert(
            Digest.hex(token), for: user, email, until: now + configuration.verificationLifetime, at: now, tx)
        let secrets: [String: JSONValue] = [
            "token": .string(token),
            "link": .string(configuration.frontendURL + "/verify-email?token=" + token),
        ]
        let context: [String: JSONValue] = [
            "first_name": .string(firstName), "email": .string(email),
            MailSecrets.key: .string(try mailSecrets.seal(secrets, for: email)),
        ]
        try jobs.enqueue(
            MailJob(template: "verify_email", to: email, userID: user, context: .object(context)), in: tx)
    }

    /// Takes a token of a verification mail; it works once, and only while the account still has that e-mail.
    ///
    /// - Throws: `ValidationError` on `token`, `SQLError`.
    func verifyEmail(_ token: String) async throws {
        let (now, hash) = (time.now, Digest.hex(token))
        try await database.write { tx in
            guard try VerificationQueries.spend(hash, at: now, tx),
                let found = try VerificationQueries.owner(hash, tx),
                try UserQueries.verifyEmail(found.email, of: found.user, at: now, tx)
            else { throw Self.badVerificationToken }
        }
    }

    /// Mails a new verification token where `email` is an account's that has not been verified.
    ///
    /// Nothing tells whether it is: the limit counts e-mails without an account as well.
    ///
    /// - Throws: `AccountsError.throttled`, `SQLError`.
    func resendVerification(_ email: String) async throws { try await requestMail(.verification, to: email) }
}
