import Commerce
import HTTPTypes
import SQL
import Web

/// Puts units into the caller's cart and returns the cart, as whoever owns carts answers it. Throws `ValidationError`,
/// `OutOfRange`, `SQLError`.
public typealias CartAdd<Cart: ResponseBody> = @Sendable (SellableID, Int, APIRequest, Transaction) throws -> Cart

/// The endpoints of the caller's wishlist.
struct WishlistRoutes<Cart: ResponseBody>: Sendable {
    let database: any Database
    let wishlists: WishlistService
    let currency: Currency
    let addToCart: CartAdd<Cart>

    /// The endpoints under the tag `Wishlist`.
    var group: EndpointGroup {
        EndpointGroup(
            "Wishlist", "What a user would like to have, and what they want to hear of it.",
            [
                Endpoint(.get, "/api/wishlist/", "Shows the caller's wishlist.", access: .user, use: show),
                Endpoint(
                    .post, "/api/wishlist/add/", "Puts a product on the wishlist.", access: .user, status: .created,
                    in: database, use: add),
                Endpoint(
                    .delete, "/api/wishlist/items/{id}/", "Takes an item off the wishlist.", access: .user,
                    status: .noContent, in: database, use: remove
                ).refusing(.notFound, .preconditionFailed),
                Endpoint(
                    .patch, "/api/wishlist/items/{id}/", "Changes what the caller wants to hear of an item.",
                    access: .user, in: database, use: update
                ).refusing(.notFound, .preconditionFailed),
                Endpoint(
                    .post, "/api/wishlist/items/{id}/move-to-cart/",
                    "Puts an item into the cart and takes it off the wishlist.", access: .user, in: database, use: move
                ).refusing(.notFound, .preconditionFailed),
                Endpoint(
                    .delete, "/api/wishlist/clear/", "Takes everything off the wishlist.", access: .user,
                    status: .noContent, in: database, use: clear),
                Endpoint(
                    .get, "/api/wishlist/check/{product_id}/", "Tells whether a product is on the wishlist.",
                    access: .user, use: check
                ).refusing(.notFound),
            ])
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> WishlistBody {
        let user = try call.caller().userID
        return body(try await database.read { try wishlists.contents(of: user, $0) }, call)
    }

    private func add(_ call: APIRequest, _ input: WishInput, _ tx: Transaction) throws -> WishlistBody {
        body(try wishlists.add(input.sellable, input.alerts, for: call.caller().userID, in: tx), call)
    }

    private func remove(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> NoContent {
        try wishlists.remove(call.id("id"), of: call.caller().userID, check: call.checkVersion, in: tx)
        return NoContent()
    }

    private func update(_ call: APIRequest, _ input: AlertInput, _ tx: Transaction) throws -> WishlistItemBody {
        let changed = try wishlists.change(
            call.id("id"), input.alerts, of: call.caller().userID, check: call.checkVersion, in: tx)
        return WishlistItemBody(changed.item, changed.offer, currency: currency, for: call)
    }

    private func move(_ call: APIRequest, _ input: MoveInput, _ tx: Transaction) throws -> Cart {
        try wishlists.take(call.id("id"), of: call.caller().userID, check: call.checkVersion, in: tx) { sellable in
            try addToCart(sellable, input.quantity, call, tx)
        }
    }

    private func clear(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> NoContent {
        try wishlists.clear(call.caller().userID, in: tx)
        return NoContent()
    }

    private func check(_ call: APIRequest, _ input: CheckInput) async throws -> WishlistCheckBody {
        let (user, product) = (try call.caller().userID, try call.id("product_id", as: ProductID.self))
        return WishlistCheckBody(
            try await database.read { try WishlistQueries.find(product, input.variant, of: user, $0) })
    }

    private func body(_ contents: WishlistContents, _ call: APIRequest) -> WishlistBody {
        WishlistBody(contents, currency: currency, for: call)
    }
}

/// A product or variant to put on the wishlist; flags that are not sent stay as they are, at first unset.
struct WishInput: Input {
    let sellable: SellableID
    let alerts: AlertChange

    init(_ fields: Fields) {
        sellable = SellableID(fields.id("product_id"), fields.optionalID("variant_id"))
        alerts = AlertChange(fields)
    }
}

/// What the caller wants to hear of an item.
struct AlertInput: Input {
    let alerts: AlertChange

    init(_ fields: Fields) {
        alerts = AlertChange(fields)
    }
}

extension AlertChange {
    init(_ fields: Fields) {
        priceDrop = fields.optionalBoolean("notify_on_price_drop")
        backInStock = fields.optionalBoolean("notify_on_back_in_stock")
    }
}

/// The units to move to the cart; the cart has its own limit.
struct MoveInput: Input {
    let quantity: Int

    init(_ fields: Fields) {
        quantity = fields.integer("quantity", .optional(1), in: 1...10_000)
    }
}

/// The variant to look for; any of the product's where none is named.
struct CheckInput: Input {
    let variant: VariantID?

    init(_ fields: Fields) {
        variant = fields.optionalID("variant_id")
    }
}
