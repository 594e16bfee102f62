import Accounts
import Catalog
import Commerce
import Inventory
import Media
import Merchandising
import Modules
import Pictures
import Primitives
import SQL
import Storefront

/// Fills an empty shop with a believable range, an administrator, customers and past orders: the same data every time.
public struct DemoShop: Sendable {
    /// The account that may do everything in a demo shop.
    public struct Administrator: Sendable {
        /// A verified address.
        public let email = "admin@example.com"
        /// Public knowledge: for trying the shop out only.
        public let password = "kontor-demo"
        /// A customer with the same password, to whom address 1 belongs.
        public let customer = "ada@example.com"
        /// A vendor with the same password.
        public let vendor = "vendor@example.com"
    }

    static let products = 200
    static let seed: UInt64 = 2_026

    let shop: Shop
    private let progress: ProgressListener

    /// Creates a filler for a shop whose schema is in place; `progress` is told how many pictures are drawn.
    public init(_ shop: Shop, progress: @escaping ProgressListener = { _, _, _ in }) {
        self.shop = shop
        self.progress = progress
    }

    /// Fills a shop that is empty, and does nothing to one that has been filled before.
    ///
    /// - Returns: the administrator to sign in as; nil where that account is gone or has another password by now.
    /// - Throws: `SQLError`, `MediaError`, whatever a service refuses.
    @discardableResult
    public func fill() async throws -> Administrator? {
        let administrator = Administrator()
        let database = shop.installation.database
        guard try await database.read({ try DemoQueries.productCount($0) }) == 0 else { return try await known() }
        let hash = try await shop.accounts.hasher.hash(administrator.password)
        var products = DemoProducts(seed: Self.seed, currency: shop.installation.settings.shop.currency)
        let drafts = try products.make(Self.products)
        // Files first and all rows at once: who is killed before the end finds an empty shop and begins anew.
        let pictures = try await draw(drafts)
        try await database.write { [shop] tx in
            let (catalog, desk) = (DemoCatalog(shop), DemoDesk(shop))
            let users = try DemoPeople(shop).insert(passwordHash: hash, in: tx)
            try desk.insertRates(in: tx)
            let categories = try catalog.insertCategories(in: tx)
            try desk.insertCoupons(for: DemoDesk.printed.sorted().compactMap { categories[$0] }, in: tx)
            let seller = try desk.insertVendors(
                owner: users.vendor, applicant: users.customers.last?.id, in: tx)
            let made = try catalog.insert(drafts, categories, seller: seller, in: tx)
            let products = Array(zip(made, drafts))
            try catalog.insert(pictures, of: products, in: tx)
            // What vendors earn is in their accounts, which follow orders of shops that are open: past ones have none of it.
            let own = products.filter { !DemoDesk.sold.contains($0.1.category) }.map(\.0)
            try DemoOrders(shop).insert(products: own, users: users, in: tx)
            try DemoReviews(shop).insert(in: tx)
            try desk.furnishStock(of: own, in: tx)
        }
        return try await known()
    }

    /// Returns the administrator, unless the account is gone or was there before with another password.
    private func known() async throws -> Administrator? {
        let (superusers, administrator) = (shop.accounts.superusers, Administrator())
        return try await superusers.isPassword(administrator.password, ofAdministrator: administrator.email)
            ? administrator : nil
    }

    /// Draws a picture for each product and keeps the files.
    private func draw(_ drafts: [DemoProduct]) async throws -> [StoredPicture] {
        var pictures: [StoredPicture] = []
        for draft in drafts {
            let bytes = try ProductPicture.draw(draft.motif, seed: draft.seed, hue: draft.hue, size: 480)
            let key = try await shop.installation.media.store(bytes, in: "products", fileExtension: "png")
            pictures.append(StoredPicture(key: key.description, width: 480, height: 480))
            progress("pictures of the demo", pictures.count, drafts.count)
        }
        return pictures
    }
}

/// Writes the demo shop's categories and products.
struct DemoCatalog {
    let shop: Shop

    init(_ shop: Shop) {
        self.shop = shop
    }

    /// Gives each product its picture.
    func insert(_ pictures: [StoredPicture], of products: [(ProductID, DemoProduct)], in tx: Transaction) throws {
        let images = ImageService(time: shop.installation.time)
        for (picture, (id, draft)) in zip(pictures, products) {
            _ = try images.add(picture, to: SellableID(id), altText: draft.name, displayOrder: nil, in: tx)
        }
    }

    /// Creates the categories that are missing and returns the ids of all ranges by name.
    func insertCategories(in tx: Transaction) throws -> [String: CategoryID] {
        let service = CategoryService(time: shop.installation.time)
        var ranges = try DemoQueries.categories(tx)
        for root in DemoTree.roots {
            let parent =
                try ranges[root.name]
                ?? service.create(CategoryChange(name: root.name, description: root.description), in: tx).id
            for range in root.ranges where ranges[range.category] == nil {
                let change = CategoryChange(name: range.category, parent: .some(.id(parent.rawValue)))
                ranges[range.category] = try service.create(change, in: tx).id
            }
        }
        return ranges
    }

    /// Creates the products and returns their ids, in order; those of the demo's vendor belong to `seller`, if there is one.
    func insert(
        _ drafts: [DemoProduct], _ categories: [String: CategoryID], seller: VendorID? = nil, in tx: Transaction
    ) throws -> [ProductID] {
        let writing = ProductWriting(time: shop.installation.time, stock: shop.stock)
        return try drafts.map { draft in
            var change = ProductChange()
            change.name = draft.name
            change.sku = draft.sku
            change.price = draft.price
            change.compareAtPrice = .some(draft.compareAtPrice)
            change.category = categories[draft.category].map { .id($0.rawValue) }
            change.shortDescription = draft.shortDescription
            change.description = draft.description
            change.weight = .some(draft.weight)
            if DemoDesk.printed.contains(draft.category) { change.taxClass = "reduced" }
            if let seller, DemoDesk.sold.contains(draft.category) { change.vendor = .some(seller) }
            change.isFeatured = draft.isFeatured
            let variants = draft.variants.map {
                let price = $0.price.map(VariantPrice.own) ?? .adjusted(by: .zero)
                return (draft: VariantDraft(sku: $0.sku, options: $0.options, price: price), quantity: $0.stock)
            }
            return try writing.create(change, quantity: draft.stock, variants: variants, by: nil, in: tx)
        }
    }
}
