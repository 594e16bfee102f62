import Jobs
import Logging
import Messages
import Outbound
import Primitives
import SQL

/// The way in which mails leave the shop.
public enum MailTransport: Sendable {
    /// The built-in mailbox: nothing leaves.
    case mailbox
    /// A mail server, by its host and port: takes the recipient, the mail and an id that is the same at every attempt.
    case server(host: String, @Sendable (_ recipient: String, ComposedMail, _ id: String) async throws -> Void)
}

/// The way in which text messages leave the shop.
public enum SMSTransport: Sendable {
    /// The built-in mailbox: nothing leaves.
    case mailbox
    /// A provider: takes the recipient in E.164 and the text.
    case provider(@Sendable (_ recipient: String, _ text: String) async throws -> Void)
}

/// The handlers of mail and text message jobs.
public struct MessageJobs: Sendable {
    let database: any Database
    let composer: MailComposer
    let transport: MailTransport
    let sms: SMSTransport
    let time: TimeSource
    private let desk: MailDesk

    /// Creates the handlers; `logger` is told of mails that the limit for guests suppresses. No mail has a link
    /// that leads to the shop itself.
    public init(
        _ database: any Database, composer: MailComposer, transport: MailTransport, sms: SMSTransport = .mailbox,
        readers: MailReaders = .none, time: TimeSource, logger: Logger = Logger(label: "kontor.mail")
    ) {
        self.init(
            database, composer: composer, transport: transport, sms: sms, readers: readers, links: nil, time: time,
            logger: logger)
    }

    init(
        _ database: any Database, composer: MailComposer, transport: MailTransport, sms: SMSTransport,
        readers: MailReaders, links: MailLinks?, time: TimeSource,
        logger: Logger = Logger(label: "kontor.mail")
    ) {
        self.database = database
        self.composer = composer
        self.transport = transport
        self.sms = sms
        self.time = time
        desk = MailDesk(
            composer: composer, readers: readers, links: links, time: time,
            guests: GuestMailLimit(time: time, logger: logger))
    }

    /// The handlers of `MailJob` and `SMSJob`.
    public var handlers: [JobHandler] { [mail, textMessage] }

    private var mail: JobHandler {
        switch transport {
        case .mailbox: .external(MailJob.self) { job, context in try await keep(job, context) }
        case .server(let host, let send):
            .external(MailJob.self) { job, context in try await hand(job, context, at: host, to: send) }
        }
    }

    /// Puts a mail into the built-in mailbox, in the transaction that ends its job.
    private func keep(_ job: MailJob, _ context: JobContext) async throws -> JobHandler.Completion {
        guard let mail = try await decided(job, context) else { return JobHandler.nothingToWrite }
        return { tx in
            try record(job, mail, tx)
            try desk.sent(context, tx)
        }
    }

    /// Returns the mail that is to be sent; nil for none. The log has it, or why not, before anything else happens, so
    /// that it keeps what a job that fails rolls back.
    private func decided(_ job: MailJob, _ context: JobContext) async throws -> ComposedMail? {
        switch try await database.write({ try desk.decide(job, context, $0) }) {
        case .send(let mail): return mail
        case .hold: return nil
        case .fail(let reason): throw JobFailure.permanent(reason)
        }
    }

    /// Hands a mail to the server. The log has it before, so that it says of a mail whose sender was killed that it is
    /// under way; the next attempt bears the same id.
    private func hand(
        _ job: MailJob, _ context: JobContext, at host: String,
        to send: @Sendable (_ recipient: String, ComposedMail, _ id: String) async throws -> Void
    ) async throws -> JobHandler.Completion {
        guard let mail = try await decided(job, context) else { return JobHandler.nothingToWrite }
        do {
            try await send(job.recipient, mail, context.deduplicationKey)
        } catch let error where !(error is CancellationError) {
            note(error, job, context, host)
            return try await failed(MailRefusal(error), error, job, context)
        }
        return { try desk.sent(context, $0) }
    }

    /// Logs that a mail was not taken: of whom by the domain alone, and where, since one or the other is what is wrong.
    private func note(_ error: any Error, _ job: MailJob, _ context: JobContext, _ host: String) {
        var metadata: Logger.Metadata = [
            "template": "\(job.template)", "host": "\(host)", "domain": "\(job.recipient.cut(at: "@").last ?? "")",
        ]
        if let reply = (error as? OutboundError)?.reply {
            metadata["step"] = "\(reply.step.rawValue)"
            metadata["code"] = .stringConvertible(reply.code)
        }
        context.logger.warning("a mail was not taken", metadata: metadata)
    }

    /// Ends an attempt that failed: a lost address ends the job, since no attempt can succeed and nobody need look at it.
    private func failed(
        _ refusal: MailRefusal, _ error: any Error, _ job: MailJob, _ context: JobContext
    ) async throws -> JobHandler.Completion {
        if case .address = refusal { return { try desk.failed(refusal, job, context, $0) } }
        try await database.write { try desk.failed(refusal, job, context, $0) }
        if case .mail(let reason) = refusal { throw JobFailure.permanent(reason) }
        throw error
    }

    private var textMessage: JobHandler {
        switch sms {
        case .mailbox:
            .transactional(SMSJob.self) { job, tx in
                try MailboxQueries.insert(
                    MailboxDraft(
                        channel: .sms, recipient: job.recipient, userID: job.userID, subject: "",
                        text: try text(of: job), html: "", links: "[]", isSecret: job.sealedText != nil,
                        createdAt: time.now), tx)
            }
        case .provider(let send):
            .external(SMSJob.self) { job, _ in
                try await send(job.recipient, try text(of: job))
                return JobHandler.nothingToWrite
            }
        }
    }

    private func text(of job: SMSJob) throws -> String {
        do {
            return try composer.secrets.opened(job)
        } catch {
            throw JobFailure.permanent(error.description)
        }
    }

    private func record(_ job: MailJob, _ mail: ComposedMail, _ tx: Transaction) throws {
        try MailboxQueries.insert(
            MailboxDraft(
                channel: .email, recipient: job.recipient, userID: job.userID, subject: mail.subject, text: mail.text,
                html: mail.html, links: String(decoding: try JSONBytes.encode(mail.links), as: UTF8.self),
                isSecret: job.context[MailSecrets.key] != nil, createdAt: time.now), tx)
    }
}
