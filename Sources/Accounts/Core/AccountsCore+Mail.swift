import Commerce
import Jobs
import Messages
import Primitives
import SQL

extension AccountsCore {
    /// Counts a request for a mail or a text message.
    ///
    /// - Throws: `AccountsError.throttled` where there were too many within an hour, `SQLError`.
    func countRequest(_ purpose: MailPurpose, _ key: AccountKey, _ tx: Transaction) throws {
        let (now, window) = (time.now, TimeSpan.hours(1))
        try KeyLockQueries.lock(["mail \(purpose.rawValue) \(key.text)"], at: now, tx)
        if let oldest = try LoginQueries.mailRequest(
            limits.mailRequestsByAccount, purpose, of: key, after: now - window, tx)
        {
            throw AccountsError.throttled(retryAfter: oldest + window - now)
        }
        try LoginQueries.insertMailRequest(purpose, key, at: now, tx)
    }

    /// Mails a template whose `secrets` stand sealed in the job.
    func sendSealed(_ template: String, _ secrets: [String: String], to user: Credentials, _ tx: Transaction) throws {
        let sealed = try mailSecrets.seal(secrets.mapValues { .string($0) }, for: user.email)
        let context: [String: JSONValue] = [
            "first_name": .string(user.firstName), "email": .string(user.email), MailSecrets.key: .string(sealed),
        ]
        try jobs.enqueue(
            MailJob(template: template, to: user.email, userID: user.id, context: .object(context)), in: tx)
    }

    /// Tells a user by mail what has happened to their account.
    func sendNotice(
        _ template: String, to user: Credentials, with more: [String: JSONValue] = [:], _ tx: Transaction
    ) throws {
        let context: [String: JSONValue] = [
            "first_name": .string(user.firstName), "email": .string(user.email),
            "happened_at": .string(time.now.mailText),
        ]
        try jobs.enqueue(
            MailJob(
                template: template, to: user.email, userID: user.id,
                context: .object(context.merging(more) { _, own in own })), in: tx)
    }
}
