import Commerce
import SQL

/// What the inventory asks of the catalog about goods: what they are called, and which are meant by a name; and of an order
/// that they left for, its number.
public struct GoodsReader: Sendable {
    let names: SellableNameReader
    let sellable: @Sendable (_ sku: String, Connection) throws -> SellableID?
    let named: @Sendable (_ text: String) -> ProductScope
    let order: NameSubselect

    /// Takes the answers of the catalog: `names` says what goods are called, `sellable` what is sold under a SKU now,
    /// `named` which products have a text in their names. `order` says what number an order has; nothing where it is left out.
    public init(
        names: @escaping SellableNameReader, order: @escaping NameSubselect = { _ in "NULL" },
        sellable: @escaping @Sendable (_ sku: String, Connection) throws -> SellableID?,
        named: @escaping @Sendable (_ text: String) -> ProductScope
    ) {
        self.names = names
        self.sellable = sellable
        self.named = named
        self.order = order
    }

    /// Returns what a search means: what has the text as its SKU, else the products that have it in their names; nil
    /// for a search for nothing.
    ///
    /// - Throws: `SQLError`.
    func match(_ text: String?, _ connection: Connection) throws -> GoodsMatch? {
        guard let text else { return nil }
        if let found = try sellable(text, connection) { return .sellable(found) }
        return .named(named(text))
    }
}

/// The goods that a search in a list of stock means.
enum GoodsMatch: Sendable {
    /// A product with all of its variants, or one variant.
    case sellable(SellableID)
    case named(ProductScope)

    /// Gives the condition on a row whose product and variant stand in these columns.
    func holds(product: Query, variant: Query) -> Query {
        switch self {
        case .sellable(let id) where id.variant == nil: "\(product) = \(id.product)"
        case .sellable(let id): "\(product) = \(id.product) AND \(variant) = \(id.variantKey)"
        case .named(let scope): scope.holds(product: product)
        }
    }
}

/// What the goods and the warehouses of some rows are called.
struct StockLabels: Sendable {
    let goods: [SellableID: SellableName]
    /// The names of the warehouses, where the rows have only their ids.
    let warehouses: [WarehouseID: String]
}
