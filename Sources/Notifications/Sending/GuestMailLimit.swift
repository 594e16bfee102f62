import Commerce
import Jobs
import Logging
import Messages
import Primitives
import SQL

/// The limit on mails to an address without an account, ten an hour: whoever orders in a stranger's name must not fill
/// their inbox. Staff are no guests, though their addresses have no account either.
struct GuestMailLimit: Sendable {
    static let most = 10
    static let window = TimeSpan.hours(1)

    let time: TimeSource
    let logger: Logger

    /// Counts a mail and returns whether it may go; another attempt at one that was counted may. A suppressed mail is
    /// logged.
    ///
    /// - Throws: `SQLError`.
    func admits(_ job: MailJob, _ purpose: MailKind, _ context: JobContext, _ tx: Transaction) throws -> Bool {
        guard job.userID == nil, job.textID == nil, purpose != .staff else { return true }
        let (now, key) = (time.now, context.deduplicationKey)
        let recipient = Digest.hex(EmailAddress(job.recipient)?.text ?? job.recipient)
        if try GuestMailQueries.isCounted(key, tx) { return true }
        try KeyLockQueries.lock(["guest mail " + recipient], at: now, tx)
        guard try GuestMailQueries.count(to: recipient, after: now - Self.window, tx) < Self.most else {
            tx.afterCommit { [logger] in
                logger.notice(
                    "mail suppressed: too many to one guest within an hour",
                    metadata: ["template": "\(job.template)", "job": .stringConvertible(context.jobID.rawValue)])
            }
            return false
        }
        try GuestMailQueries.insert(key, to: recipient, at: now, tx)
        return true
    }
}
