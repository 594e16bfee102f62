import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints of the built-in mailbox for staff: `/api/admin/mailbox/`.
public struct MailboxRoutes: Sendable {
    let database: any Database

    /// Creates the endpoints over the mailbox in `database`.
    public init(_ database: any Database) {
        self.database = database
    }

    /// The endpoints under the tag `notifications`.
    public var group: EndpointGroup {
        EndpointGroup(
            "Notifications", "Mails and messages that the shop has sent.",
            [
                Endpoint(
                    .get, "/api/admin/mailbox/",
                    "Lists the messages that the built-in mailbox keeps, the newest first.",
                    access: .staff("mailbox.view"), use: list),
                Endpoint(
                    .get, "/api/admin/mailbox/{id}/", "Shows a message that the built-in mailbox keeps.",
                    access: .staff("mailbox.view"), use: show
                ).refusing(.notFound),
                Endpoint(
                    .delete, "/api/admin/mailbox/", "Empties the mailbox.", access: .admin, status: .noContent,
                    in: database, use: clear),
            ])
    }

    private func list(_ call: APIRequest, _ input: MailboxInput) async throws -> Page<MailboxBody> {
        let filter = input.filter(withSecrets: try call.caller().role == .admin)
        let found = try await database.read { try MailboxReading.page(filter, input.page, $0) }
        return try Page(found, input.page, of: call) { try MailboxBody($0, withSecrets: filter.withSecrets) }
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> MailboxBody {
        guard let id = Int64(try call.text("id")),
            let message = try await database.read({ try MailboxQueries.find(id, $0) })
        else { throw NotFound() }
        return try MailboxBody(message, withSecrets: try call.caller().role == .admin)
    }

    private func clear(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> NoContent {
        try call.recordBefore(MailboxCountBody(count: try MailboxReading.clear(in: tx)))
        return NoContent()
    }
}

/// The number of messages.
struct MailboxCountBody: ResponseBody {
    let count: Int
}

struct MailboxInput: Input {
    private let recipient: String?
    private let channel: Channel?
    private let search: String?
    let page: PageRequest

    init(_ fields: Fields) {
        recipient = fields.optionalString("to")
        channel = fields.optionalChoice("channel", of: Channel.self)
        search = fields.optionalString("search")
        page = fields.page()
    }

    func filter(withSecrets: Bool) -> MailboxFilter {
        MailboxFilter(recipient: recipient, channel: channel, search: search, withSecrets: withSecrets)
    }
}

struct MailboxBody: ResponseBody {
    let id: Int64
    let channel: Channel
    let to: String
    let subject: String
    let text: String
    let html: String
    let links: [String]
    let createdAt: Timestamp

    /// Shows a message; of a secret one only that it was sent, unless `withSecrets`: whoever reads its code or token
    /// gets into the recipient's account.
    init(_ message: MailboxMessage, withSecrets: Bool) throws {
        id = message.id
        channel = message.channel
        to = message.recipient
        subject = message.subject
        createdAt = message.createdAt
        guard withSecrets || !message.isSecret else {
            (text, html, links) = ("Only administrators can read what this message says.", "", [])
            return
        }
        text = message.text
        html = message.html
        if case .array(let links) = try JSONValue(parsing: Array(message.links.utf8)) {
            self.links = links.compactMap { if case .string(let link) = $0 { link } else { nil } }
        } else {
            links = []
        }
    }
}
