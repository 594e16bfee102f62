import Commerce
import Primitives
import SQL

/// Creates, changes and deletes the variants of products.
public struct VariantService: Sendable {
    let time: TimeSource
    let products: ProductService

    /// Creates a service that stamps rows by the clock of `products` and tells whomever it tells of each change.
    public init(_ products: ProductService) {
        time = products.time
        self.products = products
    }

    /// Adds a variant to a product, which is sold by its variants from then on. Where `approvesPrices`, the price is
    /// approved as far as the product is.
    ///
    /// - Throws: `NotFound`, `ValidationError` on `sku`, `options` or `price_adjustment`, `OutOfRange`, `SQLError`.
    public func add(
        _ draft: VariantDraft, to reference: Reference, approvesPrices: Bool = true, in tx: Transaction
    ) throws -> SellableID {
        let (product, variants) = try ProductService.lockWithVariants(reference, in: tx)
        try check(draft.options, among: variants)
        try Self.check(draft.price, of: product)
        let position = try VariantQueries.nextPosition(of: product.id, tx)
        let approves = approvesPrices && product.draft.approval == .approved
        let ids = try VariantQueries.insert(
            [draft], of: product.id, from: position, approvedBase: approves ? product.draft.price : nil, at: time.now,
            tx)
        guard let id = ids.first else { throw NotFound() }
        try claim(draft.sku, for: SellableID(product.id, id), tx)
        try touchProduct(product, hasVariants: true, tx)
        return SellableID(product.id, id)
    }

    /// Changes a variant and records its former price; `check` sees its version, under the lock of its product. Where
    /// `approvesPrices`, another price is approved as far as the product is.
    ///
    /// - Throws: `NotFound`, `ValidationError` on `sku`, `options` or `price_adjustment`, `OutOfRange`, `SQLError`,
    ///   whatever `check` throws.
    public func update(
        _ id: VariantID, of reference: Reference, _ change: VariantChange, by user: UserID? = nil,
        approvesPrices: Bool = true, check: (Int) throws -> Void, in tx: Transaction
    ) throws -> SellableID {
        let (product, variants) = try ProductService.lockWithVariants(reference, in: tx)
        guard let variant = variants.first(where: { $0.id == id }) else { throw NotFound() }
        try check(variant.version)
        var draft = variant.draft
        try change.withoutEcho(of: draft, base: product.draft.price).apply(to: &draft)
        if draft.options != variant.draft.options {
            try self.check(draft.options, among: variants.filter { $0.id != id })
        }
        let isPriced = draft.price != variant.draft.price
        if isPriced { try Self.check(draft.price, of: product) }
        let (old, new) = (try variant.draft.tag(of: product), try draft.tag(of: product))
        let approves = approvesPrices && isPriced && product.draft.approval == .approved
        try VariantQueries.update(draft, approvedPrice: approves ? new.price : nil, id, tx)
        if draft.sku != variant.draft.sku { try claim(draft.sku, for: variant.sellable, tx) }
        try PriceQueries.record(
            PriceChange(sellable: variant.sellable, old: old, new: new, changedBy: user, changedAt: time.now), tx)
        try touchProduct(product, hasVariants: true, tx)
        return variant.sellable
    }

    /// Takes a variant out of the shop. Its row and its SKU stay, for the orders that name it. `check` sees its
    /// version, under the lock.
    ///
    /// - Throws: `NotFound`, `SQLError`, whatever `check` throws.
    @discardableResult
    public func delete(
        _ id: VariantID, of reference: Reference, check: (Int) throws -> Void, in tx: Transaction
    ) throws -> SellableID {
        let (product, variants) = try ProductService.lockWithVariants(reference, in: tx)
        guard let variant = variants.first(where: { $0.id == id }) else { throw NotFound() }
        try check(variant.version)
        try VariantQueries.markDeleted(id, at: time.now, tx)
        try touchProduct(product, hasVariants: variants.count > 1, tx)
        return variant.sellable
    }

    /// Refuses options that another variant has: a shopper who chooses them could mean either.
    private func check(_ options: [VariantOption], among others: [ProductVariant]) throws {
        if others.contains(where: { $0.draft.hasSameOptions(as: options) }) {
            throw ValidationError("options", Self.sameOptions)
        }
    }

    /// Refuses a reduction that leaves nothing to pay.
    private static func check(_ price: VariantPrice, of product: Product) throws {
        guard price.isPayable(base: product.draft.price) else {
            throw ValidationError("price_adjustment", costsNothing)
        }
    }

    static let sameOptions = "Another variant of this product has these options."
    static let costsNothing = "The variant would cost nothing. What is given away has a price of 0.00."

    private func touchProduct(_ product: Product, hasVariants: Bool, _ tx: Transaction) throws {
        if hasVariants != product.hasVariants { try ProductQueries.setHasVariants(hasVariants, product.id, tx) }
        try ProductQueries.touch(product.id, at: time.now, tx)
        try products.refreshPrices([product.id], tx)
        try products.notice([product.id], tx)
        try products.refreshSearch(product.id, product.draft, tx)
        try products.events.updated(product.id, in: tx)
        tx.catalogChanged()
    }

    private func claim(_ sku: String, for owner: SellableID, _ tx: Transaction) throws {
        guard try SKUQueries.claim([(sku: sku, owner: owner)], tx).isEmpty else { throw ProductService.skuTaken }
    }
}

extension VariantDraft {
    fileprivate func tag(of product: Product) throws(OutOfRange) -> PriceChange.Tag {
        PriceChange.Tag(price: try price.amount(base: product.draft.price), compareAt: product.draft.compareAtPrice)
    }
}

/// The changes that a request asks for in a variant; nil leaves a value as it is.
public struct VariantChange: Sendable {
    /// The new SKU, 1 to 100 characters.
    public var sku: String?
    /// The new options, which replace all former ones.
    public var options: [VariantOption]?
    /// The new price, on its own or as a difference from the product's.
    public var price: VariantPrice?
    /// The `price_adjustment` that was sent beside a price of its own.
    public var adjustment: Money?
    /// Whether staff offer the variant.
    public var isActive: Bool?

    /// Creates a change of nothing.
    public init() {}

    /// Returns the change without a price that only repeats what `draft` costs, as it was read: a variant that follows
    /// the product's price goes on following it, and where only the adjustment differs it is the adjustment that
    /// changes.
    func withoutEcho(of draft: VariantDraft, base: Money) throws(OutOfRange) -> VariantChange {
        let amount = try draft.price.amount(base: base)
        guard case .adjusted = draft.price, case .own(amount)? = price, let adjustment else { return self }
        var rest = self
        rest.price = try adjustment == amount - base ? nil : .adjusted(by: adjustment)
        return rest
    }

    /// Copies what was sent into `draft`.
    public func apply(to draft: inout VariantDraft) {
        if let sku { draft.sku = sku }
        if let options { draft.options = options }
        if let price { draft.price = price }
        if let isActive { draft.isActive = isActive }
    }
}

extension VariantDraft {
    /// Returns whether a shopper who chooses these options, in upper or lower case, could mean this variant; nobody
    /// chooses none.
    func hasSameOptions(as options: [VariantOption]) -> Bool {
        !options.isEmpty && Self.key(self.options) == Self.key(options)
    }

    private static func key(_ options: [VariantOption]) -> Set<[String]> {
        Set(options.map { [TextFolding.fold($0.type), TextFolding.fold($0.value)] })
    }
}
