import Accounts
import Carts
import Catalog
import Checkout
import Commerce
import Inventory
import Jobs
import Logging
import Media
import Merchandising
import Notifications
import Orders
import Primitives
import SQL
import Storefront
import Vendors
import Web

/// The composition root: every service of the shop made once and wired to the others.
public struct Shop: Sendable {
    public let installation: Installation
    public let jobs: JobQueue
    public let accounts: AccountsService
    public let server: APIServer
    public let runner: JobRunner
    let stock: StockService
    let catalog: CatalogServices
    let orders: OrderServices

    /// Makes the shop over an opened installation, whose schema is in place.
    ///
    /// - Throws: `RouterError` or `JobRunnerError` where rooms clash, an error of Argon2 where memory is short.
    public init(_ installation: Installation) async throws {
        let (settings, database, time) = (installation.settings, installation.database, installation.time)
        self.installation = installation
        jobs = JobQueue(database, time: time)
        stock = StockService(time: time)
        let carts = CartService(
            offers: StorefrontOffers.read, check: StorefrontOffers.check, time: time, random: installation.random)
        accounts = try await AccountsService(
            database, jobs: jobs, secret: installation.secret, configuration: AccountsConfiguration(settings),
            time: time, random: installation.random,
            onSignIn: { user, key, tx in try carts.merge(key, into: user, in: tx) })
        catalog = CatalogServices(installation, jobs: jobs, stock: stock)
        orders = OrderServices(installation, jobs: jobs, stock: stock, carts: carts, accounts: accounts)
        let messages = MessageJobs(
            database, composer: MailComposer(settings), transport: try MailTransport(settings), time: time)
        runner = try JobRunner(
            jobs, handlers: messages.handlers + orders.handlers + [Housekeeping.handler(time: time)],
            cron: [Housekeeping.entry], random: installation.random, logger: installation.logger)
        server = try Self.server(
            installation,
            groups: [
                AccountsRoutes(accounts).group, CartRoutes(database: database, carts: carts, currency: settings.shop.currency).group,
                MailboxRoutes(database).group,
            ] + catalog.groups + orders.groups, accounts: accounts)
    }
}
