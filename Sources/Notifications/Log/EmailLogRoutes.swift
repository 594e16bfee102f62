import Commerce
import HTTPTypes
import Jobs
import Messages
import Primitives
import SQL
import Web

/// The endpoints of the log of mails: all of it for staff, their own for users.
struct EmailLogRoutes: Sendable {
    static let reading = "notifications.view"

    let database: any Database
    let jobs: JobQueue
    let readers: MailReaders

    var group: EndpointGroup {
        EndpointGroup(
            "Notifications",
            [
                Endpoint(
                    .get, "/api/notifications/history/", "Lists the mails that the caller was sent, the newest first.",
                    access: .user, use: history
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/admin/email-logs/",
                    "Lists the mails that the shop has sent or tried to, the newest first.",
                    access: .staff(Self.reading), use: list
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/admin/email-logs/{id}/", "Shows what became of a mail.", access: .staff(Self.reading),
                    use: show
                ).refusing(.notFound),
                Endpoint(
                    .post, "/api/admin/email-logs/{id}/resend/",
                    "Sends a mail once more, under a new id and to the address that its user has by now.",
                    access: .staff(TemplateRoutes.permission), status: .accepted, in: database, use: resend
                ).refusing(.notFound, .conflict),
            ])
    }

    private func history(_ call: APIRequest, _ input: PageInput) async throws -> Page<HistoryBody> {
        let found = try await rows(EmailLogFilter(user: try call.caller().userID), input.page)
        return try Page(found, input.page, of: call, HistoryBody.init)
    }

    private func list(_ call: APIRequest, _ input: EmailLogInput) async throws -> Page<EmailLogBody> {
        try Page(try await rows(input.filter, input.page), input.page, of: call, EmailLogBody.init)
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> EmailLogBody {
        let id = try call.id("id", as: EmailLogID.self)
        guard let log = try await database.read({ try EmailLogQueries.find(id, $0) }) else { throw NotFound() }
        return EmailLogBody(log)
    }

    private func resend(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> EmailLogBody {
        guard let log = try EmailLogQueries.find(try call.id("id"), tx) else { throw NotFound() }
        guard !log.isSecret else { throw NotificationError.secretMail }
        guard !log.isTest else { throw NotificationError.testMail }
        let context = try JSONValue(parsing: log.context.utf8)
        let recipient = try recipient(of: log, tx)
        let mail = MailJob(
            template: log.type, to: recipient, userID: log.userID, about: log.order, context: context)
        try jobs.enqueue(mail, in: tx)
        return EmailLogBody(log)
    }

    /// Returns where a mail goes now: a user may have moved since it was sent.
    ///
    /// - Throws: `NotificationError.lostRecipient`, `SQLError`.
    private func recipient(of log: EmailLog, _ tx: Transaction) throws -> String {
        guard let user = log.userID else { return log.email }
        guard let reader = try readers.find(user, tx) else { throw NotificationError.lostRecipient }
        return reader.email
    }

    private func rows(_ filter: EmailLogFilter, _ page: PageRequest) async throws -> PageRows<EmailLog> {
        try await database.read { connection in
            var filter = filter
            filter.search = try filter.search?.done(connection)
            return try PageRows(count: EmailLogQueries.count(filter, connection), page) {
                try EmailLogQueries.page(filter, limit: page.limit, connection)
            }
        }
    }
}

/// The query of a list of mails.
struct EmailLogInput: Input {
    let filter: EmailLogFilter
    let page: PageRequest

    init(_ fields: Fields) {
        var filter = EmailLogFilter()
        filter.status = fields.optionalChoice("status", of: EmailStatus.self)
        filter.type = fields.optionalString("template_type", length: 0...100)
        filter.email = fields.optionalString("email", length: 0...254).map(MailRecipient.key)
        filter.order = fields.optionalID("order")
        filter.from = fields.optionalTimestamp("from")
        filter.until = fields.optionalTimestamp("until", .end)
        filter.search = fields.search().map(EmailLogQueries.search)
        filter.sorting = fields.age()
        self.filter = filter
        page = fields.page()
    }
}
