import Carts
import Commerce
import Coupons
import HTTPTypes
import Orders
import SQL
import Shipping
import Web

/// The endpoint that tells what the caller's cart would cost as an order.
public struct QuoteRoutes: Sendable {
    let database: any Database
    let checkout: CheckoutService

    /// Creates the endpoint over `checkout`.
    public init(database: any Database, checkout: CheckoutService) {
        self.database = database
        self.checkout = checkout
    }

    /// The endpoint that prices a cart as an order without writing anything.
    public var group: EndpointGroup {
        EndpointGroup(
            "Checkout", "From a cart to an order: quotes, placing, paying, canceling.",
            [
                Endpoint(
                    .post, "/api/cart/quote/",
                    "Says what the caller's cart would cost as an order; nothing is written.", access: .optionalUser,
                    use: quote
                ).refusing(.conflict)
            ])
    }

    private func quote(_ call: APIRequest, _ input: QuoteInput) async throws -> QuoteBody {
        let buyer = Buyer(call, email: input.email)
        return try await database.read { connection in
            let request = try checkout.quote(input, for: buyer, connection)
            let priced = try checkout.pricing.price(request, connection)
            return QuoteBody(request, priced, currency: checkout.settings.currency)
        }
    }
}

extension CheckoutService {
    /// Returns the request that prices what a quote asks for.
    ///
    /// - Throws: `CheckoutError.emptyCart`, `InventoryError.insufficientStock`, `ValidationError` on the address,
    ///   `SQLError`.
    func quote(_ input: QuoteInput, for buyer: Buyer, _ connection: Connection) throws -> Pricing.Request {
        let cart = try carts.contents(buyer.owner, connection).cart
        guard let cart, !cart.lines.isEmpty else { throw CheckoutError.emptyCart }
        return Pricing.Request(
            lines: try lines(of: cart, connection), destination: try destination(input, of: buyer, connection),
            addressField: input.addressID != nil && buyer.user != nil ? nil : "shipping_address",
            method: input.shippingMethod, coupon: input.couponCode.map { .code($0) } ?? cart.coupon.map { .id($0) },
            shopper: buyer.shopper)
    }

    private func destination(
        _ input: QuoteInput, of buyer: Buyer, _ connection: Connection
    ) throws -> Destination {
        if let id = input.addressID, buyer.user != nil {
            return Destination(try address(.book(id), of: buyer, "shipping_address_id", connection))
        }
        guard let area = input.area else {
            throw ValidationError("shipping_address", "This field is required.")
        }
        return area
    }
}

/// The destination, method and coupon for which to price a cart.
struct QuoteInput: Input {
    let addressID: AddressID?
    let area: Destination?
    let shippingMethod: String?
    let couponCode: String?
    let email: String

    init(_ fields: Fields) {
        addressID = fields.optionalID("shipping_address_id")
        area = fields.optionalObject("shipping_address", AreaInput.self)?.area
        shippingMethod = fields.optionalString("shipping_method", length: 0...50)
        couponCode = fields.optionalString("coupon_code", length: 0...50)
        email = fields.email("email", .optional(""))
    }
}

/// The parts of an address that taxes and shipping depend on.
struct AreaInput: Input {
    let area: Destination

    init(_ fields: Fields) {
        let country = fields.country("country")
        area = Destination(country: country, state: fields.state("state", of: country) ?? "")
    }
}
