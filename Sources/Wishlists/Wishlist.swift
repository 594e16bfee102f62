import Commerce
import Primitives
import SQL

/// A wishlist.
public struct WishlistID: Identifier {
    /// The primary key of the row.
    public let rawValue: Int64
    /// Wraps a row's primary key, without a look at the database.
    public init(_ value: Int64) { self.rawValue = value }
}

/// An item of a wishlist.
public struct WishlistItemID: Identifier {
    /// The primary key of the row.
    public let rawValue: Int64
    /// Wraps a row's primary key, without a look at the database.
    public init(_ value: Int64) { self.rawValue = value }
}

/// A user's one wishlist with what is on it.
struct Wishlist: Sendable {
    /// The most items of a wishlist: a page of it is read and shown whole.
    static let maxItems = 500

    let id: WishlistID
    let createdAt: Timestamp
    /// The last time that its user put something on it, changed it or took it off.
    let updatedAt: Timestamp
    /// The items in the order in which they were added, one for each product or variant.
    var items: [WishlistItem] = []
}

extension Wishlist: RowDecodable {
    /// The columns of the list itself, without its items.
    static let columns: Query = "w.id, w.created_at, w.updated_at"

    init(row: inout RowReader) throws {
        id = try row()
        createdAt = try row()
        updatedAt = try row()
    }
}

/// A product or variant on a wishlist.
struct WishlistItem: RowDecodable, Hashable {
    static let columns: Query = """
        i.id, i.product_id, i.variant_key, i.price_snapshot, i.notify_on_price_drop, i.notify_on_back_in_stock, i.version,
        i.added_at
        """

    let id: WishlistItemID
    let sellable: SellableID
    /// The price of one unit when it was put on the list, in minor units.
    let snapshot: Money
    var alerts: AlertFlags
    /// Counts changes by the wisher, from 1, for `If-Match`; what alerts remember is none.
    var version: Int
    let addedAt: Timestamp

    init(row: inout RowReader) throws {
        id = try row()
        sellable = SellableID(product: try row(), variantKey: try row())
        snapshot = try row()
        alerts = AlertFlags(priceDrop: try row(), backInStock: try row())
        version = try row()
        addedAt = try row()
    }
}

/// The changes of an item that its wisher wants to hear of.
struct AlertFlags: Sendable, Hashable {
    var priceDrop = false
    var backInStock = false

    /// Takes over what was sent; nil leaves a flag as it is.
    func changed(by change: AlertChange) -> AlertFlags {
        AlertFlags(priceDrop: change.priceDrop ?? priceDrop, backInStock: change.backInStock ?? backInStock)
    }
}

/// The flags that a request asks for; nil leaves one as it is.
struct AlertChange: Sendable {
    let priceDrop: Bool?
    let backInStock: Bool?
}

/// A wishlist and the present offers for its items.
struct WishlistContents: Sendable {
    /// Nil where nothing was ever put on it.
    let wishlist: Wishlist?
    let offers: [SellableID: Offer]

    static let empty = WishlistContents(wishlist: nil, offers: [:])
}
