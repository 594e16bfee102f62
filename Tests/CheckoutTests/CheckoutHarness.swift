import AppHarness
import Carts
import Checkout
import Commerce
import Coupons
import HTTPTypes
import Inventory
import Jobs
import Logging
import Marketplace
import Orders
import Outbound
import Payments
import Primitives
import SQL
import Schema
import Shipping
import Storefront
import Taxes
import TestSupport
import Testing
import Web

/// A shop of carts, orders and stock on a clean database, under a clock that the test moves. Requests go to the
/// endpoints themselves: routed, read and answered as the server does it, without the network.
struct CheckoutHarness: Sendable {
    let database: any Database
    let clock: MovableClock
    let jobs: JobQueue
    let stock: StockService
    let carts: CartService
    let coupons: CouponService
    let orders: OrderService
    let payments: PaymentService
    let checkout: CheckoutService
    let currency: Currency
    private let caller: EndpointCaller

    static let start = Timestamp(seconds: 1_800_000_000)

    init(
        _ database: any Database, settings: CheckoutSettings = CheckoutSettings(), shopName: String = "Zażółć Łódź",
        clock: MovableClock = MovableClock(startingAt: start), limitsGuests: Bool = false
    ) throws {
        let guests = GuestLimits(time: clock.source, isOn: limitsGuests)
        let (time, currency) = (clock.source, settings.currency)
        self.currency = currency
        self.database = database
        self.clock = clock
        jobs = JobQueue(database, time: time)
        stock = StockService(
            time: time, sold: StockScope(SoldStockQueries.isSellable), prices: StorefrontPrices.refresh)
        coupons = CouponService(currency: currency, scope: CategoryScopeQueries.within, time: time)
        let taxes = TaxService(time: time)
        let shipping = ShippingService(currency: currency, taxClass: TaxService.check, time: time)
        carts = CartService(
            offers: StorefrontOffers.read, check: StorefrontOffers.check, coupons: coupons.effect, time: time)
        let secret = SecretKey("a secret of this test")
        let books = VendorBooks(
            settings: MarketplaceSettings(), time: time, approved: MarketField.approvedRates)
        let payments = PaymentService(
            secret: secret, schedule: ReconcileSchedule(), time: time, random: .system,
            onReversal: { order, ledger, tx in try books.follow(order, ledger, in: tx) })
        self.payments = payments
        orders = OrderService(
            issuer: DocumentIssuer(name: shopName, lines: ["1 Main Street", "VAT PL1234567890"]), currency: currency,
            time: time,
            onIssue: { issued, tx in
                try payments.post(issued, in: tx)
                try books.follow(issued, payments, in: tx)
            }, onChange: { before, after, tx in try books.follow(from: before, to: after, in: tx) })
        checkout = CheckoutService(
            carts: carts, orders: orders, payments: payments, stock: stock, coupons: coupons, taxes: taxes,
            shipping: shipping, jobs: jobs,
            offers: StorefrontOffers.read, addresses: Self.address, settings: settings, time: time)
        let groups = [
            CartRoutes(database: database, carts: carts, currency: currency, guests: guests).group,
            ReportRoutes(
                database: database, currency: currency, zone: try TimeZoneRules(named: "Europe/Berlin"), time: time
            ).group,
            DocumentRoutes(database: database, orders: orders).group,
            InventoryRoutes(
                database: database, stock: stock, check: StorefrontOffers.check,
                goods: GoodsReader(names: GoodsQueries.names, sellable: GoodsQueries.sellable) {
                    ProductScope(ids: GoodsQueries.named($0))
                },
                owned: { ProductScope(ids: VendorScopeQueries.products(of: $0)) },
                buyable: StockScope(SoldStockQueries.isBuyable)
            ).group,
            OrderRoutes(database: database, orders: orders, currency: currency).group,
            CheckoutRoutes(database: database, checkout: checkout, guests: guests).group,
            OrderDeskRoutes(database: database, checkout: checkout).group,
            ShipmentRoutes(database: database, checkout: checkout).group,
            ReturnRoutes(database: database, checkout: checkout).group,
            QuoteRoutes(database: database, checkout: checkout).group,
            CartCouponRoutes(database: database, carts: carts, coupons: coupons, currency: currency).group,
            CouponRoutes(database: database, currency: currency, orders: NameQueries.order, time: time).group,
            TaxRoutes(database: database, taxes: taxes).group,
            ShippingRoutes(database: database, shipping: shipping).group,
        ]
        caller = try EndpointCaller(groups, on: database, currency: currency, time: time)
    }

    /// Runs `body` on a clean shop; where it `audits`, the ledger has to add up in the end.
    static func with(
        _ backend: Backend, settings: CheckoutSettings = CheckoutSettings(), audits: Bool = true,
        _ body: @Sendable (CheckoutHarness) async throws -> Void
    ) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) {
            let shop = try CheckoutHarness($0, settings: settings)
            try await shop.execute(
                """
                INSERT INTO users (id, email, role, created_at, updated_at)
                VALUES (\(admin.userID), \(admin.email), 'admin', 0, 0)
                """)
            try await body(shop)
            if audits {
                #expect(try await shop.ledger().isEmpty)
                let wrong = try await shop.accounts()
                #expect(wrong.isEmpty, "\(wrong)")
            }
        }
    }

    /// Reads the address that ``user(_:role:)`` gave a user, as accounts would.
    @Sendable private static func address(
        _ id: AddressID, of user: UserID, in connection: Connection
    ) throws -> PostalAddress? {
        let rows = try connection.tuples(
            """
            SELECT full_name, phone_number, address_line1, address_line2, city, state, postal_code, country
            FROM addresses WHERE id = \(id) AND user_id = \(user)
            """, as: (String, String, String, String, String, String, String, String).self)
        return rows.first.map {
            PostalAddress(
                fullName: $0.0, phoneNumber: $0.1, addressLine1: $0.2, addressLine2: $0.3, city: $0.4, state: $0.5,
                postalCode: $0.6, country: $0.7)
        }
    }

    typealias Answer = EndpointAnswer

    func call(
        _ method: HTTPRequest.Method, _ target: String, _ body: String = "", as identity: Identity? = nil,
        headers: [String: String] = [:]
    ) async throws -> Answer {
        var fields: HTTPFields = body.isEmpty ? [:] : [.contentType: "application/json"]
        for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
        return try await caller.call(method, target, headers: fields, body: Array(body.utf8), by: .known(identity))
    }

    /// Returns who may call an endpoint.
    func access(_ method: HTTPRequest.Method, _ template: String) -> Access? { caller.access(method, template) }

    /// Runs every job that is due; mails are only counted.
    func drainJobs() async throws {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        try await JobRunner(jobs, handlers: checkout.jobHandlers, logger: logger).drain()
    }
}
