import Commerce
import HTTPTypes
import Modules
import Primitives
import SQL
import Web

/// A mail that staff send to see whether the shop's mail server takes mails. It goes at once, not by a job, so that they
/// read what the server says.
struct TestMailRoutes: Sendable {
    private let database: any Database
    private let transport: MailTransport
    private let server: MailSettings.Server?
    private let shopName: String
    private let isGerman: Bool
    private let time: TimeSource
    private let random: RandomSource

    init(_ context: ModuleContext, _ settings: MailSettings, _ transport: MailTransport) {
        database = context.database
        self.transport = transport
        server = settings.server
        shopName = context.shop.name
        isGerman = context.shop.language.begins(with: "de")
        (time, random) = (context.time, context.random)
    }

    var group: EndpointGroup {
        EndpointGroup(
            "Shop settings",
            [
                Endpoint(
                    .post, "/api/admin/settings/test-mail/",
                    "Sends a mail at once, and says what the mail server answers.",
                    access: .staff("shop.edit"), use: send
                ).limited(.perUser(30, per: .hours(1), name: "test mails"))
            ])
    }

    private func send(_ call: APIRequest, _ input: TestMailInput) async throws -> TestMailBody {
        switch transport {
        case .mailbox:
            let (mail, now) = (mail, time.now)
            let draft = MailboxDraft(
                channel: .email, recipient: input.to, userID: nil, subject: mail.subject, text: mail.text,
                html: mail.html, links: "[]", isSecret: false, createdAt: now)
            try await database.write { try MailboxQueries.insert(draft, $0) }
            return TestMailBody(isSent: true, to: input.to, server: nil, reason: nil)
        case .server(_, let send):
            do {
                try await send(input.to, mail, "test-" + random.token(byteCount: 12))
                return body(input, nil)
            } catch let error where !(error is CancellationError) {
                return body(input, MailRefusal(error).reason)
            }
        }
    }

    private func body(_ input: TestMailInput, _ reason: String?) -> TestMailBody {
        TestMailBody(
            isSent: reason == nil, to: input.to, server: server?.address, reason: reason)
    }

    private var mail: ComposedMail {
        let (subject, text) =
            isGerman
            ? ("Testmail von \(shopName)", "Diese Mail zeigt, dass \(shopName) Mails versenden kann.")
            : ("Test mail from \(shopName)", "This mail shows that \(shopName) can send mails.")
        return ComposedMail(subject: subject, text: text + "\n", html: "<p>\(text.escapedForHTML)</p>")
    }
}

/// The address to send a test mail to.
struct TestMailInput: Input {
    let to: String

    init(_ fields: Fields) {
        to = fields.email("to")
    }
}

/// What became of a test mail.
struct TestMailBody: ResponseBody {
    /// Whether the mail server has taken it, or the built-in mailbox has it.
    let isSent: Bool
    let to: String
    /// The mail server with its port; null for the built-in mailbox.
    let server: String?
    /// Why it was not taken, in the mail server's words; null where it was.
    let reason: String?
}

extension MailRefusal {
    /// Why a mail has not gone.
    var reason: String {
        switch self {
        case .later(let reason), .address(let reason), .mail(let reason): reason
        }
    }
}
