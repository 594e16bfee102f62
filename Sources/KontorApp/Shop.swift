import Accounts
import Carts
import Catalog
import Checkout
import Commerce
import Coupons
import Inventory
import Jobs
import Merchandising
import Notifications
import Orders
import Primitives
import SQL
import Shipping
import Storefront
import Taxes
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
    let carts: CartService
    let checkout: CheckoutService
    let studio: PictureStudio

    /// Makes the shop over an opened installation, whose schema is in place.
    ///
    /// - Throws: `RouterError` or `JobRunnerError` where rooms clash, an error of Argon2 where memory is short.
    public init(_ installation: Installation) async throws {
        let (settings, database) = (installation.settings, installation.database)
        let (time, random) = (installation.time, installation.random)
        let jobs = JobQueue(database, time: time)
        let stock = StockService(time: time)
        let currency = settings.shop.currency
        let coupons = CouponService(currency: currency, scope: CategoryScopeQueries.within, time: time)
        let (taxes, shipping) = (TaxService(time: time), ShippingService(currency: currency, time: time))
        let carts = CartService(
            offers: StorefrontOffers.read, check: StorefrontOffers.check, coupons: coupons.effect, time: time,
            random: random)
        let accounts = try await AccountsService(
            database, jobs: jobs, secret: installation.secret, configuration: AccountsConfiguration(settings),
            time: time, random: random, logger: installation.logger,
            onSignIn: { user, key, tx in try carts.merge(key, into: user, in: tx) })
        let orders = OrderService(time: time, random: random, zone: settings.shop.timeZone)
        let checkout = CheckoutService(
            carts: carts, orders: orders, stock: stock, coupons: coupons, taxes: taxes, shipping: shipping, jobs: jobs,
            offers: StorefrontOffers.read, addresses: accounts.addressBook.address,
            settings: CheckoutSettings(settings), time: time, random: random)
        let messages = MessageJobs(
            database, composer: MailComposer(settings, secret: installation.secret),
            transport: try MailTransport(settings.mail, time: time), time: time)
        self.installation = installation
        self.jobs = jobs
        self.stock = stock
        self.carts = carts
        self.accounts = accounts
        self.checkout = checkout
        let studio = PictureStudio(installation.media, maxPixels: settings.limits.imagePixels)
        self.studio = studio
        runner = try JobRunner(
            jobs,
            handlers: messages.handlers + checkout.jobHandlers + [
                Housekeeping.handler(time: time), AccountsUpkeep.handler(time: time),
                CartUpkeep.handler(time: time), MakePictureSizes.handler(studio),
            ],
            cron: [Housekeeping.entry, AccountsUpkeep.entry, CartUpkeep.entry],
            settings: .fitting(database.dialect, lease: settings.jobLease), random: random, logger: installation.logger)
        let storefront = StorefrontRoutes(database: database, currency: currency)
        server = try installation.server(
            [
                AccountsRoutes(accounts).group, storefront.group,
                CartRoutes(database: database, carts: carts, currency: currency).group,
                CheckoutRoutes(database: database, checkout: checkout).group,
                ShipmentRoutes(database: database, checkout: checkout).group,
                ReturnRoutes(database: database, checkout: checkout).group,
                QuoteRoutes(database: database, checkout: checkout).group,
                CartCouponRoutes(database: database, carts: carts, coupons: coupons, currency: currency).group,
                CouponRoutes(database: database, currency: currency, time: time).group,
                TaxRoutes(database: database, taxes: taxes).group,
                ShippingRoutes(database: database, shipping: shipping).group,
                OrderRoutes(database: database, orders: orders, currency: currency).group,
                ReportRoutes(database: database, currency: currency, zone: settings.shop.timeZone, time: time).group,
                PaperRoutes(
                    database: database, orders: orders, currency: currency,
                    issuer: PaperIssuer(name: settings.shop.name, lines: settings.shop.address)
                ).group,
                InventoryRoutes(
                    database: database, stock: stock, check: StorefrontOffers.check,
                    owned: VendorScopeQueries.products(of:)
                ).group,
                VendorRoutes(database: database, time: time).group,
                ProductRoutes(
                    database: database, time: time, stock: stock, currency: currency,
                    reader: storefront.productReader
                ).group,
                CategoryRoutes(database: database, time: time).group,
                PictureRoutes(
                    database: database, time: time, studio: studio, jobs: jobs,
                    limit: settings.limits.uploadBytes
                ).group,
                MailboxRoutes(database).group, MediaRoutes(installation.media).group,
            ], accounts: accounts)
    }
}

extension Installation {
    /// The HTTP side over these endpoints.
    fileprivate func server(_ groups: [EndpointGroup], accounts: AccountsService) throws -> APIServer {
        let (database, migrator) = (database, migrator)
        return try APIServer(
            groups, settings: WebSettings(settings), database: database,
            authenticate: { try await accounts.authenticator.authenticate($0) },
            revision: { try await database.read { try RevisionQueries.current($0) } },
            problems: { await Readiness.problems(migrator) }, metrics: Telemetry.registry, logger: logger, time: time,
            random: random)
    }
}
