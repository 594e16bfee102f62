import Jobs
import Messages
import Primitives
import SQL

/// What carries a mail out of the shop.
public enum MailTransport: Sendable {
    /// The built-in mailbox: nothing leaves.
    case mailbox
    /// A mail server: takes the recipient, the mail and an id that is the same at every attempt.
    case server(@Sendable (_ recipient: String, ComposedMail, _ id: String) async throws -> Void)
}

/// The handlers of mail and text message jobs.
public struct MessageJobs: Sendable {
    let database: any Database
    let composer: MailComposer
    let transport: MailTransport
    let time: TimeSource

    public init(_ database: any Database, composer: MailComposer, transport: MailTransport, time: TimeSource) {
        self.database = database
        self.composer = composer
        self.transport = transport
        self.time = time
    }

    public var handlers: [JobHandler] { [mail, textMessage] }

    private var mail: JobHandler {
        switch transport {
        case .mailbox:
            .transactional(MailJob.self) { job, tx in
                try keep(job, try composer.compose(job, tx), tx)
            }
        case .server(let send):
            .external(MailJob.self) { job, context in
                let mail = try await database.read { try composer.compose(job, $0) }
                try await send(job.recipient, mail, context.deduplicationKey)
                return JobHandler.nothingToWrite
            }
        }
    }

    private var textMessage: JobHandler {
        .transactional(SMSJob.self) { job, tx in
            try MailboxQueries.insert(
                MailboxDraft(
                    channel: .sms, recipient: job.recipient, userID: job.userID, subject: "", text: job.text, html: "",
                    links: "[]", createdAt: time.now), tx)
        }
    }

    private func keep(_ job: MailJob, _ mail: ComposedMail, _ tx: Transaction) throws {
        try MailboxQueries.insert(
            MailboxDraft(
                channel: .email, recipient: job.recipient, userID: job.userID, subject: mail.subject, text: mail.text,
                html: mail.html, links: String(decoding: try JSONBytes.encode(mail.links), as: UTF8.self),
                createdAt: time.now), tx)
    }
}
