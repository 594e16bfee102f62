import Accounts
import Admin
import AdminPages
import Carts
import Checkout
import Commerce
import Inventory
import Jobs
import Merchandising
import Modules
import Orders
import Pictures
import Primitives
import Privacy
import SQL
import Storefront
import Web

/// The composition root: the rooms, the server and the job runner over one installation.
public struct Shop: Sendable {
    /// The settings, database, media and clock that it was made over.
    public let installation: Installation
    /// Answers requests; serves nothing until ``Serving`` binds it to a port.
    public let server: APIServer
    /// Runs jobs and cron of all rooms; idle until ``Serving`` starts it.
    public let runner: JobRunner
    /// The queue that all rooms enqueue into.
    public let jobs: JobQueue
    /// What links to this shop begin with; ``Serving`` tells it where the server listens.
    let address: PublicAddress
    private let rooms: Rooms

    /// What other rooms use of accounts.
    public var accounts: AccountsModule { rooms.accounts }
    /// Imports of tables, for the command line.
    public var imports: ImportService { rooms.imports }
    /// Orders as a table, for the command line.
    public var orderTable: OrderTable { rooms.orderTable }
    /// Customers as a table, for the command line.
    public var customerTable: CustomerTable { rooms.customerTable }
    var stock: StockService { rooms.stock }
    var carts: CartService { rooms.carts }
    var checkout: CheckoutService { rooms.checkout }
    var studio: PictureStudio { rooms.studio }
    /// Payments through gateways, for the command line.
    public var payments: PaymentFlow { rooms.payments }
    /// The sweep that moves files which nothing names into the trash.
    public var sweep: MediaSweep { rooms.sweep }
    /// The modules of all rooms.
    public var modules: ModuleList { rooms.modules }

    /// Creates the shop over an opened installation, with what staff have saved of its settings; its schema need not be in
    /// place yet.
    ///
    /// - Throws: `ModuleError`, `RouterError` or `JobRunnerError` where rooms clash, `SettingsError`, `SQLError`, an error
    ///   of Argon2 where memory is short.
    public init(_ installation: Installation) async throws {
        try await self.init(configured: installation.configured())
    }

    /// Creates the shop that takes the place of `former` behind the same listener: queue, address and what is counted go on.
    ///
    /// - Throws: what ``init(_:)`` throws.
    init(configured installation: Installation, after former: Shop? = nil) async throws {
        let context = try ModuleContext(installation, after: former)
        let rooms = try await Rooms(context, asking: installation.settingsQuestions)
        self.installation = installation
        self.rooms = rooms
        jobs = context.jobs
        address = context.address
        runner = try JobRunner(
            context.jobs, handlers: rooms.modules.jobs, cron: rooms.modules.cron,
            settings: .fitting(installation.database.dialect, lease: installation.settings.jobLease),
            random: installation.random, logger: installation.logger)
        server = try installation.server(rooms.modules, accounts: rooms.accounts, listener: former?.server.listener)
    }

    /// Finds what in this shop still names a person who was erased.
    ///
    /// - Throws: `SQLError`, `MediaError`.
    public func erasureAudit(of email: String) async throws -> ErasureAudit {
        try await ErasureAudit.of(
            email, installation.database, installation.media,
            folders: modules.mediaFolders.map(\.name).sorted() + [MediaSweep.trash], data: modules.personalData)
    }
}

extension Installation {
    /// Returns the HTTP side over these endpoints.
    fileprivate func server(
        _ modules: ModuleList, accounts: AccountsModule, listener: ListenerState?
    ) throws -> APIServer {
        let database = database
        return try APIServer(
            modules.endpoints, settings: settings.server, database: database, secret: secret,
            authenticate: { try await accounts.authenticator.authenticate($0) },
            confirm: { try accounts.authenticator.confirm($0, $1) },
            presence: { try await accounts.confirmPresence($0, password: $1, code: $2) },
            revision: { try await database.read { try RevisionQueries.current($0) } },
            problems: { await Readiness.problems(self) },
            pages: { [try admin(modules, accounts, $0).group] }, listener: listener,
            metrics: Telemetry.registry, logger: logger, time: time, random: random)
    }

    /// Returns the pages of staff over the endpoints of `api`.
    private func admin(_ modules: ModuleList, _ accounts: AccountsModule, _ api: LocalAPI) throws -> AdminSite {
        let shop = settings.shop
        return try AdminSite(
            AdminShop(name: shop.name, currency: shop.currency, zone: shop.timeZone, language: shop.language),
            screens: modules.screens, reports: modules.reports,
            door: AdminDoor(
                identity: { try await accounts.browserSessions.identity($0) },
                cookie: { try await accounts.browserSessions.cookie(for: $0) },
                hasAdministrator: { try await accounts.superusers.exist() },
                hasStaff: { try await accounts.superusers.hasStaff() },
                createAdministrator: { try await accounts.superusers.create(email: $0, password: $1, onlyFirst: true) }),
            api: api, secret: secret, time: time, random: random)
    }
}
