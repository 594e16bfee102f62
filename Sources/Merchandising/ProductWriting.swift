import Catalog
import Commerce
import Inventory
import Primitives
import SQL
import Taxes
import Vendors

/// The writes of catalog and stock that belong together.
public struct ProductWriting: Sendable {
    let products: ProductService
    let variants: VariantService
    let stock: StockService

    /// Creates the writes over `stock`; rows are stamped by `time`, and `events` is told of each change.
    public init(time: TimeSource, stock: StockService, events: ProductEvents = .silent) {
        self.products = ProductService(
            time: time, prices: stock.refreshPrices, notice: stock.notice, sells: VendorAccess.sells, events: events)
        self.variants = VariantService(products)
        self.stock = stock
    }

    /// Creates a product and puts it into stock in the default warehouse: where there are variants, each with its
    /// quantity, otherwise `quantity` units of the product itself. Moves the catalog's revision.
    ///
    /// - Throws: `ValidationError`, `OutOfRange`, `SQLError`.
    public func create(
        _ change: ProductChange, quantity: Int, variants: [(draft: VariantDraft, quantity: Int)], by user: UserID?,
        in tx: Transaction
    ) throws -> ProductID {
        try Self.check(change, tx)
        if let slug = change.slug { try products.requireFree(slug, in: tx) }
        let made = try products.create(change, variants: variants.map(\.draft), in: tx)
        let whole = [StockReceipt(SellableID(made.product), quantity: quantity, note: Self.note)]
        let parts = zip(made.variants, variants).map { id, variant in
            StockReceipt(SellableID(made.product, id), quantity: variant.quantity, note: Self.note)
        }
        try stock.receive(parts.isEmpty ? whole : parts, by: user, in: tx)
        return made.product
    }

    /// Changes a product; `check` sees its version, under the lock, before anything is changed, and `adjust` what it was,
    /// with its variants, and what it is about to be. Where `approvesPrices`, a change of the price or of the approval
    /// approves what the product and its variants cost.
    ///
    /// - Throws: `NotFound`, `ValidationError`, whatever `check` and `adjust` throw.
    public func update(
        _ reference: Reference, _ change: ProductChange, by user: UserID?, approvesPrices: Bool = true,
        check: (Int) throws -> Void, adjust: ProductAdjustment = { _, _, _ in }, in tx: Transaction
    ) throws -> ProductID {
        try Self.check(change, tx)
        return try products.update(
            reference, change, by: user, approvesPrices: approvesPrices, check: check, adjust: adjust, in: tx)
    }

    /// Takes a product out of the shop, with the alerts about it; its orders keep it.
    ///
    /// - Throws: `NotFound`, whatever `check` throws.
    public func delete(_ reference: Reference, check: (Int) throws -> Void, in tx: Transaction) throws {
        try stock.review(try products.delete(reference, check: check, in: tx), in: tx)
    }

    /// Adds a variant to a product and puts it in stock in the default warehouse. Where `approvesPrices`, its price is
    /// approved as far as the product is.
    ///
    /// - Throws: `NotFound`, `ValidationError` on `sku`, `options` or `price_adjustment`, `OutOfRange`, `SQLError`.
    public func addVariant(
        _ draft: VariantDraft, quantity: Int, to reference: Reference, by user: UserID?, approvesPrices: Bool = true,
        in tx: Transaction
    ) throws -> SellableID {
        let id = try variants.add(draft, to: reference, approvesPrices: approvesPrices, in: tx)
        try stock.receive([StockReceipt(id, quantity: quantity, note: Self.note)], by: user, in: tx)
        try stock.review(id.product, in: tx)
        return id
    }

    /// Takes a variant out of the shop, with the alerts about it; its orders keep it.
    ///
    /// - Throws: `NotFound`, whatever `check` throws.
    public func deleteVariant(
        _ id: VariantID, of reference: Reference, check: (Int) throws -> Void, in tx: Transaction
    ) throws {
        try stock.review(try variants.delete(id, of: reference, check: check, in: tx).product, in: tx)
    }

    /// Refuses what the catalog cannot know of a product.
    ///
    /// - Throws: `ValidationError` on `tax_class`, `SQLError`.
    static func check(_ change: ProductChange, _ connection: Connection) throws {
        if let taxClass = change.taxClass { try TaxService.check(taxClass: taxClass, connection) }
    }

    private static let note = "Stock on creation"
}
