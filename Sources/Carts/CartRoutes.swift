import Commerce
import HTTPTypes
import SQL
import Web

/// The endpoints of the caller's cart, each of which answers with the whole cart.
public struct CartRoutes: Sendable {
    let database: any Database
    let carts: CartService
    let currency: Currency
    let guests: GuestLimits

    /// Creates the endpoints; `guests` limits the new carts of one address.
    public init(database: any Database, carts: CartService, currency: Currency, guests: GuestLimits) {
        self.database = database
        self.carts = carts
        self.currency = currency
        self.guests = guests
    }

    /// The endpoints under the tag `Cart`.
    public var group: EndpointGroup {
        EndpointGroup(
            "Cart", "The cart of a user or of a guest.",
            [
                Endpoint(.get, "/api/cart/", "Shows the caller's cart.", access: .optionalUser, use: show),
                Endpoint(
                    .post, "/api/cart/add/", "Puts a product into the cart.", access: .optionalUser, status: .created,
                    in: database, use: add
                ).refusing(.tooManyRequests),
                Endpoint(
                    .put, "/api/cart/items/{id}/", "Sets the quantity of a line.", access: .optionalUser, in: database,
                    use: update
                ).refusing(.notFound),
                Endpoint(
                    .delete, "/api/cart/items/{id}/", "Takes a line out.", access: .optionalUser, in: database,
                    use: remove
                ).refusing(.notFound),
                Endpoint(
                    .delete, "/api/cart/clear/", "Takes everything out.", access: .optionalUser, in: database,
                    use: clear),
            ])
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> CartBody {
        let owner = CartOwner(of: call)
        return try await body(database.read { try carts.contents(owner, $0) }, call)
    }

    private func add(_ call: APIRequest, _ input: AddInput, _ tx: Transaction) throws -> Reply<CartBody> {
        let owner = CartOwner(of: call)
        if owner == nil { try guests.check(.cart, by: call) }
        let body = try body(carts.add(input.sellable, quantity: input.quantity, for: owner, in: tx), call)
        guard let key = body.sessionKey, key != owner?.sessionKey else { return Reply(body) }
        try guests.take(.cart, by: call)
        return Reply(body, headers: [.setCookie: CartCookie.setting(key, isSecure: call.isSecure)])
    }

    private func update(_ call: APIRequest, _ input: QuantityInput, _ tx: Transaction) throws -> CartBody {
        let contents = try carts.setQuantity(input.quantity, of: call.id("id"), for: CartOwner(of: call), in: tx)
        return try body(contents, call)
    }

    private func remove(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> CartBody {
        try body(carts.remove(call.id("id"), for: CartOwner(of: call), in: tx), call)
    }

    private func clear(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> CartBody {
        try body(carts.clear(CartOwner(of: call), in: tx), call)
    }

    private func body(_ contents: CartContents, _ call: APIRequest) throws -> CartBody {
        try CartBody(contents, currency: currency, for: call)
    }
}

/// A product or variant to put into a cart.
struct AddInput: Input {
    let sellable: SellableID
    let quantity: Int

    init(_ fields: Fields) {
        sellable = SellableID(fields.id("product_id"), fields.optionalID("variant_id"))
        quantity = fields.integer("quantity", .optional(1), in: 1...CartLine.maxPieces)
    }
}

/// The quantity to give a line.
struct QuantityInput: Input {
    let quantity: Int

    init(_ fields: Fields) {
        quantity = fields.integer("quantity", in: 1...CartLine.maxPieces)
    }
}
