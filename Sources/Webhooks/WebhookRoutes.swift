import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints by which staff set up receivers of webhooks, and look after what is sent.
struct WebhookRoutes: Sendable {
    static let permission = "webhooks.edit"
    static let access = Access.staff(permission)
    private static let base = "/api/admin/webhooks/"

    let database: any Database
    let service: WebhookService
    private let counts = CountCache()

    init(database: any Database, service: WebhookService) {
        self.database = database
        self.service = service
    }

    var group: EndpointGroup {
        EndpointGroup(
            "Webhooks", "What the shop tells other systems, signed in the way of Standard Webhooks.",
            receivers + deliveries)
    }

    private var receivers: [Endpoint] {
        [
            Endpoint(.get, Self.base, "Lists webhooks.", access: Self.access, use: list).refusing(.notFound),
            Endpoint(
                .post, Self.base, "Makes a webhook, and shows its secret this once.", access: Self.access,
                status: .created, in: database, use: create),
            Endpoint(.get, Self.base + "{id}/", "Shows a webhook.", access: Self.access, use: show)
                .refusing(.notFound),
            edit(.put, "Replaces a webhook."), edit(.patch, "Changes some fields of a webhook."),
            Endpoint(
                .delete, Self.base + "{id}/", "Deletes a webhook; what waits for it is not sent.", access: Self.access,
                status: .noContent, in: database, use: delete
            ).refusing(.notFound, .conflict, .preconditionFailed),
            Endpoint(
                .post, Self.base + "{id}/rotate-secret/",
                "Gives a webhook a new secret, and shows it this once; the former one signs too for 24 hours.",
                access: Self.access, in: database, use: rotate
            ).refusing(.notFound, .conflict, .preconditionFailed),
        ]
    }

    private var deliveries: [Endpoint] {
        [
            Endpoint(
                .get, Self.base + "{id}/deliveries/",
                "Lists what was sent to a webhook, the newest first unless asked otherwise.",
                access: Self.access, use: listDeliveries
            ).refusing(.notFound),
            Endpoint(
                .post, Self.base + "{id}/test/", "Sends an event of the type webhook.test.", access: Self.access,
                status: .accepted, in: database, use: test
            ).refusing(.notFound, .conflict),
            Endpoint(
                .post, "/api/admin/webhook-deliveries/{id}/replay/", "Sends one delivery again, under the same id.",
                access: Self.access, status: .accepted, in: database, use: replay
            ).refusing(.notFound, .conflict),
            Endpoint(
                .post, "/api/admin/webhook-deliveries/replay/",
                "Sends the deliveries of a span of time again, each under the same id.", access: Self.access,
                status: .accepted, in: database, use: replayRange),
        ]
    }

    private func edit(_ method: HTTPRequest.Method, _ summary: String) -> Endpoint {
        Endpoint(method, Self.base + "{id}/", summary, access: Self.access, in: database, use: update)
            .refusing(.notFound, .conflict, .preconditionFailed)
    }

    private func list(_ call: APIRequest, _ input: WebhookListInput) async throws -> Page<WebhookBody> {
        try await database.read { connection in
            let count = try WebhookQueries.count(input.filter, connection)
            return try Page(count: count, input.page, of: call) {
                try WebhookQueries.list(input.filter, by: input.ordering, limit: input.page.limit, connection)
                    .map { WebhookBody($0) }
            }
        }
    }

    private func create(_ call: APIRequest, _ input: WebhookInput, _ tx: Transaction) throws -> WebhookBody {
        let made = try service.create(input.change.applied(to: Webhook()), in: tx)
        return try shown(made, call)
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> WebhookBody {
        let id = try call.id("id", as: WebhookID.self)
        return WebhookBody(try await database.read { try service.require(id, $0) })
    }

    private func update(_ call: APIRequest, _ input: WebhookInput, _ tx: Transaction) throws -> WebhookBody {
        let before = try changing(call, tx)
        return WebhookBody(try service.update(input.change.applied(to: before), from: before, in: tx))
    }

    private func delete(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> NoContent {
        try service.delete(try changing(call, tx), in: tx)
        return NoContent()
    }

    private func rotate(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> WebhookBody {
        try shown(service.rotate(try changing(call, tx), in: tx), call)
    }

    /// Returns the receiver that is about to be changed, having noted it in the audit and compared its version.
    private func changing(_ call: APIRequest, _ tx: Transaction) throws -> Webhook {
        let webhook = try service.require(try call.id("id"), tx)
        try call.checkVersion(webhook.version)
        try call.recordBefore(WebhookBody(webhook))
        return webhook
    }

    /// Shows a secret to the caller, and not to the audit.
    private func shown(_ made: (webhook: Webhook, secret: WebhookSecret), _ call: APIRequest) throws -> WebhookBody {
        try call.recordAfter(WebhookBody(made.webhook))
        return WebhookBody(made.webhook, secret: made.secret)
    }

    private func listDeliveries(
        _ call: APIRequest, _ input: DeliveryListInput
    ) async throws -> Page<WebhookDeliveryBody> {
        var filter = input.filter
        filter.webhook = try call.id("id", as: WebhookID.self)
        return try await database.read { [filter] connection in
            _ = try service.require(try call.id("id"), connection)
            let count = try counts.count(DeliveryQueries.countQuery(filter), connection)
            return try Page(count: count, input.page, of: call) {
                try DeliveryQueries.list(filter, by: input.ordering, limit: input.page.limit, connection)
                    .map(WebhookDeliveryBody.init)
            }
        }
    }

    private func test(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> WebhookDeliveryBody {
        let webhook = try service.require(try call.id("id"), tx)
        return WebhookDeliveryBody(try service.test(webhook, WebhookBody(webhook), in: tx))
    }

    private func replay(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> WebhookDeliveryBody {
        WebhookDeliveryBody(try service.replay(try call.id("id"), in: tx))
    }

    private func replayRange(_: APIRequest, _ input: ReplayInput, _ tx: Transaction) throws -> ReplayBody {
        ReplayBody(count: try service.replay(input.filter, in: tx))
    }
}
