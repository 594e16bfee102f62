import Commerce
import Primitives
import SQL
import Web

/// The endpoints by which staff edit shipping methods.
public struct ShippingRoutes: Sendable {
    let database: any Database
    let shipping: ShippingService

    /// Creates the endpoints over `shipping`.
    public init(database: any Database, shipping: ShippingService) {
        self.database = database
        self.shipping = shipping
    }

    /// The endpoints under the tag `Shipping methods`.
    public var group: EndpointGroup {
        EndpointGroup(
            "Shipping methods", "How parcels go out, where to and at what price.",
            ResourceEndpoints(
                shipping, at: "/api/admin/shipping-methods/", "shipping method", "shipping methods",
                permission: "settings.edit", in: database
            ).endpoints)
    }
}

/// A shipping method as staff see it.
public struct ShippingMethodBody: ResponseBody {
    let id: ShippingMethodID
    let code: String
    let name: String
    /// Empty for the whole world.
    let countries: [String]
    let states: [String]
    let price: Price
    let pricePerKilogram: Price?
    let freeAbove: Price?
    /// Kilograms with three decimals; null without a limit.
    let maxWeight: String?
    let taxClass: String
    let isActive: Bool
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp

    enum CodingKeys: String, CodingKey {
        case id, code, name, countries, states, price
        case pricePerKilogram = "price_per_kg"
        case freeAbove, maxWeight, taxClass, isActive, version, createdAt, updatedAt
    }

    init(_ method: ShippingMethod, currency: Currency) {
        id = method.id
        code = method.code
        name = method.name
        countries = method.countries
        states = method.states
        price = currency.price(method.price)
        pricePerKilogram = method.pricePerKilogram.map(currency.price)
        freeAbove = method.freeAbove.map(currency.price)
        maxWeight = method.maxWeight.map { $0.decimalText(scale: 3, atLeast: 3) }
        taxClass = method.taxClass
        isActive = method.isActive
        version = method.version
        createdAt = method.createdAt
        updatedAt = method.updatedAt
    }
}
