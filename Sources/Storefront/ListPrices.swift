import Catalog
import Commerce
import Primitives
import SQL

/// The prices of a product in lists: from the cheapest to the dearest at which it can be bought.
struct ListPrices: Sendable, Hashable {
    /// A variant that is not deleted.
    struct Variant: Sendable {
        let price: VariantPrice
        let isActive: Bool
        /// Whether any unit of it is in stock.
        let isAvailable: Bool
    }

    let lowest: Money
    let highest: Money
    /// The prices between `lowest` and `highest`, ascending, each once.
    let between: [Money]

    /// Computes the prices of a product whose own is `base`. Where no variant can be bought they are those of all that
    /// are offered, and where none is offered those of all; without variants there is only `base`.
    ///
    /// - Throws: `OutOfRange`.
    init(base: Money, variants: [Variant]) throws {
        let offered = variants.filter { $0.isActive && $0.price.isPayable(base: base) }
        let buyable = offered.filter(\.isAvailable)
        let shown = [buyable, offered, variants].first { !$0.isEmpty } ?? []
        let prices = Set(try shown.map { try $0.price.amount(base: base) }).sorted()
        lowest = prices.first ?? base
        highest = prices.last ?? base
        between = Array(prices.dropFirst().dropLast())
    }
}

/// Keeps the prices that lists show up to date.
public enum StorefrontPrices {
    private static let productsPerStatement = 200

    /// Updates the prices that lists show to what can be bought, as a ``PriceRefresh``, in at most six statements for
    /// 200 products, two where nothing changed.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    @Sendable public static func refresh(_ products: [ProductID], in tx: Transaction) throws {
        for ids in Set(products).sorted().chunked(by: productsPerStatement) { try refreshChunk(Array(ids), tx) }
    }

    /// Updates some products. Stock and variants are read under the lock of their product, so that of two concurrent
    /// changes the later one sees both.
    private static func refreshChunk(_ ids: [ProductID], _ tx: Transaction) throws {
        let kept = try ProductPriceQueries.lock(ids, tx)
        let variants = try ListPriceQueries.variants(of: kept.filter(\.hasVariants).map(\.id), tx)
        let products = try kept.map {
            (kept: $0, prices: try ListPrices(base: $0.base, variants: variants[$0.id] ?? []))
        }
        try ProductPriceQueries.setEnds(
            products.filter { ($0.kept.lowest, $0.kept.highest) != ($0.prices.lowest, $0.prices.highest) }.map {
                ($0.kept.id, $0.prices.lowest, $0.prices.highest)
            }, tx)
        let several = products.filter { $0.kept.lowest < $0.kept.highest || !$0.prices.between.isEmpty }
        guard !several.isEmpty else { return }
        let known = try ProductPriceQueries.between(several.map(\.kept.id), tx)
        try ProductPriceQueries.setBetween(
            several.filter { known[$0.kept.id] ?? [] != $0.prices.between }.map { ($0.kept.id, $0.prices.between) }, tx)
    }
}
