import AppHarness
import Carts
import Catalog
import Commerce
import Coupons
import HTTPTypes
import Inventory
import Jobs
import Logging
import Merchandising
import Messages
import Primitives
import SQL
import Schema
import Storefront
import TestSupport
import Testing
import Web

@testable import Wishlists

/// Wishlists over the catalog, the stock and the carts of a clean database, under a clock that the test moves.
struct WishlistHarness: Sendable {
    static let start = Timestamp(seconds: 1_800_000_000)

    let database: any Database
    let clock: MovableClock
    let jobs: JobQueue
    let stock: StockService
    let writing: ProductWriting
    let alerts: WishlistAlerts
    let wishlists: WishlistService
    private let caller: EndpointCaller

    init(
        _ database: any Database, clock: MovableClock = MovableClock(startingAt: start),
        recipients: @escaping RecipientReader = WishlistHarness.recipients
    ) throws {
        let (time, currency) = (clock.source, Currency.usd)
        self.database = database
        self.clock = clock
        jobs = JobQueue(database, time: time)
        let watch = OfferWatch(offers: StorefrontOffers.read, jobs: jobs)
        stock = StockService(
            time: time, sold: StockScope(SoldStockQueries.isSellable), prices: StorefrontPrices.refresh,
            notice: watch.notice)
        writing = ProductWriting(time: time, stock: stock)
        alerts = WishlistAlerts(
            watch: watch, recipients: recipients,
            mails: WishlistMails(currency: currency, frontendURL: "https://shop.test"))
        wishlists = WishlistService(
            watch: watch, check: StorefrontOffers.check, hold: StorefrontOffers.hold, time: time)
        let coupons = CouponService(currency: currency, scope: CategoryScopeQueries.within, time: time)
        let carts = CartService(
            offers: StorefrontOffers.read, check: StorefrontOffers.check, coupons: coupons.effect, time: time)
        let routes = WishlistRoutes(database: database, wishlists: wishlists, currency: currency) {
            sellable, quantity, call, tx in
            let contents = try carts.add(sellable, quantity: quantity, for: CartOwner(of: call), in: tx)
            return try CartBody(contents, currency: currency, for: call)
        }
        let guests = GuestLimits(time: time, isOn: false)
        caller = try EndpointCaller(
            [
                routes.group,
                CartRoutes(database: database, carts: carts, currency: currency, guests: guests).group,
                InventoryRoutes(
                    database: database, stock: stock, check: StorefrontOffers.check,
                    goods: GoodsReader(names: GoodsQueries.names, sellable: GoodsQueries.sellable) {
                        ProductScope(ids: GoodsQueries.named($0))
                    },
                    owned: { ProductScope(ids: VendorScopeQueries.products(of: $0)) },
                    buyable: StockScope(SoldStockQueries.isBuyable)
                ).group,
            ], on: database, currency: currency, time: time)
    }

    /// Runs `body` on a clean shop with one category, whose id is 1.
    static func with(
        _ backend: Backend, _ body: @Sendable (WishlistHarness) async throws -> Void
    ) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) {
            let shop = try WishlistHarness($0)
            _ = try await shop.user(900)
            try await shop.execute(
                """
                INSERT INTO categories (id, name, slug, description, path, is_active, is_visible, created_at, updated_at)
                VALUES (1, 'Goods', 'goods', '', '/1/', 1, 1, 0, 0)
                """)
            try await body(shop)
        }
    }

    /// Finds addresses as accounts do.
    @Sendable static func recipients(_ users: [UserID], in tx: Transaction) throws -> [UserID: String] {
        let found: [(UserID, String)] = try tx.tuples(
            "SELECT id, email FROM users WHERE id IN (\(list: users)) AND is_active = 1 ORDER BY id \(tx.dialect.forShare)"
        )
        return Dictionary(found) { first, _ in first }
    }

    func call(
        _ method: HTTPRequest.Method, _ target: String, _ body: String = "", as identity: Identity? = nil,
        ifMatch: String? = nil
    ) async throws -> EndpointAnswer {
        var fields: HTTPFields = body.isEmpty ? [:] : [.contentType: "application/json"]
        if let ifMatch { fields[.ifMatch] = ifMatch }
        return try await caller.call(method, target, headers: fields, body: Array(body.utf8), by: .known(identity))
    }

    /// Runs every job of wishlists that is due; mails stay where they are.
    func drain() async throws {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        try await JobRunner(jobs, handlers: alerts.handlers, logger: logger).drain()
    }

    func execute(_ query: Query) async throws {
        try await database.write { tx in _ = try tx.execute(query) }
    }

    func value(_ query: Query) async throws -> Int {
        try await database.read { try $0.value(query, as: Int.self) ?? 0 }
    }
}

/// A mail that waits to be sent.
struct WaitingMail: Sendable, Hashable {
    let template: String
    let recipient: String
    let oldPrice: String
    let newPrice: String
}

/// What the tests start from and look at.
extension WishlistHarness {
    static let admin = identity(900, role: .admin)

    static func identity(_ id: Int64, role: Role = .customer) -> Identity {
        Identity(
            userID: UserID(id), sessionID: SessionID(id), email: "user\(id)@example.com", role: role, permissions: [],
            isEmailVerified: true)
    }

    func user(_ id: Int64) async throws -> Identity {
        try await execute(
            """
            INSERT INTO users (id, email, role, created_at, updated_at)
            VALUES (\(id), \("user\(id)@example.com"), 'customer', 0, 0)
            """)
        return Self.identity(id)
    }

    /// Makes a product and returns its id; its variants' too where it has any.
    @discardableResult
    func product(
        _ number: Int64, price: Int64 = 1_000, stock quantity: Int = 10,
        variants: [(adjustment: Int64, quantity: Int)] = []
    ) async throws -> (id: Int64, variants: [Int64]) {
        var change = ProductChange()
        (change.name, change.sku) = ("Product \(number)", "SKU-\(number)")
        (change.price, change.category) = (Money(minorUnits: price), .id(1))
        let drafts = variants.enumerated().map { index, variant in
            (
                draft: VariantDraft(
                    sku: "VAR-\(number)-\(index)", options: [VariantOption(type: "size", value: "\(index)")],
                    price: .adjusted(by: Money(minorUnits: variant.adjustment)), isActive: true),
                quantity: variant.quantity
            )
        }
        let (writing, final) = (writing, change)
        return try await database.write { tx in
            let id = try writing.create(final, quantity: quantity, variants: drafts, by: nil, in: tx)
            let ids = try tx.column(
                "SELECT id FROM product_variants WHERE product_id = \(id) ORDER BY id", as: Int64.self)
            return (id.rawValue, ids)
        }
    }

    func change(_ product: Int64, _ edit: (inout ProductChange) -> Void) async throws {
        var change = ProductChange()
        edit(&change)
        let (writing, final) = (writing, change)
        _ = try await database.write { tx in
            try writing.update(.id(product), final, by: nil, check: { _ in }, in: tx)
        }
    }

    /// Changes what a product costs.
    func price(_ product: Int64, _ price: Int64) async throws {
        try await change(product) { $0.price = Money(minorUnits: price) }
    }

    /// Puts units into the default warehouse, or takes them away.
    func adjust(_ product: Int64, by quantity: Int, variant: Int64? = nil) async throws {
        let name = variant.map { #", "variant_id": \#($0)"# } ?? ""
        let answer = try await call(
            .post, "/api/inventory/stock/adjust/", #"{"product_id": \#(product), "quantity": \#(quantity)\#(name)}"#,
            as: Self.admin)
        try #require(answer.status == 201, "\(answer.json)")
    }

    /// Puts something on the list with both flags, and returns the item's id.
    @discardableResult
    func wish(
        _ product: Int64, _ more: String = #", "notify_on_price_drop": true, "notify_on_back_in_stock": true"#,
        as user: Identity
    ) async throws -> Int64 {
        let answer = try await call(.post, "/api/wishlist/add/", #"{"product_id": \#(product)\#(more)}"#, as: user)
        try #require(answer.status == 201, "\(answer.json)")
        return answer.items.last?["id"]?.integer ?? 0
    }

    /// Returns the mails that wait to be sent, in their order.
    func mails() async throws -> [WaitingMail] {
        let texts = try await database.read {
            try $0.column("SELECT payload FROM jobs WHERE kind = \(MailJob.kind) ORDER BY id", as: String.self)
        }
        return try texts.map { text in
            let json = try JSONValue(parsing: Array(text.utf8))
            let context = json["context"] ?? .null
            return WaitingMail(
                template: json.text("template"), recipient: json.text("recipient"),
                oldPrice: context.text("old_price"), newPrice: context.text("new_price"))
        }
    }

    /// Runs the jobs, and returns and forgets the mails that they enqueued.
    func told() async throws -> [WaitingMail] {
        try await drain()
        let mails = try await mails()
        try await execute("DELETE FROM jobs WHERE kind = \(MailJob.kind)")
        return mails
    }
}
