import Accounts
import Carts
import Checkout
import Commerce
import Inventory
import Jobs
import Merchandising
import Modules
import Pictures
import Primitives
import Privacy
import SQL
import Web

/// The composition root: the rooms, the server and the job runner over one installation.
public struct Shop: Sendable {
    public let installation: Installation
    public let server: APIServer
    public let runner: JobRunner
    public let jobs: JobQueue
    private let rooms: Rooms

    public var accounts: AccountsService { rooms.accounts }
    public var imports: ImportService { rooms.imports }
    var stock: StockService { rooms.stock }
    var carts: CartService { rooms.carts }
    var checkout: CheckoutService { rooms.checkout }
    var studio: PictureStudio { rooms.studio }
    /// Takes files that nothing names into the trash.
    public var sweep: MediaSweep { rooms.sweep }
    /// What each room brings.
    public var modules: ModuleList { rooms.modules }

    /// Makes the shop over an opened installation; its schema need not be in place yet.
    ///
    /// - Throws: `ModuleError`, `RouterError` or `JobRunnerError` where rooms clash, `SettingsError`, an error of Argon2 where memory
    ///   is short.
    public init(_ installation: Installation) async throws {
        let context = ModuleContext(installation)
        let rooms = try await Rooms(context)
        self.installation = installation
        self.rooms = rooms
        jobs = context.jobs
        runner = try JobRunner(
            context.jobs, handlers: rooms.modules.jobs, cron: rooms.modules.cron,
            settings: .fitting(installation.database.dialect, lease: installation.settings.jobLease),
            random: installation.random, logger: installation.logger)
        server = try installation.server(rooms.modules.endpoints, accounts: rooms.accounts)
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
    /// The HTTP side over these endpoints.
    fileprivate func server(_ groups: [EndpointGroup], accounts: AccountsService) throws -> APIServer {
        let database = database
        return try APIServer(
            groups, settings: settings.server, database: database, secret: secret,
            authenticate: { try await accounts.authenticator.authenticate($0) },
            confirm: { try accounts.authenticator.confirm($0, $1) },
            revision: { try await database.read { try RevisionQueries.current($0) } },
            problems: { await Readiness.problems(self) }, metrics: Telemetry.registry, logger: logger, time: time,
            random: random)
    }
}
