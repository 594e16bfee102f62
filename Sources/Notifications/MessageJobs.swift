import Jobs
import Logging
import Messages
import Primitives
import SQL

/// The way in which mails leave the shop.
public enum MailTransport: Sendable {
    /// The built-in mailbox: nothing leaves.
    case mailbox
    /// A mail server: takes the recipient, the mail and an id that is the same at every attempt.
    case server(@Sendable (_ recipient: String, ComposedMail, _ id: String) async throws -> Void)
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
    private let guests: GuestMailLimit

    /// Creates the handlers; `logger` is told of mails that the limit for guests suppresses.
    public init(
        _ database: any Database, composer: MailComposer, transport: MailTransport, sms: SMSTransport = .mailbox,
        time: TimeSource, logger: Logger = Logger(label: "kontor.mail")
    ) {
        self.database = database
        self.composer = composer
        self.transport = transport
        self.sms = sms
        self.time = time
        self.guests = GuestMailLimit(time: time, logger: logger)
    }

    /// The handlers of `MailJob` and `SMSJob`: transactional for the mailbox, external for a server or provider.
    public var handlers: [JobHandler] { [mail, textMessage] }

    private var mail: JobHandler {
        switch transport {
        case .mailbox:
            .transactional(MailJob.self) { job, context, tx in
                guard try guests.admits(job, context, tx) else { return }
                try record(job, try compose(job, tx), tx)
            }
        case .server(let send):
            .external(MailJob.self) { job, context in
                guard try await guests.admits(job, context, in: database) else { return JobHandler.nothingToWrite }
                let mail = try await database.read { try compose(job, $0) }
                try await send(job.recipient, mail, context.deduplicationKey)
                return JobHandler.nothingToWrite
            }
        }
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

    private func compose(_ job: MailJob, _ connection: Connection) throws -> ComposedMail {
        do {
            return try composer.compose(job, connection)
        } catch let error as SealedTextError {
            throw JobFailure.permanent(error.description)
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
