import Commerce
import Jobs
import Messages
import Primitives
import SQL

/// The mails of accounts that somebody gets for having registered, or because they were asked for.
public struct AccountMail: Sendable {
    let core: AccountsCore

    /// Welcomes somebody who has registered.
    ///
    /// - Throws: `SQLError`.
    func sendWelcome(to user: UserID, _ email: String, firstName: String, _ tx: Transaction) throws {
        let context: [String: JSONValue] = ["first_name": .string(firstName), "email": .string(email)]
        try core.jobs.enqueue(
            MailJob(template: "welcome", to: email, userID: user, context: .object(context)), in: tx)
    }

    /// Keeps a verification token, hashed, and mails it with its link.
    func sendVerification(
        _ token: String, to user: UserID, _ email: String, firstName: String, _ tx: Transaction
    ) throws {
        let now = core.time.now
        try VerificationQueries.insert(
            Digest.hex(token), for: user, email, until: now + core.configuration.verificationLifetime, at: now, tx)
        let secrets: [String: JSONValue] = [
            "token": .string(token),
            "link": .string(core.configuration.frontendURL + "/verify-email?token=" + token),
        ]
        let context: [String: JSONValue] = [
            "first_name": .string(firstName), "email": .string(email),
            MailSecrets.key: .string(try core.mailSecrets.seal(secrets, for: email)),
        ]
        try core.jobs.enqueue(
            MailJob(template: "verify_email", to: email, userID: user, context: .object(context)), in: tx)
    }
}
