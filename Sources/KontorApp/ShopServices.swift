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
import Outbound
import Pictures
import Primitives
import Privacy
import SQL
import Shipping
import Storefront
import Taxes
import Web

/// Every service of the shop, made once and wired to the others.
struct ShopServices: Sendable {
    let jobs: JobQueue
    let accounts: AccountsService
    let stock: StockService
    let coupons: CouponService
    let taxes: TaxService
    let shipping: ShippingService
    let carts: CartService
    let orders: OrderService
    let checkout: CheckoutService
    let studio: PictureStudio
    let sweep: MediaSweep
    let messages: MessageJobs
    let imports: ImportService
    let privacy: PrivacyService
    /// What every export of the shop waits in.
    let exportLine = ExportLine()

    /// - Throws: an error of Argon2 where memory is short, an error of libcurl.
    init(_ installation: Installation) async throws {
        let (settings, database) = (installation.settings, installation.database)
        let (time, random, currency) = (installation.time, installation.random, settings.shop.currency)
        jobs = JobQueue(database, time: time)
        stock = StockService(
            time: time, sold: StockScope(SoldStockQueries.isSold), prices: StorefrontPrices.refresh)
        coupons = CouponService(currency: currency, scope: CategoryScopeQueries.within, time: time)
        taxes = TaxService(time: time)
        shipping = ShippingService(currency: currency, taxClass: TaxService.check, time: time)
        let carts = CartService(
            offers: StorefrontOffers.read, check: StorefrontOffers.check, coupons: coupons.effect, time: time,
            random: random)
        self.carts = carts
        studio = PictureStudio(installation.media, maxPixels: settings.limits.imagePixels)
        let client = HTTPClient(threads: try TransferThreads())
        let privacy = PrivacyService(database: database, store: installation.media, jobs: jobs, random: random)
        self.privacy = privacy
        accounts = try await AccountsService(
            database, jobs: jobs, secret: installation.secret, configuration: AccountsConfiguration(settings),
            studio: studio, client: client, places: try settings.placesFile.map { try GeoDatabase(path: $0) },
            time: time,
            random: random, logger: installation.logger, erasure: { try privacy.erase($0, in: $1) },
            onSignIn: { user, key, tx in try carts.merge(key, into: user, in: tx) })
        orders = OrderService(
            issuer: PaperIssuer(name: settings.shop.name, lines: settings.shop.address), currency: currency, time: time,
            random: random, zone: settings.shop.timeZone)
        checkout = CheckoutService(
            carts: carts, orders: orders, stock: stock, coupons: coupons, taxes: taxes, shipping: shipping, jobs: jobs,
            offers: StorefrontOffers.read, addresses: accounts.addressBook.address,
            settings: CheckoutSettings(settings), time: time, random: random)
        sweep = MediaSweep(
            installation.media, database: database, jobs: jobs, time: time, random: random, owners: ShopMedia.owners)
        imports = ImportService(
            database: database, jobs: jobs, time: time, stock: stock, check: StorefrontOffers.check, currency: currency,
            zone: settings.shop.timeZone)
        messages = MessageJobs(
            database, composer: MailComposer(settings, secret: installation.secret),
            transport: try MailTransport(settings.mail, time: time), sms: SMSTransport(settings.sms, client: client),
            time: time)
    }

    /// What the job runner does.
    func handlers(_ database: any Database, keeping ages: RetentionSettings, time: TimeSource) -> [JobHandler] {
        messages.handlers + checkout.jobHandlers + imports.jobHandlers + [
            Housekeeping.handler(ages, jobs: jobs, time: time), AccountsUpkeep.handler(jobs: jobs, time: time),
            CartUpkeep.handler(jobs: jobs, time: time),
            SalesTally.handler(database, time: time),
            MakePictureSizes.handler(studio), sweep.handler, sweep.dropHandler,
            privacy.handler(accounts.exports), accounts.mail.handler,
        ] + privacy.erasureHandlers(abandon: { try checkout.abandon($0, in: $1) })
    }

    /// What it does again and again.
    static let cron = [
        Housekeeping.entry, AccountsUpkeep.entry, CartUpkeep.entry, SalesTally.entry, ImportUpkeep.entry,
        MediaSweep.entry, PrivacyService.cron,
    ]
}
