import Accounts
import Carts
import Checkout
import Commerce
import Inventory
import Jobs
import Merchandising
import Pictures
import Primitives
import SQL
import Web

/// The composition root: the services, the server and the job runner over one installation.
public struct Shop: Sendable {
    public let installation: Installation
    public let server: APIServer
    public let runner: JobRunner
    private let services: ShopServices

    public var jobs: JobQueue { services.jobs }
    public var accounts: AccountsService { services.accounts }
    public var imports: ImportService { services.imports }
    var stock: StockService { services.stock }
    var carts: CartService { services.carts }
    var checkout: CheckoutService { services.checkout }
    var studio: PictureStudio { services.studio }
    /// Takes files that nothing names into the trash.
    public var sweep: MediaSweep { services.sweep }

    /// Makes the shop over an opened installation, whose schema is in place.
    ///
    /// - Throws: `RouterError` or `JobRunnerError` where rooms clash, an error of Argon2 where memory is short.
    public init(_ installation: Installation) async throws {
        let services = try await ShopServices(installation)
        let (time, dialect) = (installation.time, installation.database.dialect)
        self.installation = installation
        self.services = services
        runner = try JobRunner(
            services.jobs,
            handlers: services.handlers(
                installation.database, keeping: installation.settings.retention, time: time), cron: ShopServices.cron,
            settings: .fitting(dialect, lease: installation.settings.jobLease), random: installation.random,
            logger: installation.logger)
        server = try installation.server(services.endpoints(installation), accounts: services.accounts)
    }
}

extension Installation {
    /// The HTTP side over these endpoints.
    fileprivate func server(_ groups: [EndpointGroup], accounts: AccountsService) throws -> APIServer {
        let database = database
        return try APIServer(
            groups, settings: WebSettings(settings), database: database, secret: secret,
            authenticate: { try await accounts.authenticator.authenticate($0) },
            confirm: { try accounts.authenticator.confirm($0, $1) },
            revision: { try await database.read { try RevisionQueries.current($0) } },
            problems: { await Readiness.problems(self) }, metrics: Telemetry.registry, logger: logger, time: time,
            random: random)
    }
}
