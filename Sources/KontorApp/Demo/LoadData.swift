import Accounts
import Commerce
import Modules
import Primitives
import SQL

/// Fills the shop with as many products and users as a load test wants.
public struct LoadData: Sendable {
    /// Rows written in one transaction: enough to be quick, few enough to let others write in between.
    private static let chunk = 250
    /// On hand of each product, so that a load test does not buy the shop empty.
    private static let stock = 1_000_000

    let shop: Shop
    private let progress: ProgressListener

    /// Creates a filler for a shop whose schema is in place; `progress` is told how much is written.
    public init(_ shop: Shop, progress: @escaping ProgressListener = { _, _, _ in }) {
        self.shop = shop
        self.progress = progress
    }

    /// Adds `products` products without variants, and the users `user1@example.com` and so on, whose password is
    /// `testpass123`.
    ///
    /// Those that are there already are left alone, so that a filling that was broken off can be repeated.
    ///
    /// - Throws: `SQLError`.
    public func fill(products: Int, users: Int) async throws {
        let (shop, database) = (shop, shop.installation.database)
        let hash = try await shop.accounts.hasher.hash("testpass123")
        for chunk in Self.chunks(of: users) {
            try await database.write { tx in
                let emails = chunk.map { "user\($0 + 1)@example.com" }
                let known = try DemoQueries.users(among: emails, tx)
                for number in chunk where !known.contains(emails[number - chunk.lowerBound]) {
                    var user = NewUser(email: "user\(number + 1)@example.com", passwordHash: hash)
                    user.firstName = "User"
                    user.lastName = String(number + 1)
                    try shop.accounts.superusers.insert(user, in: tx)
                }
            }
            progress("users", chunk.upperBound, users)
        }
        var range = DemoProducts(seed: DemoShop.seed, currency: shop.installation.settings.shop.currency)
        let drafts = try range.make(products).map { $0.withoutVariants(stock: Self.stock) }
        let categories = try await database.write { try DemoCatalog(shop).insertCategories(in: $0) }
        for chunk in Self.chunks(of: products) {
            try await database.write { tx in
                let known = try DemoQueries.skus(among: drafts[chunk].map { $0.sku.lowercased() }, tx)
                let missing = drafts[chunk].filter { !known.contains($0.sku.lowercased()) }
                _ = try DemoCatalog(shop).insert(missing, categories, in: tx)
            }
            progress("products", chunk.upperBound, products)
        }
    }

    /// Returns how many products there are.
    ///
    /// - Throws: `SQLError`.
    public func productCount() async throws -> Int {
        try await shop.installation.database.read { try DemoQueries.productCount($0) }
    }

    /// Adds what is missing of `count` orders of the last two years by the users that ``fill(products:users:)`` has
    /// made; stock, carts and invoices know nothing of them.
    ///
    /// - Throws: `SQLError`.
    public func addOrders(_ count: Int, users: Int) async throws {
        let (installation, database) = (shop.installation, shop.installation.database)
        let found = try await database.read { connection in
            (
                products: try LoadOrderQueries.products(connection), user: try LoadOrderQueries.firstUser(connection),
                last: try LoadOrderQueries.lastOrder(connection), there: try LoadOrderQueries.count(connection)
            )
        }
        guard let user = found.user, !found.products.isEmpty else { return }
        let (seed, now) = (DemoShop.seed + 2, installation.time.now)
        let missing = max(0, count - found.there)
        for chunk in Self.chunks(of: missing) {
            let queries = LoadOrderQueries(
                random: .seeded(seed + UInt64(chunk.lowerBound)), now: now,
                currency: installation.settings.shop.currency.code, users: (user, users), products: found.products)
            try await database.write { try queries.insert(chunk, of: missing, behind: found.last, $0) }
            progress("orders", chunk.upperBound, missing)
        }
    }

    private static func chunks(of count: Int) -> [Range<Int>] {
        stride(from: 0, to: count, by: chunk).map { $0..<min($0 + chunk, count) }
    }
}

extension DemoProduct {
    /// Returns the same product sold as one, with so many on hand.
    fileprivate func withoutVariants(stock: Int) -> DemoProduct {
        DemoProduct(
            category: category, name: name, sku: sku, shortDescription: shortDescription, description: description,
            price: price, compareAtPrice: compareAtPrice, weight: weight, isFeatured: isFeatured, stock: stock,
            variants: [], motif: motif, seed: seed, hue: hue)
    }
}
