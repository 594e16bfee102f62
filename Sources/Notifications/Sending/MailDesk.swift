import Commerce
import Jobs
import Logging
import Messages
import Primitives
import SQL

/// Decides about each mail before it is sent, and writes into the log what became of it.
struct MailDesk: Sendable {
    /// What is to be done about a mail.
    enum Decision: Sendable {
        case send(ComposedMail)
        /// Nothing: the log says why.
        case hold
        /// It can never be sent: the log says why.
        case fail(String)
    }

    let composer: MailComposer
    let readers: MailReaders
    let links: MailLinks?
    let time: TimeSource
    let guests: GuestMailLimit

    /// Decides about a mail and logs it as pending, or as held back.
    ///
    /// - Throws: `SQLError`.
    func decide(_ job: MailJob, _ context: JobContext, _ tx: Transaction) throws -> Decision {
        var log = log(of: job, context)
        let reader = try job.userID.flatMap { try readers.find($0, tx) }
        let wishes = try job.userID.map { try PreferenceQueries.find($0, tx) }
        let purpose = composer.catalog.purpose(of: job.template)
        if let reason = try refusal(job, purpose, reader, wishes, context, tx) {
            (log.status, log.error) = (.suppressed, reason)
            try EmailLogQueries.record(log, tx)
            return .hold
        }
        do {
            let mail = try compose(job, purpose, reader, wishes, log, tx)
            (log.subject, log.language) = (mail.subject.prefix(scalars: 500), mail.language)
            try EmailLogQueries.record(log, tx)
            return .send(mail)
        } catch let error where !(error is SQLError) {
            let reason = (error as? NotificationError)?.message ?? JobFailure.reason(of: error).prefix(scalars: 500)
            (log.status, log.error) = (.failed, reason)
            try EmailLogQueries.record(log, tx)
            return .fail(reason)
        }
    }

    /// Logs that a mail has gone.
    ///
    /// - Throws: `SQLError`.
    func sent(_ context: JobContext, _ tx: Transaction) throws {
        try EmailLogQueries.end(context.deduplicationKey, as: .sent, at: time.now, tx)
    }

    /// Logs why a mail has not gone, and puts an address that takes none on the list.
    ///
    /// - Throws: `SQLError`.
    func failed(_ refusal: MailRefusal, _ job: MailJob, _ context: JobContext, _ tx: Transaction) throws {
        let key = context.deduplicationKey
        switch refusal {
        case .later(let reason):
            try EmailLogQueries.end(key, as: context.isLast ? .failed : .pending, error: reason, tx)
        case .mail(let reason): try EmailLogQueries.end(key, as: .failed, error: reason, tx)
        case .address(let reason):
            try EmailLogQueries.end(key, as: .bounced, error: reason, tx)
            try SuppressionQueries.add(MailRecipient.key(job.recipient), .hardBounce, reason, at: time.now, tx)
        }
    }

    /// Returns why a mail is not sent; nil where it is.
    private func refusal(
        _ job: MailJob, _ purpose: MailKind, _ reader: MailReader?, _ wishes: MailPreferences?,
        _ context: JobContext, _ tx: Transaction
    ) throws -> String? {
        if job.textID == nil, purpose.isOptional {
            if reader?.takesMail == false { return "The recipient wants no mail." }
            if purpose == .newsletter, reader?.takesNewsletter != true { return "The recipient takes no newsletter." }
            if wishes?.admits(purpose) == false { return "The recipient wants no mail of this kind." }
        }
        if let reason = try SuppressionQueries.reason(MailRecipient.key(job.recipient), tx) {
            return "The address gets no mail: \(reason.rawValue)."
        }
        return try guests.admits(job, purpose, context, tx) ? nil : "Too many mails to one guest within an hour."
    }

    private func compose(
        _ job: MailJob, _ purpose: MailKind, _ reader: MailReader?, _ wishes: MailPreferences?, _ log: EmailLog,
        _ tx: Transaction
    ) throws -> ComposedMail {
        let leaving = purpose.isListed ? job.userID.flatMap { links?.unsubscribe($0, purpose) } : nil
        var mail = try composer.compose(job, language: reader?.language ?? "", unsubscribe: leaving, tx)
        if let links, wishes?.allowTracking == true, !log.isSecret, purpose != .security {
            let markup = TrackedMarkup(links: links, job: log.jobKey)
            mail.html = markup.tracked(mail.html, keeping: [leaving].compactMap { $0 })
        }
        return mail
    }

    private func log(of job: MailJob, _ context: JobContext) -> EmailLog {
        var log = EmailLog()
        log.jobKey = context.deduplicationKey
        (log.userID, log.email, log.type) = (job.userID, MailRecipient.key(job.recipient), job.template)
        log.order = job.orderID
        log.language = composer.catalog.language
        (log.isSecret, log.isTest) = (job.context[MailSecrets.key] != nil, job.textID != nil)
        if !log.isSecret, let text = try? JSONBytes.encode(job.context) {
            log.context = String(decoding: text, as: UTF8.self)
        }
        (log.attempts, log.createdAt) = (1, context.enqueuedAt)
        return log
    }
}
