import Commerce
import Primitives
import SQL
import Web

/// A change in what a product or a variant costs; written once, never changed.
public struct PriceChange: Sendable, Hashable {
    /// A price and, where it is reduced, the price before the reduction.
    public struct Tag: Sendable, Hashable {
        let price: Money
        let compareAt: Money?
    }

    let sellable: SellableID
    let old: Tag
    let new: Tag
    let changedBy: UserID?
    let changedAt: Timestamp
}

/// A change of a price as staff see it.
public struct PriceChangeBody: ResponseBody {
    let id: Int64
    let productID: ProductID
    /// Null for the product's own price.
    let variantID: VariantID?
    let oldPrice: Price
    let newPrice: Price
    let oldCompareAtPrice: Price?
    let newCompareAtPrice: Price?
    let changedBy: UserID?
    let changedAt: Timestamp

    /// Shows a change; its amounts are in `currency`.
    public init(id: Int64, _ change: PriceChange, currency: Currency) {
        self.id = id
        productID = change.sellable.product
        variantID = change.sellable.variant
        oldPrice = currency.price(change.old.price)
        newPrice = currency.price(change.new.price)
        oldCompareAtPrice = change.old.compareAt.map(currency.price)
        newCompareAtPrice = change.new.compareAt.map(currency.price)
        changedBy = change.changedBy
        changedAt = change.changedAt
    }
}
