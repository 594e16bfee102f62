import Commerce
import Pictures
import Primitives
import Web

/// A whole wishlist as its owner sees it.
struct WishlistBody: ResponseBody {
    /// Null where nothing was ever put on it.
    let id: WishlistID?
    let items: [WishlistItemBody]
    let itemCount: Int
    /// Null where nothing was ever put on it.
    let createdAt: Timestamp?
    /// The last time that its user changed it; null where nothing was ever put on it.
    let updatedAt: Timestamp?

    init(_ contents: WishlistContents, currency: Currency, for request: APIRequest) {
        let items = contents.wishlist?.items ?? []
        id = contents.wishlist?.id
        self.items = items.map {
            WishlistItemBody($0, contents.offers[$0.sellable], currency: currency, for: request)
        }
        itemCount = items.count
        createdAt = contents.wishlist?.createdAt
        updatedAt = contents.wishlist?.updatedAt
    }
}

/// An item of a wishlist. What the shop no longer sells stays on the list, at the price of its snapshot.
struct WishlistItemBody: ResponseBody {
    struct Product: Codable, Sendable {
        let id: ProductID
        let name: String
        let slug: String
        let sku: String
        /// The URL of its first picture.
        let image: String?
        /// Whether the shop still sells it.
        let isAvailable: Bool
        let inStock: Bool
        let stockQuantity: Int
    }

    struct Variant: Codable, Sendable {
        let id: VariantID
        let sku: String
        let options: [VariantOption]
    }

    let id: WishlistItemID
    let product: Product
    let variant: Variant?
    let addedAt: Timestamp
    let priceSnapshot: Price
    let currentPrice: Price
    let priceChanged: Bool
    let currency: String
    let inStock: Bool
    let notifyOnPriceDrop: Bool
    let notifyOnBackInStock: Bool
    /// The version to send as `If-Match` with a change.
    let version: Int

    init(_ item: WishlistItem, _ offer: Offer?, currency: Currency, for request: APIRequest) {
        let isForSale = offer?.isForSale == true
        let stock = isForSale ? max(0, offer?.available ?? 0) : 0
        let price = isForSale ? offer?.price ?? item.snapshot : item.snapshot
        id = item.id
        product = Product(
            id: item.sellable.product, name: offer?.name ?? "", slug: offer?.slug ?? "", sku: offer?.sku ?? "",
            image: offer?.image.map { MediaURL.of($0, request.baseURL) }, isAvailable: isForSale, inStock: stock > 0,
            stockQuantity: stock)
        variant = item.sellable.variant.map { Variant(id: $0, sku: offer?.sku ?? "", options: offer?.options ?? []) }
        addedAt = item.addedAt
        priceSnapshot = currency.price(item.snapshot)
        currentPrice = currency.price(price)
        priceChanged = price != item.snapshot
        self.currency = currency.code
        inStock = stock > 0
        notifyOnPriceDrop = item.alerts.priceDrop
        notifyOnBackInStock = item.alerts.backInStock
        version = item.version
    }
}

/// Whether something is on the caller's wishlist.
struct WishlistCheckBody: ResponseBody {
    let inWishlist: Bool
    /// Null where it is not.
    let itemID: WishlistItemID?

    init(_ item: WishlistItemID?) {
        (inWishlist, itemID) = (item != nil, item)
    }
}
