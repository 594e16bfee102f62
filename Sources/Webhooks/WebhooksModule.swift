import Messages
import Modules
import Outbound
import Primitives
import SQL

/// What outgoing webhooks bring.
public struct WebhooksModule: Sendable {
    /// The calls that may be under way at once: a slow receiver holds up none of the others.
    public static let threads = 64

    /// The publisher to hand to every room that has something to tell.
    public let events: EventPublisher
    /// The endpoints for staff, the jobs that send, their mail, and what is kept of a person.
    public let module: Module

    /// Makes the service; `client` calls receivers, on threads that nothing else waits for.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public init(_ context: ModuleContext, client: HTTPClient) throws {
        let settings = try WebhooksSettings(context.settings, context.shop)
        let service = WebhookService(
            jobs: context.jobs, listeners: WebhookListeners(), settings: settings,
            box: SecretBox(context.secret, purpose: "webhook-secrets"), time: context.time, random: context.random)
        events = service.publisher
        var module = Module("Webhooks")
        module.endpoints = [WebhookRoutes(database: context.database, service: service).group]
        module.jobs =
            service.jobHandlers
            + [WebhookCourier(database: context.database, service: service, client: client).handler]
        module.cron = [SendOverdue.entry]
        module.permissions = [
            Permission("webhooks.edit", "Set up webhooks that the shop sends, see and replay what was sent.")
        ]
        module.mailTemplates = WebhookTemplates.all
        module.personalData = Self.personalData
        module.purges = Self.purges(settings)
        module.settings = [WebhooksSettings.self]
        module.screens = [Self.screen]
        self.module = module
    }

    /// What an event holds of a person is cleared; that there was one stays until its deliveries are deleted.
    public static var personalData: PersonalData {
        var data = PersonalData()
        data.archive = [EventQueries.archive]
        data.erase = [.rows { user, limit, tx in try EventQueries.clear(of: user.id, limit: limit, tx) }]
        data.eraseWithOrders = [{ orders, _, tx in try EventQueries.clear(of: orders.map(\.id), tx) }]
        data.orderPartTables = ["shop_events"]
        return data
    }

    private static func purges(_ settings: WebhooksSettings) -> [Purge] {
        let clearing: [Purge] = [
            { now, limit, tx in try EventQueries.clear(at: now, limit: limit, tx) },
            { _, limit, tx in try WebhookQueries.purge(limit: limit, tx) },
        ]
        guard let age = settings.deliveries else { return clearing }
        return clearing + [
            { now, limit, tx in try DeliveryQueries.purge(before: now - age, limit: limit, tx) },
            { now, limit, tx in try EventQueries.purge(before: now - age, limit: limit, tx) },
        ]
    }
}
