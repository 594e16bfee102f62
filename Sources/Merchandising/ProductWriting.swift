import Catalog
import Commerce
import Inventory
import Primitives
import SQL
import Taxes

/// Writes of catalogue and stock that belong together.
public struct ProductWriting: Sendable {
    let products: ProductService
    let variants: VariantService
    let stock: StockService

    public init(time: TimeSource, stock: StockService) {
        self.products = ProductService(time: time, prices: stock.refreshPrices)
        self.variants = VariantService(time: time, prices: stock.refreshPrices)
        self.stock = stock
    }

    /// Makes a product and puts it in stock in the default warehouse: by variant, one quantity each in the order of
    /// `variants`, where there are any, else `quantity` of the product itself.
    ///
    /// - Throws: `ValidationError`.
    public func create(
        _ change: ProductChange, quantity: Int, variants: [(draft: VariantDraft, quantity: Int)], by user: UserID?,
        in tx: Transaction
    ) throws -> ProductID {
        try Self.check(change, tx)
        let made = try products.create(change, variants: variants.map(\.draft), in: tx)
        let whole = [StockReceipt(SellableID(made.product), quantity: quantity, note: Self.note)]
        let parts = zip(made.variants, variants).map { id, variant in
            StockReceipt(SellableID(made.product, id), quantity: variant.quantity, note: Self.note)
        }
        try stock.receive(parts.isEmpty ? whole : parts, by: user, in: tx)
        try RevisionQueries.move(in: tx)
        return made.product
    }

    /// Adds a variant to a product and puts it in stock in the default warehouse.
    ///
    /// - Throws: `NotFound`, `ValidationError` on `sku`.
    public func addVariant(
        _ draft: VariantDraft, quantity: Int, to reference: Reference, by user: UserID?, in tx: Transaction
    ) throws -> SellableID {
        let id = try variants.add(draft, to: reference, in: tx)
        try stock.receive([StockReceipt(id, quantity: quantity, note: Self.note)], by: user, in: tx)
        try stock.review(id.product, in: tx)
        try RevisionQueries.move(in: tx)
        return id
    }

    /// Refuses what the catalogue cannot know of a product.
    ///
    /// - Throws: `ValidationError` on `tax_class`, `SQLError`.
    static func check(_ change: ProductChange, _ connection: Connection) throws {
        if let taxClass = change.taxClass { try TaxService.check(taxClass: taxClass, connection) }
    }

    private static let note = "Stock on creation"
}
