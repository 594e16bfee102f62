import Catalog
import Commerce
import Primitives
import SQL

/// What a product costs in lists: from the cheapest to the dearest of what can be bought of it.
struct ListPrices: Sendable, Hashable {
    /// A variant that is not deleted.
    struct Variant: Sendable {
        let price: VariantPrice
        let isActive: Bool
        /// Whether there is any of it in stock.
        let isAvailable: Bool
    }

    let lowest: Money
    let highest: Money
    /// What costs neither the one nor the other, rising, each price once.
    let between: [Money]

    /// The prices of a product whose own is `base`. Where none of the variants can be bought they are those of all that are
    /// offered, and where none is offered those of all; without variants the own price.
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

/// The keeper of the prices that lists show.
public enum StorefrontPrices {
    private static let productsPerStatement = 200

    /// Has the prices that lists show agree with what can be bought: a ``PriceRefresh``, in at most six statements for 200
    /// products, two where all is as it was.
    ///
    /// - Throws: `SQLError`.
    @Sendable public static func refresh(_ products: [ProductID], in tx: Transaction) throws {
        for ids in Set(products).sorted().chunked(by: productsPerStatement) { try settle(Array(ids), tx) }
    }

    /// Stock and variants are read behind the lock of their product, so that of two that change at once the later one sees both.
    private static func settle(_ ids: [ProductID], _ tx: Transaction) throws {
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
