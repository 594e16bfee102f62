import Commerce
import SQL

/// What was last seen of a product or variant that is on wishlists, and how often it changed for the better since. The
/// rules of alerts follow from it alone.
///
/// A fall of the price is told to those who put the thing on their list at a higher price than it has now; after a rise
/// the next fall is a new one. That something can be bought again is told each time that it was not to be had before.
/// Both are numbered: an item remembers the last number that its wisher was told or that was there before they asked.
struct WatchedOffer: RowDecodable, Hashable {
    static let columns: Query = "product_id, variant_key, price, is_available, drops, drop_from, restocks"

    let sellable: SellableID
    /// The last price at which it was for sale.
    private(set) var price: Money
    /// Whether it was for sale and in stock.
    private(set) var isAvailable: Bool
    /// The number of the last fall of the price; 0 before the first.
    private(set) var drops: Int
    /// The price before that fall.
    private(set) var dropFrom: Money
    /// The number of the last time that it could be bought again; 0 before the first.
    private(set) var restocks: Int

    /// Starts to watch what is offered now.
    init(_ offer: Offer) {
        sellable = offer.id
        price = offer.price
        isAvailable = offer.canBeBought
        (drops, dropFrom, restocks) = (0, offer.price, 0)
    }

    init(row: inout RowReader) throws {
        sellable = SellableID(product: try row(), variantKey: try row())
        price = try row()
        isAvailable = try row()
        drops = try row()
        dropFrom = try row()
        restocks = try row()
    }

    /// Returns what is known after a look at the present offer, which is nil for what the shop no longer has. The
    /// price of something that is not for sale is not looked at.
    func seeing(_ offer: Offer?) -> WatchedOffer {
        var seen = self
        if let offer, offer.isForSale, offer.price != price {
            if offer.price < price { (seen.drops, seen.dropFrom) = (drops + 1, price) }
            seen.price = offer.price
        }
        seen.isAvailable = offer?.canBeBought == true
        if seen.isAvailable, !isAvailable { seen.restocks += 1 }
        return seen
    }

    /// Whether there is something to tell that there was not `before`.
    func hasNews(since before: WatchedOffer) -> Bool { drops > before.drops || restocks > before.restocks }

    /// Whether the last fall of the price still holds: a rise to what it was before takes it back.
    var isReduced: Bool { drops > 0 && price < dropFrom }

    /// The price that a fall is told against: what the thing cost before it, but never more than when it was put on
    /// the list.
    func formerPrice(for snapshot: Money) -> Money { min(dropFrom, snapshot) }
}

extension Offer {
    /// Whether it is for sale and in stock.
    var canBeBought: Bool { isForSale && available > 0 }
}
