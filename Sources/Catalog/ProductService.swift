import Commerce
import Primitives
import SQL
import Web

/// Returns whether a vendor may sell, which nothing changes until the transaction ends; throws `SQLError`.
public typealias VendorGate = @Sendable (VendorID, Transaction) throws -> Bool

/// Sees a product with its variants as it was, and what it is about to be, which it may change.
public typealias ProductAdjustment = (Product, [ProductVariant], inout ProductDraft) throws -> Void

/// Creates, changes and deletes products with all that belongs to them except stock.
public struct ProductService: Sendable {
    let time: TimeSource
    let refreshPrices: PriceRefresh
    let notice: OfferNotice
    let sells: VendorGate
    let events: ProductEvents

    /// Creates a service that stamps rows by `time`, calls `prices` after each change that may move the prices in
    /// lists, and `notice` after each that may move what something costs or whether it is for sale. It asks `sells`
    /// whether a product's vendor may sell; `events` is told of each change.
    public init(
        time: TimeSource, prices: @escaping PriceRefresh, notice: @escaping OfferNotice,
        sells: @escaping VendorGate = { _, _ in true }, events: ProductEvents = .silent
    ) {
        self.time = time
        self.events = events
        self.refreshPrices = prices
        self.notice = notice
        self.sells = sells
    }

    /// Creates a product with its variants, whose ids are returned in the order of `variants`. The prices of an approved
    /// one are approved with it.
    ///
    /// - Throws: `ValidationError` on `category`, `vendor`, `sku` or `variants`, `OutOfRange`, `SQLError`.
    public func create(
        _ change: ProductChange, variants: [VariantDraft], in tx: Transaction
    ) throws -> (product: ProductID, variants: [VariantID]) {
        var (change, draft) = (change, ProductDraft())
        change.price = change.basePrice ?? change.price
        let category = try apply(change, in: &draft, tx)
        try Self.check(variants, base: draft.price)
        let (slug, now) = (change.slug ?? Slug(draft.name, kind: "product"), time.now)
        let vendorSells = try draft.vendorID.map { try sells($0, tx) } ?? true
        let isListed = draft.isListed(in: category, vendorSells: vendorSells)
        let product = try Self.naming(draft) {
            try slug.claim(in: tx) {
                try ProductQueries.slugs(like: slug, $0)
            } _: {
                try ProductQueries.insert(
                    draft, slug: $0, isListed: isListed, vendorSells: vendorSells, hasVariants: !variants.isEmpty,
                    at: now, tx)
            }
        }
        let ids = try VariantQueries.insert(
            variants, of: product, from: 0, approvedBase: draft.approval == .approved ? draft.price : nil, at: now, tx)
        try claim(product, draft.sku, Array(zip(variants, ids)), tx)
        if !ids.isEmpty { try refreshPrices([product], tx) }
        try SearchQueries.replace(product, draft.searchable(with: variants), tx)
        try events.created(product, in: tx)
        tx.catalogChanged()
        return (product, ids)
    }

    /// Refuses variants that share their options with another, and those that would cost nothing.
    private static func check(_ variants: [VariantDraft], base: Money) throws {
        let errors = variants.indices.map { index -> FieldErrors in
            var errors: [String: FieldErrors] = [:]
            if variants[..<index].contains(where: { $0.hasSameOptions(as: variants[index].options) }) {
                errors["options"] = .messages([VariantService.sameOptions])
            }
            if !variants[index].price.isPayable(base: base) {
                errors["price_adjustment"] = .messages([VariantService.costsNothing])
            }
            return .members(errors)
        }
        guard errors.allSatisfy(\.isEmpty) else { throw ValidationError(.members(["variants": .elements(errors)])) }
    }

    /// Changes a product and records its former price; `check` sees its version, under the lock, before anything is
    /// changed, and `adjust` what it was, with its variants, and what it is about to be. Where `approvesPrices`, a change
    /// of the price or of the approval approves what the product and its variants cost.
    ///
    /// - Throws: `NotFound`, `ValidationError` on `category`, `vendor`, `sku`, `slug`, or `price` where it would leave a
    ///   variant without a price, `OutOfRange`, `SQLError`, whatever `check` and `adjust` throw.
    public func update(
        _ reference: Reference, _ change: ProductChange, by user: UserID? = nil, approvesPrices: Bool = true,
        check: (Int) throws -> Void, adjust: ProductAdjustment = { _, _, _ in }, in tx: Transaction
    ) throws -> ProductID {
        let (product, rows) = try Self.lockWithVariants(reference, in: tx)
        try check(product.version)
        var draft = product.draft
        let category = try apply(change.withoutEcho(of: product.listPrice), in: &draft, tx)
        try adjust(product, rows, &draft)
        let variants = rows.map(\.draft)
        let approves = approvesPrices && product.approvesPrices(change, to: draft)
        if draft.price < product.draft.price { try Self.check(draft.price, leavesPricesOf: variants) }
        try write(draft, of: product, in: category, approvesPrices: approves, tx)
        if draft.isOffered(otherwiseThan: product.draft) { try notice([product.id], tx) }
        if draft.sku != product.draft.sku { try claim(product.id, draft.sku, [], tx) }
        try rename(product, to: change.slug, tx)
        try PriceQueries.record(
            PriceChange(
                sellable: SellableID(product.id), old: product.draft.tag, new: draft.tag, changedBy: user,
                changedAt: time.now), tx)
        try SearchQueries.replace(product.id, draft.searchable(with: variants), tx)
        try events.updated(product.id, in: tx)
        tx.catalogChanged()
        return product.id
    }

    /// Refuses a slug that a product has, or had when it was deleted.
    ///
    /// - Throws: `ValidationError` on `slug`, `SQLError`.
    public func requireFree(_ slug: Slug, in tx: Transaction) throws {
        guard try !ProductQueries.slugs(like: slug, tx).contains(slug.description) else { throw Self.slugTaken }
    }

    private func rename(_ product: Product, to slug: Slug?, _ tx: Transaction) throws {
        guard let slug, !slug.description.isSame(as: product.slug) else { return }
        try requireFree(slug, in: tx)
        do {
            try ProductQueries.setSlug(slug, of: product.id, tx)
        } catch let error as SQLError where error.kind == .unique {
            throw Self.slugTaken
        }
    }

    /// Writes what was chosen of a product, with what lists show of it.
    private func write(
        _ draft: ProductDraft, of product: Product, in category: Category, approvesPrices: Bool, _ tx: Transaction
    ) throws {
        let vendorSells = try self.vendorSells(draft, product, tx)
        try Self.naming(draft) {
            try ProductQueries.update(
                draft, isListed: draft.isListed(in: category, vendorSells: vendorSells), vendorSells: vendorSells,
                listPrice: product.hasVariants ? nil : draft.price, approvedPrice: approvesPrices ? draft.price : nil,
                product.id, at: time.now, tx)
        }
        guard product.hasVariants else { return }
        if approvesPrices { try VariantQueries.approvePrices(of: product.id, base: draft.price, tx) }
        if draft.price != product.draft.price { try refreshPrices([product.id], tx) }
    }

    private func vendorSells(_ draft: ProductDraft, _ product: Product, _ tx: Transaction) throws -> Bool {
        guard draft.vendorID != product.draft.vendorID else { return product.vendorSells }
        return try draft.vendorID.map { try sells($0, tx) } ?? true
    }

    /// Shows the products of a vendor as far as nothing else hides them, or hides all of them. The caller has locked
    /// the vendor.
    ///
    /// - Throws: `SQLError`.
    public func show(_ isShown: Bool, of vendor: VendorID, in tx: Transaction) throws {
        if isShown {
            try ProductQueries.list(of: vendor, inCategories: CategoryQueries.visible(with: vendor, tx), tx)
        } else {
            try ProductQueries.unlist(of: vendor, tx)
        }
        tx.catalogChanged()
    }

    /// Locks a product until the transaction ends and returns what is chosen of it.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    public static func lock(_ reference: Reference, in tx: Transaction) throws -> Product {
        guard let product = try ProductQueries.lock(reference, tx) else { throw NotFound() }
        return product
    }

    /// Locks a product until the transaction ends and returns it with its variants, in their order.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    public static func lockWithVariants(
        _ reference: Reference, in tx: Transaction
    ) throws -> (product: Product, variants: [ProductVariant]) {
        let product = try lock(reference, in: tx)
        return (product, try VariantQueries.all(of: product.id, tx))
    }

    /// Refuses a price that would leave nothing to pay for one of the variants that adjust it.
    private static func check(_ price: Money, leavesPricesOf variants: [VariantDraft]) throws {
        let lost = variants.filter { !$0.price.isPayable(base: price) }.map(\.sku)
        guard !lost.isEmpty else { return }
        let names = lost.prefix(5).joined(separator: ", ") + (lost.count > 5 ? ", …" : "")
        throw ValidationError(
            "price",
            lost.count == 1
                ? "The variant \(names) would cost nothing: change its price_adjustment first."
                : "The variants \(names) would cost nothing: change their price_adjustment first.")
    }

    /// Takes a product out of the shop. Its row stays, for the orders that name it, and so do its SKUs. `check` sees
    /// its version, under the lock.
    ///
    /// - Throws: `NotFound`, `SQLError`, whatever `check` throws.
    @discardableResult
    public func delete(
        _ reference: Reference, check: (Int) throws -> Void, in tx: Transaction
    ) throws -> ProductID {
        let product = try Self.lock(reference, in: tx)
        try check(product.version)
        try events.deleted(product.id, in: tx)
        try ProductQueries.markDeleted(product.id, at: time.now, tx)
        try SearchQueries.remove(product.id, tx)
        tx.catalogChanged()
        return product.id
    }

    /// Returns the id of the product of this reference; nil where there is none, or none any more.
    ///
    /// - Throws: `SQLError`.
    public func id(of reference: Reference, _ connection: Connection) throws -> ProductID? {
        try ProductQueries.id(reference, connection)
    }

    /// Returns a product's ID and its vendor, of which the shop's own goods have none; nil where there is no such product.
    ///
    /// - Throws: `SQLError`.
    public static func ownership(
        of reference: Reference, _ connection: Connection
    ) throws -> (id: ProductID, vendor: VendorID?)? {
        try ProductQueries.ownership(of: reference, connection)
    }

    /// Returns what a product and its variants cost before, the newest change first.
    ///
    /// - Throws: `SQLError`.
    public func priceHistory(
        of id: ProductID, _ page: PageRequest, _ connection: Connection
    ) throws -> PageRows<(id: Int64, change: PriceChange)> {
        try PageRows(count: PriceQueries.count(of: id, connection), page) {
            try PriceQueries.list(of: id, page, connection)
        }
    }

    /// Applies `change` and returns the product's category, locked so that its visibility stays as it is.
    private func apply(_ change: ProductChange, in draft: inout ProductDraft, _ tx: Transaction) throws -> Category {
        let reference = change.category ?? draft.categoryID.map { .id($0.rawValue) }
        change.apply(to: &draft)
        guard let reference, let category = try CategoryQueries.lock(reference, tx) else {
            throw reference.map { ValidationError.unknown("category", $0) }
                ?? ValidationError("category", "This field is required.")
        }
        draft.categoryID = category.id
        return category
    }

    func refreshSearch(_ id: ProductID, _ draft: ProductDraft, _ tx: Transaction) throws {
        let variants = try VariantQueries.all(of: id, tx).map(\.draft)
        try SearchQueries.replace(id, draft.searchable(with: variants), tx)
    }

    /// Claims the SKUs of a product and of new variants, all in one statement.
    func claim(
        _ product: ProductID, _ sku: String?, _ variants: [(VariantDraft, VariantID)], _ tx: Transaction
    ) throws {
        let own = sku.map { [(sku: $0, owner: SellableID(product))] } ?? []
        let taken = try SKUQueries.claim(
            own + variants.map { (sku: $0.0.sku, owner: SellableID(product, $0.1)) }, tx)
        guard !taken.isEmpty else { return }
        if let sku, taken.contains(sku) { throw Self.skuTaken }
        let message = Self.skuTaken.errors
        throw ValidationError(
            .members([
                "variants": .elements(variants.map { taken.contains($0.0.sku) ? message : .members([:]) })
            ]))
    }

    private static let slugTaken = ValidationError.taken("slug", by: "product")
    static let skuTaken = ValidationError.taken("sku", by: "product or variant")

    /// Turns a violated reference to a vendor into a field error; the category is known to exist.
    private static func naming<Value>(_ draft: ProductDraft, _ write: () throws -> Value) throws -> Value {
        do {
            return try write()
        } catch let error as SQLError where error.kind == .foreignKey {
            guard let vendor = draft.vendorID else { throw error }
            throw ValidationError.unknown("vendor", vendor)
        }
    }
}

extension ProductDraft {
    /// Whether what it costs or whether it is for sale may differ from `other`.
    fileprivate func isOffered(otherwiseThan other: ProductDraft) -> Bool {
        (price, isActive, approval, categoryID, vendorID)
            != (other.price, other.isActive, other.approval, other.categoryID, other.vendorID)
    }

    var tag: PriceChange.Tag { PriceChange.Tag(price: price, compareAt: compareAtPrice) }

    /// Returns the texts by which the product is found.
    func searchable(with variants: [VariantDraft]) -> SearchableText {
        SearchableText(
            name: name, skus: [sku] + variants.map(\.sku),
            texts: [shortDescription, description] + Set(variants.flatMap { $0.options.map(\.value) }).sorted())
    }
}
