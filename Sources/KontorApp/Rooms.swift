import Accounts
import Carts
import Catalog
import Checkout
import Commerce
import Coupons
import Inventory
import Jobs
import LiveSettings
import Marketplace
import Merchandising
import Messages
import Modules
import Notifications
import Orders
import Outbound
import Payments
import Pictures
import Primitives
import Privacy
import Reviews
import SQL
import Schema
import Shipping
import Storefront
import Taxes
import Vendors
import Web
import Webhooks
import Wishlists

/// Every room of the shop, made once and wired to the others.
struct Rooms: Sendable {
    let modules: ModuleList
    let accounts: AccountsModule
    let stock: StockService
    let carts: CartService
    let checkout: CheckoutService
    let payments: PaymentFlow
    let imports: ImportService
    let orderTable: OrderTable
    let customerTable: CustomerTable
    let studio: PictureStudio
    let sweep: MediaSweep

    /// Creates every room and wires it to the others; `questions` are those of the settings that staff change.
    ///
    /// - Throws: `ModuleError` where rooms do not go together, `SettingsError`, an error of Argon2 where memory is
    ///   short, an error of libcurl.
    init(_ context: ModuleContext, asking questions: LiveSettingsModule.Questions? = nil) async throws {
        studio = try PictureStudio(context)
        let client = HTTPClient(threads: try TransferThreads())
        let webhooks = try WebhooksModule(
            context,
            client: HTTPClient(
                threads: try TransferThreads(count: WebhooksModule.threads), userAgent: "Kontor-Webhooks"))
        let events = webhooks.events
        let storefront = StorefrontModule(context)
        let reviews = try ReviewsModule(context, events: events, asking: ReviewedQueries.questions, studio: studio)
        let watch = OfferWatch(offers: StorefrontOffers.read, jobs: context.jobs)
        let inventory = InventoryModule(context, events: events, asking: Self.stockQuestions(watch.notice))
        let coupons = CouponsModule(context, scope: CategoryScopeQueries.within, orders: NameQueries.order)
        let (taxes, shipping) = (TaxesModule(context), ShippingModule(context, taxClass: TaxService.check))
        let carts = try CartsModule(
            context, offers: StorefrontOffers.read, check: StorefrontOffers.check, coupons: coupons.coupons.effect)
        let vendors = VendorsModule(
            context, studio: studio, events: events, links: Self.vendorLinks(context, inventory.stock))
        let books = VendorBooks(
            settings: try MarketplaceSettings(context.settings, context.shop), time: context.time,
            approved: { try vendors.vendors.approvedRates(of: $0, $1) })
        let payments = try PaymentsModule(
            context, client: HTTPClient(threads: try TransferThreads(count: Self.gatewayThreads)), studio: studio,
            schedule: try PaymentSettings(context.settings, context.shop).schedule, events: events,
            onReversal: { order, ledger, tx in try books.follow(order, ledger, in: tx) })
        let orders = OrdersModule(
            context, events: events,
            onIssue: { issued, tx in
                try payments.payments.post(issued, in: tx)
                try books.follow(issued, payments.payments, in: tx)
            }, onChange: { before, after, tx in try books.follow(from: before, to: after, in: tx) })
        let marketplace = MarketplaceModule(
            context, books: books, payments: payments.payments,
            payees: { try vendors.vendors.payoutTargets(of: $0, $1) })
        let checkout = try CheckoutModule(
            context,
            CheckoutModule.Services(
                carts: carts.carts, orders: orders.orders, payments: payments.payments, stock: inventory.stock,
                coupons: coupons.coupons, taxes: taxes.taxes, shipping: shipping.shipping),
            directory: payments.directory,
            offers: StorefrontOffers.read, addresses: AddressBook(context.database, time: context.time).address,
            earnings: VendorSales.earnings, people: AccountNameQueries.emails)
        let merchandising = try MerchandisingModule(
            context, stock: inventory.stock, studio: studio, client: client, check: StorefrontOffers.check,
            reader: storefront.productReader,
            events: ProductEvents(events, read: storefront.eventReader(context.address))
        ) { try vendors.vendors.notify($0, $1, $2, in: $3) }
        let wishlists = Self.wishlists(context, watch, carts.carts)
        let live = LiveSettingsModule(
            context, asking: questions ?? LiveSettingsModule.Questions(SettingsLayers(context.settings)))
        let rooms =
            [
                storefront.module, CatalogModule.module, carts.module, wishlists.module, checkout.module,
                payments.module, orders.module,
                coupons.module,
                taxes.module, shipping.module, storefront.reports, inventory.module, reviews.module, marketplace.module,
                vendors.module, merchandising.module, storefront.desk, merchandising.exchange, webhooks.module,
                live.module,
            ]
        (modules, accounts, sweep) = try await Self.complete(rooms, context, studio, client, events, carts.carts)
        self.carts = carts.carts
        stock = inventory.stock
        self.checkout = checkout.checkout
        self.payments = checkout.flow
        imports = merchandising.imports
        orderTable = orders.table
        customerTable = CustomerTable(currency: context.shop.currency)
    }

    /// The calls of gateways that may be under way at once: one that hangs holds nobody else up.
    private static let gatewayThreads = 32

    /// The settings that rooms read, to be checked at the start.
    static let settings: [any ModuleSettings.Type] =
        [
            WebSettings.self, AccountsConfiguration.self, CartsSettings.self, CheckoutSettings.self,
            PaymentSettings.self, GatewaySettings.self, SandboxSettings.self, ReviewsSettings.self,
            MarketplaceSettings.self, NotificationsSettings.self, WebhooksSettings.self, MerchandisingSettings.self,
            PictureSettings.self, JobsSettings.self, AuditSettings.self,
        ]

    /// The migrations of every room.
    static let migrations = Schema.migrations

    private static func stockQuestions(_ notice: @escaping OfferNotice) -> InventoryModule.Questions {
        InventoryModule.Questions(
            sold: StockScope(SoldStockQueries.isSellable), buyable: StockScope(SoldStockQueries.isBuyable),
            check: StorefrontOffers.check,
            goods: GoodsReader(
                names: GoodsQueries.names, order: NameQueries.order, sellable: GoodsQueries.sellable
            ) {
                ProductScope(ids: GoodsQueries.named($0))
            }, owned: { ProductScope(ids: VendorScopeQueries.products(of: $0)) },
            prices: StorefrontPrices.refresh, notice: notice)
    }

    private static func wishlists(
        _ context: ModuleContext, _ watch: OfferWatch, _ carts: CartService
    ) -> WishlistsModule {
        let questions = WishlistsModule.Questions(
            check: StorefrontOffers.check, hold: StorefrontOffers.hold, recipients: RecipientQueries.addresses)
        let currency = context.shop.currency
        return WishlistsModule(context, watch: watch, asking: questions) { sellable, quantity, call, tx in
            let contents = try carts.add(sellable, quantity: quantity, for: CartOwner(of: call), in: tx)
            return try CartBody(contents, currency: currency, for: call)
        }
    }

    /// What vendors ask of accounts, products, orders and the marketplace's books.
    private static func vendorLinks(_ context: ModuleContext, _ stock: StockService) -> VendorLinks {
        var links = VendorLinks()
        let time = context.time
        links.email = SellerAccounts.email
        links.names = { try ReviewedQueries.authors($0, $1).mapValues(\.displayName) }
        links.promote = { try SellerAccounts.promote($0, at: time.now, in: $1) }
        let products = ProductService(
            time: time, prices: stock.refreshPrices, notice: stock.notice, sells: VendorAccess.sells)
        links.show = { try products.show($1, of: $0, in: $2) }
        links.productCounts = VendorProductQueries.counts
        links.sales = VendorSales.totals
        links.hasReceived = VendorOrders.hasReceived
        links.settled = VendorSettlementQueries.settled
        return links
    }

    /// Returns the rooms with those that read what all others bring.
    private static func complete(
        _ rooms: [Module], _ context: ModuleContext, _ studio: PictureStudio, _ client: HTTPClient,
        _ events: EventPublisher, _ carts: CartService
    ) async throws -> (ModuleList, AccountsModule, MediaSweep) {
        let mails = rooms.map(\.mailTemplates) + [AccountsModule.mailTemplates]
        let base = [
            try NotificationsModule(
                context, client: client, templates: mails.reduce([:]) { $0.merging($1) { $1 } },
                readers: AccountsModule.mailReaders
            ).module,
            try AuditModule.module(context), try JobsModule.module(context),
        ]
        let others = rooms + base
        let privacy = PrivacyModule(context, data: [AccountsModule.personalData] + others.map(\.personalData))
        let accounts = try await AccountsModule(
            context, studio: studio, client: client,
            permissions: others.flatMap(\.permissions).sorted { $0.name < $1.name },
            events: events, erasure: { try privacy.privacy.erase($0, in: $1) },
            onSignIn: { user, key, tx in try carts.merge(key, into: user, in: tx) })
        let brought = [accounts.module] + others + [privacy.module(accounts.exports)]
        let pictures = PicturesModule(context, studio, brought.flatMap(\.mediaFolders))
        let working = brought + [pictures.module, HousekeepingModule(context, brought.flatMap(\.purges)).module]
        let desk = JobDeskModule(
            context, cron: working.flatMap(\.cron), kinds: working.flatMap(\.jobs).map(\.kind))
        return (try ModuleList(working + [desk.module]), accounts, pictures.sweep)
    }
}

extension ModuleContext {
    /// Takes what rooms are made of from an installation; queue and address go on from `former`, whose place they take.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    init(_ installation: Installation, after former: Shop? = nil) throws {
        self.init(
            database: installation.database,
            jobs: former?.jobs ?? JobQueue(installation.database, time: installation.time),
            media: installation.media, secret: installation.secret, settings: installation.settings.source,
            shop: installation.settings.shop,
            address: try PublicAddress(installation.settings.source, as: former?.address),
            time: installation.time, random: installation.random,
            logger: installation.logger)
    }
}
