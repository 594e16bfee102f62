import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The built-in mailbox for staff: `/api/admin/mailbox/`.
public struct MailboxRoutes: Sendable {
    let database: any Database

    public init(_ database: any Database) {
        self.database = database
    }

    public var group: EndpointGroup {
        EndpointGroup("notifications", [list, clear])
    }

    private var list: Endpoint {
        Endpoint(
            .get, "/api/admin/mailbox/", "Messages that the built-in mailbox keeps, newest first",
            access: .staff("mailbox.view")
        ) { (call, input: MailboxInput) -> Page<MailboxBody> in
            let (count, messages) = try await database.read { connection in
                let count = try MailboxQueries.count(input.filter, connection)
                try input.page.check(count)
                return (count, try MailboxQueries.page(input.filter, limit: input.page.limit, connection))
            }
            return try Page(try messages.map(MailboxBody.init), count: count, input.page, of: call)
        }
    }

    private var clear: Endpoint {
        Endpoint(
            .delete, "/api/admin/mailbox/", "Empty the mailbox", access: .staff("mailbox.view"), status: .noContent,
            in: database
        ) { (call, _: NoInput, tx) -> NoContent in
            let everything = MailboxFilter(recipient: nil, channel: nil, search: nil)
            try call.noteBefore(MailboxCountBody(count: try MailboxQueries.count(everything, tx)))
            try MailboxQueries.deleteAll(tx)
            return NoContent()
        }
    }
}

/// How many messages there are.
struct MailboxCountBody: ResponseBody {
    let count: Int
}

struct MailboxInput: Input {
    let filter: MailboxFilter
    let page: PageRequest

    init(_ fields: Fields) {
        filter = MailboxFilter(
            recipient: fields.optionalString("to"), channel: fields.optionalChoice("channel", of: Channel.self),
            search: fields.optionalString("search"))
        page = fields.page()
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

    enum CodingKeys: String, CodingKey {
        case id, channel, to, subject, text, html, links
        case createdAt = "created_at"
    }

    init(_ message: MailboxMessage) throws {
        id = message.id
        channel = message.channel
        to = message.recipient
        subject = message.subject
        text = message.text
        html = message.html
        if case .array(let links) = try JSONValue(parsing: Array(message.links.utf8)) {
            self.links = links.compactMap { if case .string(let link) = $0 { link } else { nil } }
        } else {
            links = []
        }
        createdAt = message.createdAt
    }
}
