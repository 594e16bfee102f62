import Commerce
import Jobs
import Messages
import Modules
import Outbound
import Pictures
import Primitives
import SQL

/// What payments bring by themselves. What joins them to orders and stock is brought by `Checkout`.
public struct PaymentsModule: Sendable {
    /// The one writer of payments and the ledger, for the rooms that are made after this one.
    public let payments: PaymentService
    /// The gateways that are set up.
    public let directory: GatewayDirectory
    /// The endpoints of gateways and staff's lists, their permissions, and what is kept of a person.
    public let module: Module

    /// Makes the service; `client` sends to gateways, `events` is told of refunds, `onReversal` where money goes back.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public init(
        _ context: ModuleContext, client: HTTPClient, studio: PictureStudio, schedule: ReconcileSchedule,
        events: EventPublisher, onReversal: @escaping PaymentService.ReversalHook = { _, _, _ in }
    ) throws {
        let settings = try SandboxSettings(context.settings, context.shop)
        let sandbox = try Self.sandbox(context, settings, client)
        let currency = context.shop.currency
        payments = PaymentService(
            secret: context.secret, schedule: schedule, time: context.time, random: context.random,
            events: events, onReversal: onReversal)
        directory = GatewayDirectory(
            Self.kinds(settings.isOn ? sandbox.gateway : nil, taking: currency), settings: context.settings,
            secret: context.secret, client: client, time: context.time,
            random: context.random, logger: context.logger)
        var module = Module("Payments")
        module.endpoints =
            [
                GatewayRoutes(
                    database: context.database, directory: directory, studio: studio, jobs: context.jobs,
                    currency: currency, time: context.time, uploadBytes: context.shop.uploadBytes
                ).group,
                PaymentListRoutes(database: context.database, currency: currency).group,
            ] + sandbox.endpoints
        module.jobs = sandbox.jobs + [DeleteGatewayCustomer.handler(directory, context.database)]
        module.settings = [GatewaySettings.self, SandboxSettings.self]
        module.screens = [
            Self.paymentScreen, Self.refundScreen, Self.disputeScreen, Self.ledgerScreen, Self.gatewayScreen,
            Self.eventScreen,
        ]
        module.checks = [{ [directory] database in try await database.read { try directory.findings($0) } }]
        module.permissions = [
            Permission("payments.edit", "Set up payment gateways, capture and cancel payments, replay webhooks."),
            Permission("payments.view", "See all payments, refunds, disputes, webhooks and the ledger."),
            Permission("orders.refund", "Refund payments, and decide refunds that customers ask for."),
        ]
        module.mediaFolders = [MediaFolder(GatewayRoutes.folder, owner: GatewayQueries.referenced(among:_:))]
        module.personalData = Self.personalData(context.jobs)
        module.purges =
            [
                { now, limit, tx in try WebhookQueries.clear(at: now, limit: limit, tx) }
            ] + Sandbox.purges
        self.module = module
    }

    /// Payments and the ledger stay, as books have to; what names the payer goes, at the gateways that keep methods too.
    public static func personalData(_ jobs: JobQueue) -> PersonalData {
        var data = PersonalData()
        data.archive = PaymentErasureQueries.archive
        data.erase = [
            .rows { user, limit, tx in
                for customer in try SavedMethodQueries.customers(user.id, tx) {
                    try jobs.enqueue(DeleteGatewayCustomer(gateway: customer.gateway, customer: customer.id), in: tx)
                }
                return try PaymentErasureQueries.erase(of: user.id, limit: limit, tx)
            }
        ]
        data.eraseWithOrders = [{ orders, _, tx in try PaymentErasureQueries.eraseResponses(of: orders.map(\.id), tx) }]
        data.orderPaths = [{ orders, connection in try PaymentErasureQueries.paths(of: orders.map(\.id), connection) }]
        data.orderPartTables = ["payments", "payment_operations", "refunds", "webhook_events"]
        return data
    }
}
